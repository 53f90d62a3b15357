import assert from "node:assert/strict";
import { type NetworkArgs, type NetworkPlan, planNetwork, type SubnetClass } from "../../components/network/planner";
import { networkArgs } from "./network-args";

function cidrs(plan: NetworkPlan | undefined, subnetClass: SubnetClass): string[] {
  return plan?.subnets.filter((subnet) => subnet.class === subnetClass).map(({ cidr }) => cidr) ?? [];
}

const region = (letters: string) => [...letters].map((letter) => `us-east-1${letter}`);

describe("the plan of a network", () => {
  it("places public, load-balancer and private subnets of three zones one after the other", () => {
    const { plan, problems } = planNetwork(
      networkArgs({ subnetPrefixes: { public: 24, private: 20, loadBalancer: 27, pod: 18 } }),
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(cidrs(plan, "public"), ["10.20.0.0/24", "10.20.1.0/24", "10.20.2.0/24"]);
    assert.deepEqual(cidrs(plan, "loadBalancer"), ["10.20.3.0/27", "10.20.3.32/27", "10.20.3.64/27"]);
    assert.deepEqual(cidrs(plan, "private"), ["10.20.16.0/20", "10.20.32.0/20", "10.20.48.0/20"]);
    assert.deepEqual(cidrs(plan, "pod"), ["100.64.0.0/18", "100.64.64.0/18", "100.64.128.0/18"]);
  });

  it("derives just these sizes from a /16, and an eighth of the pod block for each zone", () => {
    const { plan } = planNetwork(networkArgs());
    const own = planNetwork(networkArgs({ subnetPrefixes: { public: 24, private: 20, loadBalancer: 27, pod: 19 } }));
    assert.deepEqual(plan, own.plan);
  });

  it("says which blocks are kept for the zones d to f, and which are nobody's", () => {
    const { plan } = planNetwork(networkArgs({ subnetPrefixes: { pod: 18 } }));
    const reserved = (subnetClass: SubnetClass) =>
      plan?.reserved.filter((kept) => kept.class === subnetClass).map((kept) => `${kept.zoneLetter} ${kept.cidr}`);
    assert.deepEqual(reserved("public"), ["d 10.20.4.0/24", "e 10.20.5.0/24", "f 10.20.6.0/24"]);
    assert.deepEqual(reserved("pod"), ["d 100.64.192.0/18"]);
    assert.deepEqual(plan?.unallocated, [
      {
        block: "10.20.0.0/16",
        free: ["10.20.3.192/26", "10.20.7.0/24", "10.20.8.0/21", "10.20.112.0/20", "10.20.128.0/17"],
        addresses: 39232,
      },
      { block: "100.64.0.0/16", free: [], addresses: 0 },
    ]);
  });

  it("counts five addresses of each subnet as AWS's own, and the platform's demands as taken", () => {
    const zone = "ap-southeast-1b";
    const { plan, problems } = planNetwork(networkArgs(), [
      { class: "loadBalancer", perZone: 1, for: "the load balancer of shop" },
      { class: "loadBalancer", perZone: 2, for: "others" },
      { class: "public", perZone: { [zone]: 1 }, for: "the NAT gateway" },
    ]);
    assert.deepEqual(problems, []);
    const of = (subnetClass: SubnetClass) => plan?.subnets.filter((subnet) => subnet.class === subnetClass);
    assert.deepEqual(
      of("loadBalancer")?.map(({ usable, free }) => [usable, free]),
      [
        [27, 24],
        [27, 24],
        [27, 24],
      ],
    );
    assert.deepEqual(
      of("public")?.map(({ free }) => free),
      [251, 250, 251],
    );
  });

  it("has no pod subnets without a pod block, and no public ones in an isolated network, whose places stay", () => {
    const shared = planNetwork(networkArgs({ podCidr: null }));
    assert.deepEqual(shared.problems, []);
    assert.deepEqual(cidrs(shared.plan, "pod"), []);
    assert.equal(shared.plan?.podCidr, null);
    const isolated = planNetwork(networkArgs({ endpoints: "isolated", nat: "none" }));
    assert.deepEqual(isolated.problems, []);
    assert.deepEqual(cidrs(isolated.plan, "public"), []);
    assert.deepEqual(cidrs(isolated.plan, "private"), cidrs(shared.plan, "private"));
    assert.deepEqual(
      isolated.plan?.reserved.filter(({ class: c }) => c === "public").map(({ cidr }) => cidr)[0],
      "10.20.0.0/24",
    );
  });

  it("gives a zone the place of its letter, whatever else is in the list and in which order", () => {
    const placeOf = (letters: string, letter: string) =>
      planNetwork(networkArgs({ zones: region(letters) }))
        .plan?.subnets.filter(({ zone }) => zone === `us-east-1${letter}`)
        .map(({ cidr }) => cidr);
    assert.deepEqual(placeOf("ac", "c"), placeOf("abc", "c"));
    assert.deepEqual(placeOf("fcb", "c"), placeOf("abcdef", "c"));
    assert.deepEqual(placeOf("abcdef", "f"), ["10.20.6.0/24", "10.20.3.160/27", "10.20.96.0/20", "100.64.160.0/19"]);
  });

  it("keeps the order of the zones, in which a single NAT gateway is in the first", () => {
    const { plan } = planNetwork(networkArgs({ zones: region("ca") }));
    assert.deepEqual(plan?.zones, ["us-east-1c", "us-east-1a"]);
    assert.deepEqual(plan?.subnets.map(({ zone }) => zone).slice(0, 2), plan?.zones);
  });

  const zonesBySize: [prefix: number, zones: number][] = [
    ...[16, 17, 18, 19, 20, 21, 22, 23].map((prefix): [number, number] => [prefix, 6]),
    [24, 3],
    [25, 2],
  ];
  for (const [prefix, zones] of zonesBySize) {
    it(`has room for ${zones} zones in a /${prefix} with the sizes that follow from it`, () => {
      const letters = "abcdef".slice(0, zones);
      const fits = (some: string) =>
        planNetwork(networkArgs({ cidr: `10.20.0.0/${prefix}`, podCidr: `100.64.0.0/${prefix}`, zones: region(some) }));
      assert.deepEqual(fits(letters).problems, []);
      assert.equal(fits(letters).plan?.subnets.length, 4 * zones);
      assert.equal(zones < 6 && fits("abcdef".slice(0, zones + 1)).problems.length === 0, false);
    });
  }

  it("keeps load-balancer subnets at /27 down to a block of /23, at /28 below", () => {
    for (let prefix = 16; prefix <= 25; prefix++) {
      const { plan } = planNetwork(networkArgs({ cidr: `10.20.0.0/${prefix}`, zones: region("ab") }));
      assert.match(cidrs(plan, "loadBalancer")[0] ?? "", prefix <= 23 ? /\/27$/ : /\/28$/, `/${prefix}`);
    }
  });

  it("shows what can be planned beside a block that can't", () => {
    const { plan, problems } = planNetwork(networkArgs({ podCidr: "172.16.0.0/16" }));
    assert.deepEqual(
      problems.map(({ path, rule }) => [path, rule]),
      [["network.podCidr", "VPC-03"]],
    );
    assert.equal(cidrs(plan, "private").length, 3);
    assert.deepEqual(plan?.associations, []);
    assert.equal(planNetwork(networkArgs({ cidr: "10.0.0.0/8" })).plan, undefined);
  });

  const quick: [says: string, changes: Partial<NetworkArgs>][] = [
    ["a good config", { zones: region("abcdef") }],
    [
      "much that is wrong",
      { cidr: "10.20.0.0/26", podCidr: "x", subnetPrefixes: { public: 16, private: 16, pod: 17 } },
    ],
  ];
  for (const [says, changes] of quick) {
    it(`takes less than 5 ms of work: ${says}`, () => {
      planNetwork(networkArgs(changes));
      // Of the process, not of the clock: other work on the machine doesn't count. The best of some runs: nor does a collection.
      const runs = Array.from({ length: 5 }, () => {
        const before = process.cpuUsage();
        for (let i = 0; i < 20; i++) {
          planNetwork(networkArgs(changes));
        }
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 20 / 1000;
      });
      assert.ok(Math.min(...runs) < 5, `${Math.min(...runs)} ms`);
    });
  }
});

describe("a mistake in the network section", () => {
  const mistakes: {
    says: string;
    changes: Partial<NetworkArgs>;
    problems: [path: string, rule: string, fix: RegExp][];
  }[] = [
    {
      says: "a pod block in AWS's own 10.0.0.0/16",
      changes: { cidr: "10.1.0.0/16", podCidr: "10.0.8.0/24" },
      problems: [["network.podCidr", "VPC-03", /^use 100\.64\.0\.0\/24$/]],
    },
    {
      says: "a pod block with host bits",
      changes: { podCidr: "100.64.1.5/16" },
      problems: [["network.podCidr", "VPC-06", /^use 100\.64\.0\.0\/16$/]],
    },
    {
      says: "a primary block with leading zeros",
      changes: { cidr: "10.020.0.0/16" },
      problems: [["network.cidr", "VPC-06", /^use 10\.20\.0\.0\/16$/]],
    },
    {
      says: "a primary block that is too large",
      changes: { cidr: "10.0.0.0/8" },
      problems: [["network.cidr", "VPC-01", /^use 10\.0\.0\.0\/16$/]],
    },
    {
      says: "a pod block over the primary one",
      changes: { podCidr: "10.20.128.0/17" },
      problems: [["network.podCidr", "VPC-04", /^use 100\.64\.0\.0\/17$/]],
    },
    {
      says: "Docker's network",
      changes: { cidr: "172.17.0.0/16" },
      problems: [["network.cidr", "VPC-12", /^use 10\.2\.0\.0\/16$/]],
    },
    {
      says: "two bad blocks, whose replacements differ",
      changes: { podCidr: null, additionalCidrs: ["x", "y"] },
      problems: [
        ["network.additionalCidrs[0]", "VPC-06", /^use 100\.64\.0\.0\/16$/],
        ["network.additionalCidrs[1]", "VPC-06", /^use 100\.65\.0\.0\/16$/],
      ],
    },
    {
      says: "a primary block too small for the zones",
      changes: { cidr: "10.20.0.0/26", podCidr: null },
      problems: [["network.cidr", "VPC-07", /^use network\.cidr: 10\.20\.0\.0\/24$/]],
    },
    {
      says: "a pod block too small for the zones",
      changes: { podCidr: "100.64.0.0/27" },
      problems: [["network.podCidr", "VPC-07", /^use network\.podCidr: 100\.64\.0\.0\/26$/]],
    },
    {
      says: "private subnets too large for the zones",
      changes: { subnetPrefixes: { private: 17 } },
      problems: [["network.subnetPrefixes.private", "VPC-07", /^use network\.subnetPrefixes\.private: 18$/]],
    },
    {
      says: "public subnets that leave the private ones no room",
      changes: { cidr: "10.20.0.0/20", subnetPrefixes: { public: 22 } },
      problems: [["network.subnetPrefixes.public", "VPC-07", /^use network\.subnetPrefixes\.public: 23$/]],
    },
    {
      says: "subnets as large as the block, twice",
      changes: { subnetPrefixes: { public: 16, private: 16 } },
      problems: [
        ["network.subnetPrefixes.public", "VPC-07", /public: 24 and network\.subnetPrefixes\.private: 20/],
        ["network.subnetPrefixes.private", "VPC-07", /public: 24 and network\.subnetPrefixes\.private: 20/],
      ],
    },
    {
      says: "pod subnets for more zones than the block holds",
      changes: { subnetPrefixes: { pod: 18 }, zones: region("abcde") },
      problems: [["network.subnetPrefixes.pod", "VPC-07", /^use network\.subnetPrefixes\.pod: 19$/]],
    },
    {
      says: "sizes that no subnet has",
      changes: { subnetPrefixes: { public: 29, private: 15, loadBalancer: 27.5, pod: NaN } },
      problems: [
        ["network.subnetPrefixes.public", "VPC-01", /^use 24/],
        ["network.subnetPrefixes.loadBalancer", "VPC-01", /^use 27/],
        ["network.subnetPrefixes.private", "VPC-01", /^use 20/],
        ["network.subnetPrefixes.pod", "VPC-01", /^use 19/],
      ],
    },
    {
      says: "one zone",
      changes: { zones: region("a") },
      problems: [["network.zones", "PRV-01", /two zones/]],
    },
    {
      says: "the same zone twice",
      changes: { zones: region("aa") },
      problems: [
        ["network.zones[1]", "PRV-01", /take it out/],
        ["network.zones", "PRV-01", /two zones/],
      ],
    },
    {
      says: "zones that aren't availability zones of one region",
      changes: { zones: ["us-east-1a", "us-east-1b", "use1-az3", "us-west-2-lax-1a", "us-east-1g", "us-west-2c"] },
      problems: [
        ["network.zones[2]", "PRV-01", /zone's name/],
        ["network.zones[3]", "PRV-01", /zone's name/],
        ["network.zones[4]", "PRV-01", /zone's name/],
        ["network.zones[5]", "PRV-01", /a zone of us-east-1/],
      ],
    },
    {
      says: "NAT gateways in an isolated network",
      changes: { endpoints: "isolated" },
      problems: [["network.nat", "PRV-03", /nat: none/]],
    },
    {
      says: "no way out",
      changes: { nat: "none", endpoints: "gateway" },
      problems: [["network.nat", "PRV-03", /single or perZone|isolated/]],
    },
  ];
  for (const { says, changes, problems } of mistakes) {
    it(`is reported where it is, with what to write instead: ${says}`, () => {
      const args = networkArgs(changes);
      const found = planNetwork(args).problems;
      assert.deepEqual(
        found.map(({ path, rule }) => [path, rule]),
        problems.map(([path, rule]) => [path, rule]),
      );
      found.forEach(({ fix, message, value, path }, i) => {
        assert.match(fix, problems[i]?.[2] ?? /^$/);
        assert.match(message, /^[a-z]/, "reads after the value");
        assert.deepEqual(value, valueAt(args, path));
      });
    });
  }

  it("doesn't hide the others: every block, zone, prefix and switch is judged at once", () => {
    const { problems } = planNetwork(
      networkArgs({
        cidr: "10.20.0.1/16",
        podCidr: "10.20.4.0/24",
        additionalCidrs: ["169.254.0.0/20", "172.17.0.0/16"],
        cidrQuota: 60,
        zones: ["x"],
        nat: "none",
        subnetPrefixes: { public: 30 },
      }),
    );
    assert.deepEqual(
      problems.map(({ path, rule }) => `${path} ${rule}`),
      [
        "network.cidr VPC-06",
        "network.podCidr VPC-04",
        "network.additionalCidrs[0] VPC-02",
        "network.additionalCidrs[1] VPC-12",
        "network.additionalCidrs[1] VPC-03",
        "network.cidrQuota VPC-05",
        "network.zones[0] PRV-01",
        "network.zones PRV-01",
        "network.nat PRV-03",
        "network.subnetPrefixes.public VPC-01",
      ],
    );
  });
});

describe("the addresses that the platform needs", () => {
  const small = { cidr: "10.20.0.0/22", podCidr: null, subnetPrefixes: { private: 28, loadBalancer: 28 } };

  it("must leave EKS six of each private subnet", () => {
    const plan = (perZone: number) =>
      planNetwork(networkArgs(small), [{ class: "private", perZone, for: "endpoints" }]);
    assert.deepEqual(plan(5).problems, []);
    const [problem, ...others] = plan(6).problems;
    assert.deepEqual(others, []);
    assert.equal(problem?.rule, "PRV-09");
    assert.equal(problem?.path, "network.subnetPrefixes.private");
    assert.equal(problem?.fix, "use network.subnetPrefixes.private: 27");
    assert.match(problem?.message ?? "", /6 for endpoints/);
  });

  it("must fit into the other subnets", () => {
    const demands = [{ class: "loadBalancer" as const, perZone: 12, for: "load balancers" }];
    const [problem, ...others] = planNetwork(networkArgs(small), demands).problems;
    assert.deepEqual(others, []);
    assert.equal(problem?.rule, "VPC-07");
    assert.equal(problem?.fix, "use network.subnetPrefixes.loadBalancer: 27");
  });

  it("ask for a larger block where the sizes follow from it", () => {
    const demands = [{ class: "private" as const, perZone: 60, for: "endpoints" }];
    const [problem, ...others] = planNetwork(networkArgs({ cidr: "10.20.0.0/22", podCidr: null }), demands).problems;
    assert.deepEqual(others, []);
    assert.deepEqual(
      [problem?.path, problem?.rule, problem?.fix],
      ["network.cidr", "PRV-09", "use network.cidr: 10.20.0.0/21"],
    );
  });
});

function valueAt(args: NetworkArgs, path: string): unknown {
  return path
    .replace("network.", "")
    .split(/[.[\]]+/)
    .filter((key) => key !== "")
    .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], args);
}
