import { judgeSubnetsPrivate } from "../../ec2/private";
import { nodeGroup } from "../../eks/types";
import { stackRule } from "../../frame/rule";

export const rule = stackRule({
  id: "eks-node-group-private",
  title: "Nodes are in private subnets",
  severity: "high",
  controls: ["CIS-EKS 5.4.3", "PRV-02"],
  also: ["private_nodes_enabled"],
  description: "A node with a public address can be reached from the internet by every port that its groups open.",
  remediation: "Give subnetIds only subnets whose routes lead to a NAT gateway and that assign no public addresses.",
  url: "https://docs.aws.amazon.com/eks/latest/best-practices/subnets.html",
  types: [nodeGroup],
  judge: (subject, stack) => judgeSubnetsPrivate(stack, subject, "subnetIds", subject.props.at("subnetIds")),
});
