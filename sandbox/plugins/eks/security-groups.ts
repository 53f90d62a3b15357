/**
 * The two security groups that `eks.Cluster` opens unless told otherwise, both with egress to anywhere. EKS makes one of its own
 * besides: https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterArguments } from "./arguments";
import type { Child } from "./cluster";

export interface NodeGroupRules {
  group: aws.ec2.SecurityGroup;
  /** Lets the nodes reach the API server. */
  ingress: aws.ec2.SecurityGroupRule;
}

type Group = pulumi.Output<aws.ec2.SecurityGroup> | aws.ec2.SecurityGroup;

const anywhere = {
  description: "Allow internet access.",
  type: "egress",
  fromPort: 0,
  toPort: 0,
  protocol: "-1",
  cidrBlocks: ["0.0.0.0/0"],
};

/** The control plane's group, or the one that was given, which stays as it is. */
export function createClusterGroup(component: string, args: ClusterArguments, child: Child): Group {
  if (args.clusterSecurityGroup) return pulumi.output(args.clusterSecurityGroup);
  const name = `${component}-eksClusterSecurityGroup`;
  const tags = pulumi
    .all([args.tags, args.clusterSecurityGroupTags])
    .apply(([all, own]) => ({ Name: name, ...own, ...all }));
  const group = new aws.ec2.SecurityGroup(name, { vpcId: args.vpcId, revokeRulesOnDelete: true, tags }, child);
  new aws.ec2.SecurityGroupRule(
    `${component}-eksClusterInternetEgressRule`,
    { ...anywhere, securityGroupId: group.id },
    child,
  );
  return group;
}

/** The nodes' group with its rules, and the way from it to the API server. */
export function createNodeGroup(
  component: string,
  args: ClusterArguments,
  cluster: aws.eks.Cluster,
  controlPlane: Group,
  child: Child,
): NodeGroupRules {
  const name = `${component}-nodeSecurityGroup`;
  const tags = pulumi.all([args.tags, args.nodeSecurityGroupTags, cluster.name]).apply(([all, own, clusterName]) => ({
    Name: name,
    [`kubernetes.io/cluster/${clusterName}`]: "owned",
    ...own,
    ...all,
  }));
  const group = new aws.ec2.SecurityGroup(name, { vpcId: args.vpcId, revokeRulesOnDelete: true, tags }, child);
  const rule = (suffix: string, rule: aws.ec2.SecurityGroupRuleArgs): aws.ec2.SecurityGroupRule =>
    new aws.ec2.SecurityGroupRule(`${component}-${suffix}`, rule, child);

  rule("eksNodeIngressRule", {
    description: "Allow nodes to communicate with each other",
    ...{ type: "ingress", fromPort: 0, toPort: 0, protocol: "-1", securityGroupId: group.id, self: true },
  });
  const fromControlPlane = {
    type: "ingress",
    protocol: "tcp",
    securityGroupId: group.id,
    sourceSecurityGroupId: controlPlane.id,
  };
  rule("eksNodeClusterIngressRule", {
    description: "Allow worker Kubelets and pods to receive communication from the cluster control plane",
    ...{ ...fromControlPlane, fromPort: 1025, toPort: 65535 },
  });
  rule("eksExtApiServerClusterIngressRule", {
    description:
      "Allow pods running extension API servers on port 443 to receive communication from cluster control plane",
    ...{ ...fromControlPlane, fromPort: 443, toPort: 443 },
  });
  rule("eksNodeInternetEgressRule", { ...anywhere, securityGroupId: group.id });
  const ingress = rule("eksClusterIngressRule", {
    description: "Allow pods to communicate with the cluster API Server",
    ...{ type: "ingress", fromPort: 443, toPort: 443, protocol: "tcp" },
    ...{ securityGroupId: controlPlane.id, sourceSecurityGroupId: group.id },
  });
  return { group, ingress };
}
