import { securityHubUrl } from "../../catalogue/security-hub-url";
import { defaultSecurityGroup } from "../../ec2/security-group";
import { byVpc, vpc } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";
import { NotKnownYet } from "../../frame/value";
import { compliant, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "vpc-default-security-group-managed",
  title: "The default security group of every VPC is taken over by the stack",
  severity: "high",
  controls: ["EC2.2"],
  also: ["CKV2_AWS_12", "VPCDefaultSecurityGroupClosed"],
  description: "AWS makes it with open egress and traffic between members; only a stack that adopts it can close it.",
  remediation: "Add an aws.ec2.DefaultSecurityGroup with the VPC's id and no rules.",
  url: securityHubUrl("EC2.2"),
  types: [vpc],
  judge: (subject, stack) => {
    const groups = byVpc(stack, defaultSecurityGroup);
    if (groups.of.has(subject.urn)) {
      return compliant;
    }
    if (groups.unknown.length > 0) {
      throw new NotKnownYet("vpcId");
    }
    return violation("", "has a default security group with AWS's open rules");
  },
});
