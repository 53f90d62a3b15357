import { securityHubUrl } from "../../catalogue/security-hub-url";
import { judgeInterfaceEndpoint } from "../../ec2/endpoint";
import { vpc } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";

export const rule = stackRule({
  id: "vpc-endpoint-ec2",
  title: "Every VPC reaches EC2 by an interface endpoint",
  severity: "medium",
  controls: ["EC2.10"],
  description: "With the endpoint, calls to EC2 stay in the VPC and need no way to the internet.",
  remediation: "Add an interface endpoint for ec2, or exempt the VPC that goes through NAT on purpose.",
  url: securityHubUrl("EC2.10"),
  types: [vpc],
  judge: (subject, stack) => judgeInterfaceEndpoint(subject, stack, "ec2"),
});
