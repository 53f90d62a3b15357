import assert from "node:assert/strict";
import { nodeConfigUserData } from "../../components/eks/node-config";
import { type NodeGroupConfig, planNodes } from "../../components/eks/node-group-plan";
import { maxPods } from "../../components/network/capacity";
import { instanceType } from "../../components/aws/instances";

const zones = ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"];
const base: NodeGroupConfig = {
  instanceTypes: ["m7g.xlarge"],
  min: 3,
  desired: 3,
  max: 6,
  diskGiB: 100,
  capacity: "onDemand",
  scaling: "manual",
  labels: {},
  taints: [],
  maxPods: null,
  zones: null,
};

function planOne(change: Partial<NodeGroupConfig>, pods = 44) {
  const { groups, problems } = planNodes({ workers: { ...base, ...change } }, zones, [
    { name: "workers", maxPods: pods },
  ]);
  return { group: groups[0], problems, rules: problems.map(({ path, rule }) => `${rule} ${path}`) };
}

describe("a node group", () => {
  it("becomes what EKS takes", () => {
    assert.deepEqual(planOne({}), {
      group: {
        name: "workers",
        amiType: "AL2023_ARM_64_STANDARD",
        instanceTypes: ["m7g.xlarge"],
        capacityType: "ON_DEMAND",
        scaling: { minSize: 3, desiredSize: 3, maxSize: 6 },
        ignoreDesiredSize: false,
        labels: {},
        taints: [],
        diskGiB: 100,
        maxPods: 44,
        maxPodsBelowComputed: false,
        zones,
      },
      problems: [],
      rules: [],
    });
  });

  it("has the image of its instance types' architecture (ARC-01)", () => {
    const images: Record<string, string> = {
      "m6i.xlarge": "AL2023_x86_64_STANDARD",
      "t3.large": "AL2023_x86_64_STANDARD",
      "t4g.large": "AL2023_ARM_64_STANDARD",
      "im4gn.large": "AL2023_ARM_64_STANDARD",
      "g5.xlarge": "AL2023_x86_64_NVIDIA",
      "g4dn.xlarge": "AL2023_x86_64_NVIDIA",
      "g5g.xlarge": "AL2023_ARM_64_NVIDIA",
      "p5.48xlarge": "AL2023_x86_64_NVIDIA",
      "g4ad.xlarge": "AL2023_x86_64_STANDARD",
      "inf2.xlarge": "AL2023_x86_64_NEURON",
      "trn1.2xlarge": "AL2023_x86_64_NEURON",
    };
    for (const [type, image] of Object.entries(images)) {
      assert.equal(planOne({ instanceTypes: [type] }).group?.amiType, image, type);
    }
  });

  it("never has an image of Amazon Linux 2 (ARC-04)", () => {
    for (const type of ["m5.large", "m6g.large", "g5.xlarge", "inf2.xlarge"]) {
      assert.match(planOne({ instanceTypes: [type] }).group?.amiType ?? "", /^AL2023_/);
    }
  });

  it("is refused when its types need different images (ARC-02)", () => {
    const { group, rules } = planOne({ instanceTypes: ["m6i.xlarge", "g5.xlarge"] });
    assert.equal(group, undefined);
    assert.deepEqual(rules, ["ARC-02 eks.nodeGroups.workers.instanceTypes[1]"]);
  });

  it("isn't built while its types' architectures differ, which the network's planner reports", () => {
    const { group, problems } = planOne({ instanceTypes: ["m6i.xlarge", "m7g.xlarge"] });
    assert.equal(group, undefined);
    assert.deepEqual(problems, []);
  });

  it("keeps an autoscaler's number of nodes, and nobody else's", () => {
    assert.equal(planOne({ scaling: "autoscaler" }).group?.ignoreDesiredSize, true);
    assert.equal(planOne({ scaling: "manual" }).group?.ignoreDesiredSize, false);
  });

  it("has the effects of its taints in EKS's spelling", () => {
    const effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"] as const;
    const taints = effects.map((effect) => ({ key: "dedicated", value: "gpu", effect }));
    assert.deepEqual(
      planOne({ taints }).group?.taints.map(({ effect }) => effect),
      ["NO_SCHEDULE", "PREFER_NO_SCHEDULE", "NO_EXECUTE"],
    );
  });

  it("runs in its own zones in the network's order, so that their order in the config changes nothing", () => {
    assert.deepEqual(planOne({ zones: ["ap-southeast-1c", "ap-southeast-1a"] }).group?.zones, [
      "ap-southeast-1a",
      "ap-southeast-1c",
    ]);
  });

  it("is refused labels of domains that EKS keeps", () => {
    const labels = {
      "kubernetes.io/os": "linux",
      "node.kubernetes.io/role": "worker",
      "eks.amazonaws.com/team": "a",
      "example.com/team": "a",
      team: "a",
    };
    assert.deepEqual(planOne({ labels }).rules, [
      "CFG-VALUE eks.nodeGroups.workers.labels.kubernetes.io/os",
      "CFG-VALUE eks.nodeGroups.workers.labels.node.kubernetes.io/role",
      "CFG-VALUE eks.nodeGroups.workers.labels.eks.amazonaws.com/team",
    ]);
  });

  it("is refused an architecture by label: that is EKS's, and spelt amd64 or arm64 (ARC-06)", () => {
    assert.deepEqual(planOne({ labels: { "kubernetes.io/arch": "x86_64" } }).rules, [
      "ARC-06 eks.nodeGroups.workers.labels.kubernetes.io/arch",
    ]);
  });

  it("is refused a taint twice, and more than EKS takes", () => {
    const taint = { key: "a", value: "1", effect: "NoSchedule" as const };
    assert.deepEqual(planOne({ taints: [taint, { ...taint, value: "2" }] }).rules, [
      "CFG-VALUE eks.nodeGroups.workers.taints[1]",
    ]);
    const many = Array.from({ length: 51 }, (_, i) => ({ ...taint, key: `k${i}` }));
    assert.deepEqual(planOne({ taints: many }).rules, ["CFG-VALUE eks.nodeGroups.workers.taints"]);
  });
});

