import { securityHubUrl } from "../../catalogue/security-hub-url";
import { judgeInterfaceEndpoint } from "../../ec2/endpoint";
import { vpc } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";

export const rule = stackRule({
  id: "vpc-endpoint-ssm-contacts",
  title: "Every VPC reaches Incident Manager contacts by an interface endpoint",
  severity: "medium",
  optIn: "Only Incident Manager calls it, and few VPCs run Incident Manager.",
  controls: ["EC2.58"],
  description: "With the endpoint, calls to Incident Manager contacts stay in the VPC and need no way to the internet.",
  remediation: "Add an interface endpoint for ssm-contacts, or exempt the VPC that goes through NAT on purpose.",
  url: securityHubUrl("EC2.58"),
  types: [vpc],
  judge: (subject, stack) => judgeInterfaceEndpoint(subject, stack, "ssm-contacts"),
});
