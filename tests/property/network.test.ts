import assert from "node:assert/strict";
import fc from "fast-check";
import { associationRefusal } from "../../components/network/association";
import { type Block, block, contains, overlaps, size } from "../../components/network/cidr";
import { type Demand, type NetworkArgs, type NetworkPlan, planNetwork } from "../../components/network/planner";
import type { Problem } from "../../components/problem/problem";
import { networkArgs } from "../unit/network-args";
import { anything, plausible, privateBlock, roomy, sharedBlock, zones } from "./network-generators";

const subnetBlocks = (plan: NetworkPlan): Block[] => plan.subnets.map(({ cidr }) => block(cidr));
const vpcBlocks = (plan: NetworkPlan): Block[] => [plan.cidr, ...plan.associations].map(block);

/** `plausible` configs have a plan always; whether it is whole doesn't matter to what must hold of it. */
function everyPlan(holds: (plan: NetworkPlan, args: NetworkArgs) => void): void {
  fc.assert(
    fc.property(plausible, (args) => {
      const { plan } = planNetwork(args);
      assert.ok(plan);
      holds(plan, args);
    }),
    { numRuns: 100 },
  );
}

describe("every network plan", () => {
  it("has no two subnets, kept or free blocks that overlap", () => {
    everyPlan((plan) => {
      const all = [
        ...subnetBlocks(plan),
        ...plan.reserved.map(({ cidr }) => block(cidr)),
        ...plan.unallocated.flatMap(({ free }) => free.map(block)),
      ];
      all.forEach((one, i) => assert.ok(!all.slice(0, i).some((other) => overlaps(one, other))));
    });
  });

  it("has every subnet in the block of its class", () => {
    everyPlan((plan) => {
      for (const { class: subnetClass, cidr } of plan.subnets) {
        const home = subnetClass === "pod" ? plan.podCidr : plan.cidr;
        assert.ok(home !== null && contains(block(home), block(cidr)), `${subnetClass} ${cidr} in ${home}`);
      }
    });
  });

  it("has subnets of /16 to /28 in canonical form, of the asked-for size", () => {
    everyPlan((plan, { subnetPrefixes }) => {
      for (const { cidr, class: subnetClass, usable } of plan.subnets) {
        // `block` refuses host bits.
        const { prefix } = block(cidr);
        assert.ok(prefix >= 16 && prefix <= 28, cidr);
        assert.equal(prefix, subnetPrefixes[subnetClass] ?? prefix);
        assert.equal(usable, 2 ** (32 - prefix) - 5);
      }
    });
  });

  it("has one subnet of each class in each zone when there is room", () => {
    fc.assert(
      fc.property(roomy, (args) => {
        const { plan, problems } = planNetwork(args);
        assert.deepEqual(problems, []);
        const classes = [
          ...(args.endpoints === "isolated" ? [] : ["public"]),
          "loadBalancer",
          "private",
          ...(args.podCidr === null ? [] : ["pod"]),
        ];
        assert.deepEqual(
          plan?.subnets.map((subnet) => `${subnet.class} ${subnet.zone}`),
          classes.flatMap((subnetClass) => args.zones.map((zone) => `${subnetClass} ${zone}`)),
        );
      }),
      { numRuns: 100 },
    );
  });

  it("accounts for every address of the blocks exactly once", () => {
    everyPlan((plan) => {
      const taken = [...subnetBlocks(plan), ...plan.reserved.map(({ cidr }) => block(cidr))];
      assert.deepEqual(
        plan.unallocated.map((left) => left.block),
        [plan.cidr, ...plan.unallocated.slice(1).map((left) => left.block)],
      );
      assert.deepEqual(new Set(plan.unallocated.map((left) => left.block)), new Set([plan.cidr, ...plan.associations]));
      for (const left of plan.unallocated) {
        const whole = block(left.block);
        const sum = (blocks: Block[]) => blocks.reduce((addresses, one) => addresses + size(one), 0);
        const free = left.free.map(block);
        assert.ok(free.every((piece) => contains(whole, piece)));
        assert.equal(sum(free), left.addresses);
        assert.equal(sum(taken.filter((one) => contains(whole, one))) + left.addresses, size(whole));
      }
    });
  });

  it("associates blocks in an order in which AWS accepts each, if there is one", () => {
    const few = fc.record({
      primary: fc.constantFrom(
        "10.0.0.0/20",
        "10.1.0.0/20",
        "10.2.0.0/20",
        "172.16.0.0/20",
        "172.31.0.0/20",
        "100.64.0.0/20",
      ),
      others: fc.shuffledSubarray(
        [
          "10.0.64.0/24",
          "10.0.65.0/24",
          "10.1.64.0/24",
          "10.9.0.0/24",
          "172.31.64.0/24",
          "172.20.0.0/24",
          "100.65.0.0/24",
        ],
        { maxLength: 4 },
      ),
    });
    const accepted = (blocks: Block[]) =>
      blocks.every((candidate, i) => associationRefusal(blocks.slice(0, i), candidate) === undefined);
    fc.assert(
      fc.property(few, ({ primary, others }) => {
        const inSomeOrder = orders(others).some((order) => accepted([primary, ...order].map(block)));
        const { plan, problems } = planNetwork(networkArgs({ cidr: primary, podCidr: null, additionalCidrs: others }));
        assert.equal(problems.filter(({ rule }) => rule === "VPC-03").length === 0, inSomeOrder);
        assert.ok(plan && accepted(vpcBlocks(plan)), "the plan's own order");
      }),
      { numRuns: 100 },
    );
  });

  it("is the same for the same config, and leaves the config as it was", () => {
    fc.assert(
      fc.property(plausible, (args) => {
        const before = structuredClone(args);
        assert.deepEqual(planNetwork(args), planNetwork(before));
        assert.deepEqual(args, before);
      }),
    );
  });

  it("has what the demands leave, in each subnet", () => {
    const amounts = fc.array(
      fc.record({
        class: fc.constantFrom<Demand["class"]>("public", "private", "loadBalancer", "pod"),
        perZone: fc.nat(20),
        for: fc.constant("something"),
      }),
      { maxLength: 5 },
    );
    const size = fc.constantFrom(26, 27, 28);
    const small = fc.record({ public: fc.constant(28), private: size, loadBalancer: fc.constant(28), pod: size });
    fc.assert(
      fc.property(roomy, small, amounts, (roomyArgs, subnetPrefixes, demands) => {
        const { plan, problems } = planNetwork({ ...roomyArgs, subnetPrefixes }, demands);
        for (const { class: subnetClass, usable, free } of plan?.subnets ?? []) {
          const taken = demands.filter((demand) => demand.class === subnetClass);
          assert.equal(
            usable - free,
            taken.reduce((sum, { perZone }) => sum + perZone, 0),
          );
          assert.ok(problems.length > 0 || free >= (subnetClass === "private" ? 6 : 0));
        }
      }),
    );
  });
});

