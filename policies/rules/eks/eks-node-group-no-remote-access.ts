import { nodeGroup } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-node-group-no-remote-access",
  title: "Nodes are not open to SSH",
  severity: "high",
  controls: ["EKS-02"],
  also: ["CKV_AWS_100"],
  description: "With a key and no source groups, EKS opens port 22 of every node to 0.0.0.0/0.",
  remediation: "Leave out remoteAccess and use Session Manager, or name sourceSecurityGroupIds.",
  url: "https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html",
  types: [nodeGroup],
  judge: ({ props }) => {
    const access = props.at("remoteAccess");
    const groups = access.at("sourceSecurityGroupIds");
    return access.at("ec2SshKey").isMissing || groups.list().length > 0
      ? compliant
      : violation(groups.path, "names no security groups: port 22 is open to anywhere");
  },
});
