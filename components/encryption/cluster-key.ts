import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn, partitionOf } from "../aws/partition";

export interface ClusterKeyArgs {
  /** Region of the stack, for example `eu-west-1`. */
  region: string;
  /** Twelve-digit id of the account: its administrators manage the key through IAM. */
  accountId: pulumi.Input<string>;
  /** Name of the environment; the key's alias is `alias/container-platform/<environment>/cluster`. */
  environment: string;
}

/**
 * The customer managed key that a cluster encrypts its Kubernetes secrets with: rotated every year.
 *
 * It has no statement for EKS: who creates the cluster grants EKS the key's use (`kms:CreateGrant`, `kms:DescribeKey`), by rights of
 * IAM. A cluster whose key is gone can't be recovered, so the key waits 30 days before it is deleted.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/enable-kms.html
 */
export class ClusterKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: ClusterKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:encryption:ClusterKey", name, {}, opts);

    const key = new aws.kms.Key(
      name,
      {
        description: `Kubernetes secrets of the ${args.environment} container platform`,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy: this.policy(args),
      },
      { parent: this },
    );
    new aws.kms.Alias(
      name,
      { name: `alias/container-platform/${args.environment}/cluster`, targetKeyId: key.keyId },
      { parent: this },
    );
    this.arn = key.arn;

    this.registerOutputs({ arn: this.arn });
  }

  private policy({ region, accountId }: ClusterKeyArgs): pulumi.Output<string> {
    return pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountAdministration",
          Effect: "Allow",
          Principal: { AWS: pulumi.output(accountId).apply((id) => arn(partitionOf(region), "iam", "", id, "root")) },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    });
  }
}
