import assert from "node:assert/strict";
import { planAddons } from "../../components/eks/addon-plan";

const args = { version: "1.36" as const, region: "ap-southeast-1", pins: {}, tags: { Owner: "platform" } };

describe("the add-ons of a cluster", () => {
  it("are the agent, the CNI and kube-proxy before any node, and what needs nodes after", () => {
    const { beforeNodes, afterNodes } = planAddons(args);
    assert.deepEqual(
      beforeNodes.map(({ name }) => name),
      ["eks-pod-identity-agent", "vpc-cni", "kube-proxy"],
    );
    assert.deepEqual(
      afterNodes.map(({ name }) => name),
      ["coredns", "metrics-server", "aws-ebs-csi-driver", "aws-efs-csi-driver"],
    );
  });

  it("are pinned, by the config first", () => {
    const { beforeNodes, afterNodes } = planAddons({ ...args, pins: { coredns: "v1.14.7-eksbuild.11" } });
    const versions = Object.fromEntries([...beforeNodes, ...afterNodes].map(({ name, version }) => [name, version]));
    assert.equal(versions.coredns, "v1.14.7-eksbuild.11");
    assert.equal(versions["kube-proxy"], "v1.36.0-eksbuild.25");
  });

  it("have rights only where they call AWS, each by its own service account", () => {
    const { beforeNodes, afterNodes } = planAddons(args);
    const rights = [...beforeNodes, ...afterNodes].flatMap(({ name, rights: own }) =>
      own ? [[name, own] as const] : [],
    );
    assert.deepEqual(
      rights.map(([name, { namespace, serviceAccount, managedPolicies }]) => [
        name,
        `${namespace}/${serviceAccount}`,
        managedPolicies,
      ]),
      [
        ["vpc-cni", "kube-system/aws-node", ["AmazonEKS_CNI_Policy"]],
        ["aws-ebs-csi-driver", "kube-system/ebs-csi-controller-sa", ["service-role/AmazonEBSCSIDriverPolicy"]],
        ["aws-efs-csi-driver", "kube-system/efs-csi-controller-sa", ["service-role/AmazonEFSCSIDriverPolicy"]],
      ],
    );
  });

  it("tell the EBS driver the region, which it can't ask the metadata for, and the tags of its volumes", () => {
    const driver = planAddons(args).afterNodes.find(({ name }) => name === "aws-ebs-csi-driver");
    assert.deepEqual(driver?.configuration, {
      controller: { region: "ap-southeast-1", extraVolumeTags: { Owner: "platform" } },
    });
  });
});