describe("a change of a network", () => {
  /** Every subnet of `before` is where it was in `after`. */
  function assertUnmoved(before: NetworkArgs, after: NetworkArgs, but: (cls: string) => boolean = () => false): void {
    const place = (args: NetworkArgs) =>
      new Map(planNetwork(args).plan?.subnets.map((subnet) => [`${subnet.class} ${subnet.zone}`, subnet.cidr]));
    const now = place(after);
    for (const [name, cidr] of place(before)) {
      if (!but(name)) {
        assert.equal(now.get(name), cidr, name);
      }
    }
  }

  it("that adds zones, anywhere in the list, moves no subnet", () => {
    fc.assert(
      fc.property(plausible, zones, (args, more) => {
        const added = more.filter((zone) => !args.zones.includes(zone));
        assertUnmoved(args, { ...args, zones: [...args.zones, ...added] });
        assertUnmoved(args, { ...args, zones: [...added, ...args.zones] });
      }),
      { numRuns: 100 },
    );
  });

  it("that reorders the zones or takes one out moves none of the others'", () => {
    fc.assert(
      fc.property(plausible, (args) => {
        assertUnmoved({ ...args, zones: args.zones.slice(1) }, args);
        assertUnmoved(args, { ...args, zones: [...args.zones].reverse() });
      }),
    );
  });

  it("that adds or removes the pod block, further blocks or the public subnets moves no other subnet", () => {
    const change = fc.record(
      {
        podCidr: fc.option(sharedBlock),
        additionalCidrs: fc.array(privateBlock, { maxLength: 3 }),
        endpoints: fc.constantFrom<NetworkArgs["endpoints"]>("isolated", "standard"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(plausible, change, (args, changed) => {
        const gone = (name: string) =>
          (name.startsWith("pod ") && (changed.podCidr !== undefined || changed.additionalCidrs !== undefined)) ||
          (name.startsWith("public ") && changed.endpoints === "isolated");
        assertUnmoved(args, { ...args, ...changed }, gone);
      }),
      { numRuns: 100 },
    );
  });
});

describe("whatever a person writes", () => {
  it("is answered with problems, never with an exception, and with a plan or a reason why not", () => {
    fc.assert(
      fc.property(anything, (args) => {
        const { plan, problems } = planNetwork(args);
        assert.ok(plan || problems.some(({ path }) => path === "network.cidr"));
        for (const { path, rule, message, fix } of problems) {
          assert.match(path, /^network\.\w+/);
          assert.match(rule, /^(VPC|PRV)-\d\d$/);
          assert.ok(message && fix);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("has for each bad block a replacement, and all of them together are accepted", () => {
    fc.assert(
      fc.property(anything, (args) => {
        const mended = structuredClone(args);
        const { problems } = planNetwork(args);
        const ofBlocks = problems.filter(({ path, rule }) => /cidr|Cidr/.test(path) && rule !== "VPC-05");
        ofBlocks.forEach((problem) => apply(problem, mended));
        const left = planNetwork(mended).problems.filter(({ path, rule }) =>
          ofBlocks.some((before) => before.path === path && rule !== "VPC-05" && rule !== "VPC-07"),
        );
        assert.deepEqual(left, []);
      }),
      { numRuns: 200 },
    );
  });

  it("has for subnets that don't fit a block or a prefix with which they do", () => {
    fc.assert(
      fc.property(plausible, (args) => {
        const { problems } = planNetwork(args);
        const misfits = problems.filter(({ rule }) => rule === "VPC-07");
        for (const problem of misfits) {
          const place = problem.path === "network.podCidr" || problem.path.endsWith(".pod") ? "pod" : "primary";
          const mended = structuredClone(args);
          if (!apply(problem, mended)) {
            assert.match(problem.fix, /fewer zones/);
            continue;
          }
          const after = planNetwork(mended).problems.filter(
            ({ rule, path }) => rule === "VPC-07" && (/[pP]od/.test(path) ? "pod" : "primary") === place,
          );
          assert.deepEqual(after, [], problem.fix);
        }
      }),
      { numRuns: 200 },
    );
  });
});

function orders<T>(items: readonly T[]): T[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((item, i) => orders(items.filter((_, other) => other !== i)).map((rest) => [item, ...rest]));
}

/** Writes what the fix says into the config; false when it names nothing to write. */
function apply({ path, fix }: Problem, args: NetworkArgs): boolean {
  const settings = [...fix.matchAll(/network\.(?:subnetPrefixes\.)?(\w+): ([\d./]+\d)/g)];
  for (const [, key = "", value = ""] of settings) {
    if (key === "cidr" || key === "podCidr") {
      args[key] = value;
    } else {
      args.subnetPrefixes = { ...args.subnetPrefixes, [key]: Number(value) };
    }
  }
  const replacement = /^use ([\d./]+)$/.exec(fix)?.[1];
  if (replacement !== undefined) {
    const index = /\[(\d+)\]/.exec(path)?.[1];
    if (index !== undefined) {
      args.additionalCidrs[Number(index)] = replacement;
    } else {
      args[path === "network.cidr" ? "cidr" : "podCidr"] = replacement;
    }
  }
  return settings.length > 0 || replacement !== undefined;
}
