import { securityHubUrl } from "../../catalogue/security-hub-url";
import { stackRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "ec2-elastic-ip-in-use",
  title: "Every Elastic IP address is used",
  severity: "low",
  controls: ["EC2.12"],
  also: ["CKV2_AWS_19"],
  description: "An address that nothing uses costs money and counts against the quota of five a region.",
  remediation: "Give it to a NAT gateway, load balancer or instance of the stack, or remove it.",
  url: securityHubUrl("EC2.12"),
  types: ["aws:ec2/eip:Eip"],
  judge: (address, stack) => {
    if (stack.isReferredTo(address)) {
      return compliant;
    }
    const user = [address.props.at("instance"), address.props.at("networkInterface")].find(
      (property) => !property.isMissing && property.string() !== "",
    );
    return user ? compliant : violation("", "is used by nothing in this stack");
  },
});
