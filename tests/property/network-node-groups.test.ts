import assert from "node:assert/strict";
import fc from "fast-check";
import { instanceType, instanceTypeNames } from "../../components/aws/instances";
import { type NodeGroupArgs, planNodeGroups } from "../../components/network/node-groups";
import { type NetworkPlan, planNetwork } from "../../components/network/planner";
import { networkArgs } from "../unit/network-args";

const allZones = networkArgs().zones;

/** Types that nodes can be of in every mode: the others are problems of their own. */
const usable = instanceTypeNames.filter((name) => {
  const type = instanceType(name);
  return type?.nitro && !type.mac && type.enis > 1 && !name.startsWith("a1.");
});

const network = fc
  .record({
    podCidr: fc.constantFrom("100.64.0.0/16", null),
    subnetPrefixes: fc.record({
      private: fc.integer({ min: 18, max: 28 }),
      pod: fc.integer({ min: 18, max: 28 }),
      public: fc.constant(24),
      loadBalancer: fc.constant(27),
    }),
  })
  .map((changes) => {
    const { plan, problems } = planNetwork(networkArgs(changes));
    assert.deepEqual(problems, []);
    return plan as NetworkPlan;
  });

const group = (name: string): fc.Arbitrary<NodeGroupArgs> =>
  fc.record({
    name: fc.constant(name),
    instanceTypes: fc.constantFrom(...usable).map((type) => [type]),
    max: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 450 })),
    zones: fc.option(fc.subarray(allZones, { minLength: 1 })),
  });
const groups = fc.integer({ min: 1, max: 4 }).chain((n) => fc.tuple(...["w", "x", "y", "z"].slice(0, n).map(group)));
const mode = fc.record({ prefixDelegation: fc.boolean() });

const shortages = (plan: ReturnType<typeof planNodeGroups>) =>
  plan.problems.filter(({ rule }) => rule === "CNI-11" || rule === "PRV-09");

describe("every plan of node groups", () => {
  it("says exactly how many nodes of a group fit: one a zone more is a problem", () => {
    fc.assert(
      fc.property(network, group("only"), mode, (plan, args, networking) => {
        const [only] = planNodeGroups([args], plan, networking).groups;
        assert.ok(only);
        const zones = only.zones.length;
        const perZone = only.fitsNodes / zones;
        const at = (nodes: number) => shortages(planNodeGroups([{ ...args, max: nodes * zones }], plan, networking));
        assert.ok(perZone === 0 || at(perZone).length === 0);
        assert.equal(at(perZone + 1).length, 1);
      }),
      { numRuns: 100 },
    );
  });

  it("finds groups that fit by the lower numbers that its fixes name, all together", () => {
    fc.assert(
      fc.property(network, groups, mode, (plan, args, networking) => {
        const found = shortages(planNodeGroups(args, plan, networking));
        const limits = new Map(found.map(({ path, fix }) => [path, /^use (\d+) at most/.exec(fix)?.[1]]));
        fc.pre([...limits.values()].every((limit) => limit !== undefined));
        const mended = args.map((one) => {
          const limit = limits.get(`eks.nodeGroups.${one.name}.max`);
          assert.ok(limit === undefined || Number(limit) < one.max);
          return limit === undefined ? one : { ...one, max: Number(limit) };
        });
        assert.deepEqual(shortages(planNodeGroups(mended, plan, networking)), []);
      }),
      { numRuns: 100 },
    );
  });

  it("names a size of the subnets with which every group fits as it is", () => {
    fc.assert(
      fc.property(network, groups, mode, (plan, args, networking) => {
        // Whether a block holds such subnets is another question: here they are just given that many addresses.
        const resized = structuredClone(plan);
        for (let round = 0; round < 10; round++) {
          const found = shortages(planNodeGroups(args, resized, networking));
          if (found.length === 0) {
            return;
          }
          const sizes = found.flatMap(({ fix }) => [...fix.matchAll(/use (pod|private) subnets of \/(\d+)/g)]);
          fc.pre(sizes.length > 0);
          for (const [, subnetClass, prefix] of sizes) {
            const usable = 2 ** (32 - Number(prefix)) - 5;
            for (const subnet of resized.subnets.filter(({ class: c }) => c === subnetClass)) {
              Object.assign(subnet, { usable: Math.max(usable, subnet.usable), free: Math.max(usable, subnet.usable) });
            }
          }
        }
        assert.fail("still too small");
      }),
      { numRuns: 100 },
    );
  });

  it("never promises more pods than the nodes' cap, nor a zone more nodes than addresses", () => {
    fc.assert(
      fc.property(network, groups, mode, (plan, args, networking) => {
        const { groups: planned } = planNodeGroups(args, plan, networking);
        for (const { maxPods, zones } of planned) {
          assert.ok(maxPods > 2 && maxPods <= 250);
          for (const { zone, nodesFit, podsFit } of zones) {
            const free = plan.subnets.filter((one) => one.zone === zone).reduce((sum, one) => sum + one.free, 0);
            assert.ok(nodesFit <= free);
            assert.ok(podsFit - 2 * nodesFit <= free);
          }
        }
      }),
    );
  });

  it("answers any type names and numbers with problems, never with an exception", () => {
    const anyGroup = fc.record({
      name: fc.string(),
      instanceTypes: fc.array(fc.oneof(fc.constantFrom(...instanceTypeNames), fc.string(), fc.constant("__proto__"))),
      max: fc.oneof(fc.integer(), fc.double()),
      zones: fc.option(fc.array(fc.oneof(fc.constantFrom(...allZones), fc.string()))),
      maxPods: fc.option(fc.integer()),
    });
    fc.assert(
      fc.property(network, fc.array(anyGroup, { maxLength: 4 }), mode, (plan, args, networking) => {
        const { groups: planned, problems } = planNodeGroups(args, plan, networking);
        assert.ok(planned.length <= args.length);
        assert.ok(problems.every(({ path, fix }) => path.startsWith("eks.nodeGroups.") && fix !== ""));
      }),
    );
  });
});
