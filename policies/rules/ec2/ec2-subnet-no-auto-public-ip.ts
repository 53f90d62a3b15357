import { securityHubUrl } from "../../catalogue/security-hub-url";
import { subnet } from "../../ec2/vpc";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "ec2-subnet-no-auto-public-ip",
  title: "Subnets do not hand out public addresses by themselves",
  severity: "medium",
  controls: ["EC2.15"],
  also: ["CKV_AWS_130", "VPCSubnetAutoAssignPublicIpDisabled"],
  description:
    "An instance that gets a public address without asking is on the internet without anyone having decided so.",
  remediation: "Set mapPublicIpOnLaunch to false; a NAT gateway or load balancer in a public subnet doesn't need it.",
  url: securityHubUrl("EC2.15"),
  types: [subnet, "aws:ec2/defaultSubnet:DefaultSubnet"],
  judge: ({ type, props }) => {
    const assigns = props.at("mapPublicIpOnLaunch");
    // A default subnet hands them out unless told otherwise.
    return (assigns.boolean() ?? type !== subnet) ? violation(assigns.path, "hands out public addresses") : compliant;
  },
});
