import { securityHubUrl } from "../../catalogue/security-hub-url";
import { covers, judgeOpenIngress, securityGroupTypes } from "../../ec2/security-group";
import { resourceRule } from "../../frame/rule";

export const rule = resourceRule({
  id: "ec2-security-group-admin-ports-ipv6",
  title: "No security group opens administration ports to the IPv6 internet",
  severity: "high",
  controls: ["EC2.54"],
  also: ["CKV_AWS_24", "CKV_AWS_25"],
  description: "Ports that administer a server are for administrators, whose addresses are known.",
  remediation: "Name the blocks or security groups that need it, or use Session Manager and no port at all.",
  url: securityHubUrl("EC2.54"),
  types: securityGroupTypes,
  judge: (resource) =>
    judgeOpenIngress(resource, ["ipv6"], (range) => {
      const port = [22, 3389].find((admin) => covers(range, admin));
      return port === undefined ? undefined : `administration port ${String(port)}`;
    }),
});