describe("a node's configuration", () => {
  const networking = { ownSubnets: true, prefixDelegation: false };
  const decode = (text: string) => text.split("\n");

  it("is a MIME message with one part for nodeadm", () => {
    const lines = decode(nodeConfigUserData({ maxPods: 44, belowComputed: false, ...networking }));
    assert.equal(lines[0], "MIME-Version: 1.0");
    assert.match(lines[1] ?? "", /^Content-Type: multipart\/mixed; boundary="([^"]+)"$/);
    const boundary = /"([^"]+)"/.exec(lines[1] ?? "")?.[1];
    assert.equal(lines.filter((line) => line === `--${boundary}`).length, 1);
    assert.equal(lines.filter((line) => line === `--${boundary}--`).length, 1);
    assert.ok(lines.includes("Content-Type: application/node.eks.aws"));
    assert.ok(lines.includes("apiVersion: node.eks.aws/v1alpha1"));
    assert.ok(lines.includes("      maxPods: 44"));
  });

  it("holds nothing that EKS adds itself, and no flag when the number is EKS's own", () => {
    const text = nodeConfigUserData({ maxPods: 44, belowComputed: false, ...networking });
    assert.doesNotMatch(text, /cluster:|apiServerEndpoint|certificateAuthority|--max-pods/);
  });

  it("gives a lower number as a flag too, since EKS's part overwrites the other", () => {
    assert.match(
      nodeConfigUserData({ maxPods: 20, belowComputed: true, ...networking }),
      /flags:\n {6}- --max-pods=20\n/,
    );
  });

  it("is the same text every time", () => {
    const args = { maxPods: 110, belowComputed: false, ...networking };
    assert.equal(nodeConfigUserData(args), nodeConfigUserData(args));
  });

  it("is another text with another pod networking, even when the number of pods is the same", () => {
    const all = [true, false].flatMap((ownSubnets) =>
      [true, false].map((prefixDelegation) =>
        nodeConfigUserData({ maxPods: 110, belowComputed: false, ownSubnets, prefixDelegation }),
      ),
    );
    assert.equal(new Set(all).size, 4);
  });

  it("says the number that was observed on nodes with pod subnets: 44 for m7g.xlarge", () => {
    const pods = maxPods(instanceType("m7g.xlarge")!, { customNetworking: true, prefixDelegation: false });
    assert.match(nodeConfigUserData({ maxPods: pods, belowComputed: false, ...networking }), /maxPods: 44\n/);
  });
});
