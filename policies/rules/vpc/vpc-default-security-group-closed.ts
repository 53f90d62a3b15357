import { securityHubUrl } from "../../catalogue/security-hub-url";
import { defaultSecurityGroup, openings } from "../../ec2/security-group";
import { resourceRule } from "../../frame/rule";
import { each } from "../../frame/value";
import { violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "vpc-default-security-group-closed",
  title: "The default security group of a VPC has no rules",
  severity: "high",
  controls: ["EC2.2"],
  also: ["CKV2_AWS_12", "VPCDefaultSecurityGroupClosed"],
  description: "Whatever is started without a security group gets this one: it should let nothing in or out.",
  remediation: "Remove its rules, and give what uses it a security group of its own.",
  url: securityHubUrl("EC2.2"),
  types: [defaultSecurityGroup],
  judge: (resource) =>
    each(["ingress", "egress"] as const, (direction) =>
      openings(resource, direction).map(({ rule: { path } }) =>
        violation(path, "is a rule of the default security group"),
      ),
    ),
});
