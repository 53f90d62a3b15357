import { securityHubUrl } from "../../catalogue/security-hub-url";
import { judgeInterfaceEndpoint } from "../../ec2/endpoint";
import { vpc } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";

export const rule = stackRule({
  id: "vpc-endpoint-ecr-dkr",
  title: "Every VPC reaches ECR Docker registry by an interface endpoint",
  severity: "medium",
  controls: ["EC2.56"],
  description: "With the endpoint, calls to ECR Docker registry stay in the VPC and need no way to the internet.",
  remediation: "Add an interface endpoint for ecr.dkr, or exempt the VPC that goes through NAT on purpose.",
  url: securityHubUrl("EC2.56"),
  types: [vpc],
  judge: (subject, stack) => judgeInterfaceEndpoint(subject, stack, "ecr.dkr"),
});
