import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn, partitionOf } from "../aws/partition";
import { servicePrincipal } from "../aws/principals";

export interface LogKeyArgs {
  /** Region of the stack, for example `eu-west-1`. A key serves log groups of its own region only. */
  region: string;
  /** Twelve-digit id of the account: its administrators manage the key through IAM. */
  accountId: pulumi.Input<string>;
  /** Name of the environment; the key's alias is `alias/container-platform/<environment>/logs`. */
  environment: string;
}

/**
 * The customer managed key of the platform's log groups: rotated every year, usable by CloudWatch Logs for log groups of
 * this account and region and by nobody else, managed by the account through IAM.
 *
 * Source: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class LogKey extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: LogKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:encryption:LogKey", name, {}, opts);

    const key = new aws.kms.Key(
      name,
      {
        description: `Log groups of the ${args.environment} container platform`,
        enableKeyRotation: true,
        deletionWindowInDays: 30,
        policy: this.policy(args),
      },
      { parent: this },
    );
    new aws.kms.Alias(
      name,
      { name: `alias/container-platform/${args.environment}/logs`, targetKeyId: key.keyId },
      { parent: this },
    );
    this.arn = key.arn;

    this.registerOutputs({ arn: this.arn });
  }

  private policy(args: LogKeyArgs): pulumi.Output<string> {
    const partition = partitionOf(args.region);
    return pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AccountAdministration",
          Effect: "Allow",
          Principal: { AWS: pulumi.output(args.accountId).apply((id) => arn(partition, "iam", "", id, "root")) },
          Action: "kms:*",
          Resource: "*",
        },
        {
          Sid: "CloudWatchLogs",
          Effect: "Allow",
          Principal: { Service: servicePrincipal("logs", args.region) },
          Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:logs:arn": pulumi
                .output(args.accountId)
                .apply((id) => arn(partition, "logs", args.region, id, "log-group:*")),
            },
          },
        },
      ],
    });
  }
}
