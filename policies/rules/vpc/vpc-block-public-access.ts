import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "vpc-block-public-access",
  title: "VPC Block Public Access stops traffic of internet gateways",
  severity: "medium",
  controls: ["EC2.172"],
  description: "The region-wide switch keeps a mistake in a route table or security group from becoming an exposure.",
  remediation:
    "Set internetGatewayBlockMode to block-bidirectional or block-ingress, and exclude the VPCs that must be public.",
  url: securityHubUrl("EC2.172"),
  types: ["aws:ec2/vpcBlockPublicAccessOptions:VpcBlockPublicAccessOptions"],
  judge: ({ props }) => {
    const mode = props.at("internetGatewayBlockMode");
    return mode.string()?.startsWith("block-") ? compliant : violation(mode.path, `is ${mode.string() ?? "not set"}`);
  },
});
