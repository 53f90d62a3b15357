import { securityHubUrl } from "../../catalogue/security-hub-url";
import { covers, judgeOpenIngress, securityGroupTypes } from "../../ec2/security-group";
import { resourceRule } from "../../frame/rule";

export const rule = resourceRule({
  id: "ec2-security-group-ssh",
  title: "No security group opens SSH to the internet",
  severity: "high",
  controls: ["EC2.13"],
  also: ["CKV_AWS_24", "EC2RestrictedSSH"],
  description: "An SSH port that anyone can reach is searched for and attacked within minutes.",
  remediation: "Name the blocks or security groups that need it, or use Session Manager and no port at all.",
  url: securityHubUrl("EC2.13"),
  types: securityGroupTypes,
  judge: (resource) =>
    judgeOpenIngress(resource, ["ipv4", "ipv6"], (range) => (covers(range, 22) ? "port 22 (SSH)" : undefined)),
});
