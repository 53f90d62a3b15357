import { securityHubUrl } from "../../catalogue/security-hub-url";
import { covers, judgeOpenIngress, securityGroupTypes } from "../../ec2/security-group";
import { resourceRule } from "../../frame/rule";

export const rule = resourceRule({
  id: "ec2-security-group-rdp",
  title: "No security group opens RDP to the internet",
  severity: "high",
  controls: ["EC2.14"],
  also: ["CKV_AWS_25"],
  description: "A remote desktop that anyone can reach is searched for and attacked within minutes.",
  remediation: "Name the blocks or security groups that need it, or use Session Manager and no port at all.",
  url: securityHubUrl("EC2.14"),
  types: securityGroupTypes,
  judge: (resource) =>
    judgeOpenIngress(resource, ["ipv4", "ipv6"], (range) => (covers(range, 3389) ? "port 3389 (RDP)" : undefined)),
});
