import { securityHubUrl } from "../../catalogue/security-hub-url";
import { launchTemplate } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "ec2-imds-hop-limit",
  title: "The instance metadata is out of reach for containers",
  severity: "medium",
  controls: ["AutoScaling.4"],
  also: ["CKV_AWS_341"],
  description: "With a hop limit above 1, every container gets at the credentials of its instance.",
  remediation: "Set metadataOptions.httpPutResponseHopLimit to 1, and give pods rights by EKS Pod Identity.",
  url: securityHubUrl("AutoScaling.4"),
  settings: { maximum: { description: "The highest hop limit.", default: 1 } },
  types: [launchTemplate, "aws:ec2/launchConfiguration:LaunchConfiguration"],
  judge: ({ props }, settings) => {
    const options = props.at("metadataOptions");
    if (options.at("httpEndpoint").string() === "disabled") {
      return notApplicable("has no instance metadata");
    }
    const limit = options.at("httpPutResponseHopLimit");
    const maximum = settings.at("maximum").number() ?? 1;
    if (limit.isMissing) {
      return violation(limit.path, "is not set: the image decides");
    }
    return (limit.number() ?? Infinity) <= maximum ? compliant : violation(limit.path, `is above ${String(maximum)}`);
  },
});
