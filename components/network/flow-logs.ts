import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn, partitionOf } from "../aws/partition";
import { servicePrincipal } from "../aws/principals";

export interface FlowLogsArgs {
  vpcId: pulumi.Input<string>;
  region: string;
  accountId: pulumi.Input<string>;
  /** Name of the environment; the log group is `/container-platform/<environment>/vpc-flow-logs`. */
  environment: string;
  /** Days that records are kept: one of the values CloudWatch Logs takes. */
  retentionDays: number;
  /** ARN of the customer managed key that encrypts the group. */
  keyArn: pulumi.Input<string>;
}

/**
 * Flow logs of a whole VPC, accepted and rejected traffic, to an encrypted log group.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-cwl.html
 */
export class FlowLogs extends pulumi.ComponentResource {
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: FlowLogsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:network:FlowLogs", name, {}, opts);

    const group = new aws.cloudwatch.LogGroup(
      name,
      {
        name: `/container-platform/${args.environment}/vpc-flow-logs`,
        retentionInDays: args.retentionDays,
        kmsKeyId: args.keyArn,
      },
      { parent: this },
    );
    const role = this.createRole(name, args);
    const rights = this.allowWriting(name, role, group);
    new aws.ec2.FlowLog(
      name,
      {
        vpcId: args.vpcId,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        maxAggregationInterval: 60,
        tags: { Name: name },
      },
      // Without the rights the flow log is accepted and delivers nothing.
      { parent: this, dependsOn: [rights] },
    );
    this.logGroupName = group.name;

    this.registerOutputs({ logGroupName: this.logGroupName });
  }

  private createRole(name: string, args: FlowLogsArgs): aws.iam.Role {
    const partition = partitionOf(args.region);
    const sourceArn = pulumi
      .output(args.accountId)
      .apply((account) => arn(partition, "ec2", args.region, account, "vpc-flow-log/*"));
    return new aws.iam.Role(
      name,
      {
        description: "Writes the VPC's flow logs to CloudWatch Logs",
        assumeRolePolicy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: servicePrincipal("vpc-flow-logs", args.region) },
              Action: "sts:AssumeRole",
              // Only for flow logs of this account: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
              Condition: {
                StringEquals: { "aws:SourceAccount": args.accountId },
                ArnLike: { "aws:SourceArn": sourceArn },
              },
            },
          ],
        }),
      },
      { parent: this },
    );
  }

  private allowWriting(name: string, role: aws.iam.Role, group: aws.cloudwatch.LogGroup): aws.iam.RolePolicy {
    return new aws.iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
              Resource: [group.arn, pulumi.interpolate`${group.arn}:*`],
            },
            { Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
          ],
        }),
      },
      { parent: this },
    );
  }
}
