import { securityHubUrl } from "../../catalogue/security-hub-url";
import { judgeInterfaceEndpoint } from "../../ec2/endpoint";
import { vpc } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";

export const rule = stackRule({
  id: "vpc-endpoint-ecr-api",
  title: "Every VPC reaches ECR API by an interface endpoint",
  severity: "medium",
  controls: ["EC2.55"],
  description: "With the endpoint, calls to ECR API stay in the VPC and need no way to the internet.",
  remediation: "Add an interface endpoint for ecr.api, or exempt the VPC that goes through NAT on purpose.",
  url: securityHubUrl("EC2.55"),
  types: [vpc],
  judge: (subject, stack) => judgeInterfaceEndpoint(subject, stack, "ecr.api"),
});
