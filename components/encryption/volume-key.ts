import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn, partitionOf } from "../aws/partition";
import { servicePrincipal } from "../aws/principals";

export interface VolumeKeyArgs {
  /** Region of the stack, for example `eu-west-1`. */
  region: string;
  /** Twelve-digit id of the account: its administrators manage the key through IAM. */
  accountId: pulumi.Input<string>;
  /** Name of the environment; the key's alias is `alias/container-platform/<environment>/volumes`. */
  environment: string;
}

/**
 * The customer managed key of the nodes' volumes: rotated every year, usable by EC2 Auto Scaling, which launches the nodes.
 *
 * Without those rights an Auto Scaling group accepts the launch template and every instance ends at once
 * (`Client.InternalError`).
 *
 * Source: https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 */
export class VolumeKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: VolumeKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:encryption:VolumeKey", name, {}, opts);

    const key = new aws.kms.Key(
      name,
      {
        description: `Volumes of the ${args.environment} container platform`,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy: this.policy(args),
      },
      { parent: this },
    );
    new aws.kms.Alias(
      name,
      { name: `alias/container-platform/${args.environment}/volumes`, targetKeyId: key.keyId },
      { parent: this },
    );
    this.arn = key.arn;

    this.registerOutputs({ arn: this.arn });
  }

  private policy({ region, accountId }: VolumeKeyArgs): pulumi.Output<string> {
    const partition = partitionOf(region);
    const account = pulumi.output(accountId);
    const role = `role/aws-service-role/${servicePrincipal("autoscaling", region)}/AWSServiceRoleForAutoScaling`;
    // By condition and not as the principal: KMS refuses a policy that names a role which is not there yet, and the service-linked
    // role comes with an account's first Auto Scaling group.
    const byAutoScaling = {
      StringEquals: { "kms:CallerAccount": account },
      ArnEquals: { "aws:PrincipalArn": account.apply((id) => arn(partition, "iam", "", id, role)) },
    };
    return pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountAdministration",
          Effect: "Allow",
          Principal: { AWS: account.apply((id) => arn(partition, "iam", "", id, "root")) },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "AutoScalingUse",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
          Resource: "*",
          Condition: byAutoScaling,
        },
        {
          Sid: "AutoScalingGrantsForVolumes",
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: "kms:CreateGrant",
          Resource: "*",
          Condition: { ...byAutoScaling, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ],
    });
  }
}
