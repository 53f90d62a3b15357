import assert from "node:assert/strict";
import { type NodeGroupArgs, type NodeGroupPlan, planNodeGroups } from "../../components/network/node-groups";
import { type Demand, type NetworkArgs, planNetwork } from "../../components/network/planner";
import { networkArgs } from "./network-args";

function planned(
  groups: NodeGroupArgs[],
  network: Partial<NetworkArgs> = {},
  demands: Demand[] = [],
  prefixes = false,
) {
  const { plan, problems } = planNetwork(networkArgs(network), demands);
  assert.deepEqual(problems, []);
  assert.ok(plan);
  return planNodeGroups(groups, plan, { prefixDelegation: prefixes });
}

const graviton: NodeGroupArgs = { name: "graviton", instanceTypes: ["m7g.xlarge"], max: 6 };
const x86: NodeGroupArgs = { name: "x86", instanceTypes: ["m6i.xlarge"], max: 6 };
const pod = (prefix: number) => ({ podCidr: "100.64.0.0/16", subnetPrefixes: { pod: prefix } });
const brief = ({ problems }: NodeGroupPlan) => problems.map(({ path, rule }) => `${path} ${rule}`);

describe("the plan of node groups", () => {
  it("says what a group of m7g.xlarge can hold in three pod subnets of /18", () => {
    const { groups, problems } = planned([graviton], pod(18));
    assert.deepEqual(problems, []);
    // 16,379 addresses a zone, 45 a node.
    const zones = ["a", "b", "c"].map((z) => ({ zone: `ap-southeast-1${z}`, nodesFit: 363, podsFit: 363 * 44 }));
    assert.deepEqual(groups, [
      { name: "graviton", architecture: "arm64", maxPods: 44, podsPerZoneAtMax: 88, fitsNodes: 1089, zones },
    ]);
  });

  it("counts the fullest zone where the nodes don't spread evenly, and only the group's zones", () => {
    const [seven, one] = planned([
      { ...graviton, max: 7 },
      { ...x86, max: 4, zones: ["ap-southeast-1b"] },
    ]).groups;
    assert.equal(seven?.podsPerZoneAtMax, 3 * 44);
    assert.equal(one?.podsPerZoneAtMax, 4 * 44);
    assert.deepEqual(
      one?.zones.map(({ zone }) => zone),
      ["ap-southeast-1b"],
    );
    assert.equal(one.architecture, "amd64");
  });

  it("lets the smallest of several types decide on the pods, the hungriest on the addresses", () => {
    const [mixed] = planned([{ ...x86, instanceTypes: ["m5.4xlarge", "t3.medium"] }], pod(20)).groups;
    assert.equal(mixed?.maxPods, 12);
    assert.equal(mixed?.zones[0]?.nodesFit, Math.floor(4091 / (7 * 30)));
  });

  it("has pods share the nodes' subnets without a pod block, six addresses of which stay EKS's", () => {
    const { groups, zones } = planned([graviton], { podCidr: null });
    assert.equal(groups[0]?.maxPods, 58);
    assert.equal(groups[0]?.zones[0]?.nodesFit, Math.floor((4091 - 6) / 60));
    assert.deepEqual(zones[0], { zone: "ap-southeast-1a", class: "private", free: 4091, takenAtMax: 2 * 60 });
  });

  it("counts the nodes' own addresses too: many pod addresses don't help a small private subnet", () => {
    const { groups } = planned([graviton], { subnetPrefixes: { private: 26, pod: 18 } });
    assert.equal(groups[0]?.zones[0]?.nodesFit, 59 - 6);
  });

  it("says what pods take of each zone when every group is at its maximum", () => {
    const { zones } = planned([graviton, x86], pod(18));
    assert.deepEqual(zones[2], { zone: "ap-southeast-1c", class: "pod", free: 16379, takenAtMax: 4 * 45 });
  });
});

