import assert from "node:assert/strict";
import { cniConfiguration, podNetworkingProblems } from "../../components/eks/pod-networking";

const plain = { externalSnat: false, prefixDelegation: false, securityGroupsForPods: "off" as const };
const podSubnets = {
  region: "ap-southeast-1",
  subnetIds: { "ap-southeast-1a": "subnet-a", "ap-southeast-1b": "subnet-b" },
  securityGroupId: "sg-cluster",
};

describe("the configuration of the CNI", () => {
  it("is custom networking with an ENIConfig for each zone, by the zone's name (CNI-01, CNI-02, CNI-05)", () => {
    assert.deepEqual(cniConfiguration(plain, podSubnets), {
      env: {
        AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true",
        ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone",
        AWS_VPC_K8S_CNI_EXTERNALSNAT: "false",
        ENABLE_PREFIX_DELEGATION: "false",
        WARM_PREFIX_TARGET: "1",
        ENABLE_POD_ENI: "false",
        POD_SECURITY_GROUP_ENFORCING_MODE: "strict",
      },
      eniConfig: {
        create: true,
        region: "ap-southeast-1",
        subnets: {
          "ap-southeast-1a": { id: "subnet-a", securityGroups: ["sg-cluster"] },
          "ap-southeast-1b": { id: "subnet-b", securityGroups: ["sg-cluster"] },
        },
      },
    });
  });

  it("has neither custom networking nor ENIConfigs when pods share the nodes' subnets", () => {
    const { env, eniConfig } = cniConfiguration(plain, null);
    assert.equal(env.AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG, "false");
    assert.deepEqual(eniConfig, { create: false });
  });

  it("says everything in strings, which is all that the add-on takes (CNI-06)", () => {
    for (const securityGroupsForPods of ["off", "strict", "standard"] as const) {
      const { env } = cniConfiguration(
        { externalSnat: true, prefixDelegation: true, securityGroupsForPods },
        podSubnets,
      );
      assert.deepEqual([...new Set(Object.values(env).map((value) => typeof value))], ["string"]);
    }
  });

  it("turns on what the config asks for", () => {
    const { env } = cniConfiguration(
      { externalSnat: true, prefixDelegation: true, securityGroupsForPods: "off" },
      null,
    );
    assert.equal(env.AWS_VPC_K8S_CNI_EXTERNALSNAT, "true");
    assert.equal(env.ENABLE_PREFIX_DELEGATION, "true");
  });

  it("enforces security groups of pods as asked (CNI-12), and lets probes through when strictly", () => {
    const standard = cniConfiguration({ ...plain, securityGroupsForPods: "standard" }, podSubnets);
    assert.equal(standard.env.ENABLE_POD_ENI, "true");
    assert.equal(standard.env.POD_SECURITY_GROUP_ENFORCING_MODE, "standard");
    assert.ok(!("init" in standard));
    const strict = cniConfiguration({ ...plain, securityGroupsForPods: "strict" }, podSubnets);
    assert.equal(strict.env.POD_SECURITY_GROUP_ENFORCING_MODE, "strict");
    assert.equal(strict.init?.env.DISABLE_TCP_EARLY_DEMUX, "true");
  });

  it("has the zones in the order in which they were given, so that the text stays the same", () => {
    const turned = { ...podSubnets, subnetIds: { "ap-southeast-1b": "subnet-b", "ap-southeast-1a": "subnet-a" } };
    const { eniConfig } = cniConfiguration(plain, turned);
    assert.ok("subnets" in eniConfig);
    assert.deepEqual(Object.keys(eniConfig.subnets), ["ap-southeast-1b", "ap-southeast-1a"]);
  });
});

describe("pods that keep their own address", () => {
  it("are refused in a network without NAT (CNI-10)", () => {
    const [problem] = podNetworkingProblems({ ...plain, externalSnat: true }, "none");
    assert.equal(problem?.rule, "CNI-10");
    assert.equal(problem?.path, "eks.podNetworking.externalSnat");
  });

  it("are fine with NAT, and where the routes are somebody else's", () => {
    for (const nat of ["single", "perZone", undefined] as const) {
      assert.deepEqual(podNetworkingProblems({ ...plain, externalSnat: true }, nat), []);
    }
    assert.deepEqual(podNetworkingProblems(plain, "none"), []);
  });
});
