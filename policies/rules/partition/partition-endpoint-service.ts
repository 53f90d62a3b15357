import { readServiceName, vpcEndpoint } from "../../ec2/endpoint";
import { partitionOfRegion } from "../../ec2/partition";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

/**
 * Interface endpoints whose names start with `cn.` in China, and those that don't; others are not judged.
 * Source: https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ec2/lib/vpc-endpoint.ts
 */
const withCn = new Set(
  "application-autoscaling autoscaling cloudformation codedeploy-commands-secure ebs ec2 ecr.api ecr.dkr eks elasticfilesystem lambda monitoring sqs states sts xray".split(
    " ",
  ),
);
const plain = new Set(
  "ecs ecs-agent ecs-telemetry eks-auth kms logs secretsmanager ssm ssmmessages dynamodb".split(" "),
);

export const rule = resourceRule({
  id: "partition-endpoint-service",
  title: "VPC endpoints name their service as the partition does",
  severity: "high",
  controls: ["CN-03"],
  description: "In China most interface endpoints start with cn.com.amazonaws; the wrong prefix is refused as unknown.",
  remediation: "Take the name from aws.ec2.getVpcEndpointService, or from a table by partition.",
  url: "https://docs.amazonaws.cn/en_us/vpc/latest/privatelink/aws-services-privatelink-support.html",
  types: [vpcEndpoint],
  judge: ({ props, region }) => {
    const name = props.at("serviceName");
    const service = readServiceName(name.string() ?? "");
    if (!service) {
      return notApplicable("is no endpoint of an AWS service");
    }
    const isChinese = service.prefix.startsWith("cn.");
    if (partitionOfRegion(region.string() ?? service.region) !== "aws-cn") {
      return isChinese ? violation(name.path, "starts with cn. outside China") : compliant;
    }
    const isGateway = (props.at("vpcEndpointType").string() ?? "Gateway") === "Gateway";
    const wants =
      plain.has(service.service) || isGateway
        ? false
        : withCn.has(service.service) || service.service === "s3"
          ? true
          : undefined;
    if (wants === undefined) {
      return notApplicable("how the partition names this service is not known here");
    }
    return wants === isChinese
      ? compliant
      : violation(
          name.path,
          `starts with ${service.prefix} where the partition has ${wants ? "cn.com.amazonaws" : "com.amazonaws"}`,
        );
  },
});
