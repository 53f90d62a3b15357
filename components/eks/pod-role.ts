import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { servicePrincipal } from "../aws/principals";

export interface PodRoleArgs {
  description: string;
  region: string;
  clusterName: pulumi.Input<string>;
  namespace: string;
  serviceAccount: string;
  /** ARNs of the attached policies, by a name for each. */
  managedPolicyArns: Record<string, string>;
  /** Further rights as an IAM policy document. @default none */
  policy?: pulumi.Input<string>;
}

/**
 * A role for the pods of one service account of one cluster, through EKS Pod Identity.
 *
 * Pod Identity says in session tags for whom it asks, and the trust policy lets nobody else in.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export class PodRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;
  /** What must be there before pods use the role. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: PodRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:eks:PodRole", name, {}, opts);

    const role = new aws.iam.Role(
      name,
      { description: args.description, assumeRolePolicy: this.trustPolicy(args) },
      { parent: this },
    );
    this.arn = role.arn;
    const attached = Object.entries(args.managedPolicyArns).map(
      ([policy, policyArn]) =>
        new aws.iam.RolePolicyAttachment(`${name}-${policy}`, { role: role.name, policyArn }, { parent: this }),
    );
    const own = args.policy
      ? [new aws.iam.RolePolicy(name, { role: role.name, policy: args.policy }, { parent: this })]
      : [];
    this.ready = [...attached, ...own];

    this.registerOutputs({ arn: this.arn });
  }

  private trustPolicy({ region, clusterName, namespace, serviceAccount }: PodRoleArgs): pulumi.Output<string> {
    return pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: servicePrincipal("pods.eks", region) },
          Action: ["sts:AssumeRole", "sts:TagSession"],
          Condition: {
            StringEquals: {
              "aws:RequestTag/eks-cluster-name": clusterName,
              "aws:RequestTag/kubernetes-namespace": namespace,
              "aws:RequestTag/kubernetes-service-account": serviceAccount,
            },
          },
        },
      ],
    });
  }
}
