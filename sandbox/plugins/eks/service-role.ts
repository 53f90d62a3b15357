/** The role that `eks.Cluster` makes when it is given none. */
import { createHash } from "node:crypto";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const POLICY = "iam::aws:policy/AmazonEKSClusterPolicy";

export class ServiceRole extends pulumi.ComponentResource {
  readonly role: aws.iam.Role;
  /** Resolves to the role when its policy is attached. */
  readonly ready: pulumi.Output<pulumi.Resource>;

  constructor(
    name: string,
    { tags, version }: { tags: pulumi.Input<Record<string, pulumi.Input<string>>> | undefined; version: string },
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("eks:index:ServiceRole", name, {}, opts);
    const child = { parent: this, version };
    // The same principal in every partition: https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html
    const statement = {
      Action: ["sts:AssumeRole", "sts:TagSession"],
      Effect: "Allow",
      Principal: { Service: ["eks.amazonaws.com"] },
    };
    this.role = new aws.iam.Role(
      `${name}-role`,
      {
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
        description: "Allows EKS to manage clusters on your behalf.",
        tags,
      },
      child,
    );
    // The name holds a hash of the policy's ARN in the global partition, wherever the cluster stands.
    const suffix = createHash("sha1").update(`arn:aws:${POLICY}`).digest("hex").slice(0, 8);
    const partition = aws.getPartitionOutput({}, child).partition;
    const attachment = new aws.iam.RolePolicyAttachment(
      `${name}-${suffix}`,
      { policyArn: pulumi.interpolate`arn:${partition}:${POLICY}`, role: this.role },
      child,
    );
    this.ready = pulumi.all([this.role.arn, attachment.id]).apply(() => this.role);
    this.registerOutputs({ resolvedRole: this.ready, directRole: this.role });
  }
}
