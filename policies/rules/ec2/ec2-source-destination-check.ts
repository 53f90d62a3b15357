import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "ec2-source-destination-check",
  title: "Network interfaces check source and destination",
  severity: "medium",
  controls: ["EC2.180"],
  description: "Without the check an interface takes and forwards traffic that is not its own, as a router would.",
  remediation: "Leave sourceDestCheck on; use a NAT gateway in place of a NAT instance.",
  url: securityHubUrl("EC2.180"),
  types: ["aws:ec2/networkInterface:NetworkInterface", "aws:ec2/instance:Instance"],
  judge: ({ props }) => {
    const check = props.at("sourceDestCheck");
    return check.boolean() === false ? violation(check.path, "is off") : compliant;
  },
});
