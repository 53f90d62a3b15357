import { judgeSubnetsPrivate } from "../../ec2/private";
import { cluster } from "../../eks/types";
import { stackRule } from "../../frame/rule";

export const rule = stackRule({
  id: "eks-cluster-private-subnets",
  title: "Clusters are in private subnets",
  severity: "high",
  controls: ["PRV-02"],
  description: "The control plane puts its network interfaces there, and node groups are often given the same subnets.",
  remediation: "List only subnets whose routes lead to a NAT gateway and that assign no public addresses.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
  types: [cluster],
  judge: (subject, stack) =>
    judgeSubnetsPrivate(stack, subject, "vpcConfig", subject.props.at("vpcConfig").at("subnetIds")),
});