describe("a pod subnet", () => {
  const m6g = (max: number): NodeGroupArgs => ({ name: "arm", instanceTypes: ["m6g.2xlarge"], max });

  it("of /24 holds 3 nodes of m6g.2xlarge, not 6", () => {
    assert.deepEqual(planned([m6g(9)], pod(24)).problems, []);
    const { problems } = planned([m6g(18)], pod(24));
    assert.deepEqual(brief({ problems } as NodeGroupPlan), ["eks.nodeGroups.arm.max CNI-11"]);
    assert.match(problems[0]?.message ?? "", /270 addresses/);
    assert.equal(problems[0]?.fix, "use 15 at most, or use pod subnets of /23 (network.subnetPrefixes.pod)");
    assert.deepEqual(planned([m6g(15)], pod(24)).problems, []);
    assert.deepEqual(planned([m6g(18)], pod(23)).problems, []);
  });

  it("has to hold all groups together: the largest one is asked to give way", () => {
    const groups = [m6g(9), { ...x86, max: 12 }];
    const { problems } = planned(groups, pod(24));
    assert.deepEqual(brief({ problems } as NodeGroupPlan), ["eks.nodeGroups.x86.max CNI-11"]);
    assert.match(problems[0]?.fix ?? "", /^use 6 at most/);
    assert.deepEqual(planned([m6g(9), { ...x86, max: 6 }], pod(24)).problems, []);
  });

  it("needs whole /28 blocks for prefixes", () => {
    // A node takes eight: a /24 has 14 of them, a /23 30.
    const at = (max: number, prefix: number) => brief(planned([m6g(max)], pod(prefix), [], true));
    assert.deepEqual(at(3, 24), []);
    assert.deepEqual(at(6, 24), ["eks.nodeGroups.arm.max CNI-11"]);
    assert.deepEqual(at(9, 23), []);
  });

  it("is no help when the nodes' own subnets are full: PRV-09", () => {
    const small = { subnetPrefixes: { private: 28, pod: 18 } };
    assert.deepEqual(brief(planned([m6g(15)], small)), []);
    const { problems } = planned([m6g(18)], small);
    assert.deepEqual(brief({ problems } as NodeGroupPlan), ["eks.nodeGroups.arm.max PRV-09"]);
    assert.equal(problems[0]?.fix, "use 15 at most, or use private subnets of /27 (network.subnetPrefixes.private)");
    assert.deepEqual(planned([m6g(18)], { subnetPrefixes: { private: 27, pod: 18 } }).problems, []);
  });

  it("that holds not even a node a zone gives no number, only a size", () => {
    const { problems } = planned([m6g(3)], pod(27));
    assert.equal(problems[0]?.fix, "use pod subnets of /26 (network.subnetPrefixes.pod)");
  });
});

describe("a mistake in a node group", () => {
  const mistakes: [says: string, group: Partial<NodeGroupArgs>, problems: string[], fix: RegExp, prefixes?: boolean][] =
    [
      [
        "both architectures",
        { instanceTypes: ["m7g.xlarge", "m6i.xlarge"] },
        ["instanceTypes[1] ARC-02"],
        /group of its own/,
      ],
      ["a1 has no AL2023", { instanceTypes: ["a1.xlarge"] }, ["instanceTypes[0] ARC-03"], /^use m7g\.xlarge$/],
      ["a misspelt type", { instanceTypes: ["m7g.xlrge"] }, ["instanceTypes[0] CFG-VALUE"], /^use m7g\.xlarge$/],
      ["a Mac", { instanceTypes: ["mac2.metal"] }, ["instanceTypes[0] CFG-VALUE"], /another instance type/],
      ["more pods than there can be", { maxPods: 60 }, ["maxPods CNI-13"], /^use 44 or less/],
      ["a zone elsewhere", { zones: ["ap-southeast-1a", "eu-west-1a"] }, ["zones[1] CNI-01"], /ap-southeast-1a/],
      ["prefixes without Nitro", { instanceTypes: ["m4.large"] }, ["instanceTypes[0] CNI-08"], /Nitro/, true],
      [
        "no interface for pods",
        { instanceTypes: ["hpc6id.32xlarge"] },
        ["instanceTypes[0] CNI-01"],
        /two network interfaces/,
      ],
    ];
  for (const [says, change, problems, fix, prefixes] of mistakes) {
    it(`is reported where it is, with what to write instead: ${says}`, () => {
      const result = planned([{ ...graviton, ...change }], {}, [], prefixes);
      assert.deepEqual(
        brief(result),
        problems.map((problem) => `eks.nodeGroups.graviton.${problem}`),
      );
      assert.match(result.problems[0]?.fix ?? "", fix);
    });
  }

  it("leaves a group of unknown types out of the plan, and plans the others", () => {
    const { groups } = planned([{ ...graviton, instanceTypes: ["nonsense"] }, x86]);
    assert.deepEqual(
      groups.map(({ name }) => name),
      ["x86"],
    );
  });

  it("takes a lower number of pods as asked", () => {
    assert.equal(planned([{ ...graviton, maxPods: 20 }]).groups[0]?.maxPods, 20);
  });
});
