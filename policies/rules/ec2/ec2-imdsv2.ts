import { securityHubUrl } from "../../catalogue/security-hub-url";
import { launchTemplate } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "ec2-imdsv2",
  title: "Instances and what they are launched from use IMDSv2",
  severity: "high",
  controls: ["EC2.8", "EC2.170", "AutoScaling.3"],
  also: ["CKV_AWS_79", "EC2IMDSv2Enabled"],
  description: "Version 1 of the instance metadata hands out the instance's credentials to any request made from it.",
  remediation: "Set metadataOptions.httpTokens to required.",
  url: securityHubUrl("EC2.170"),
  types: [launchTemplate, "aws:ec2/instance:Instance", "aws:ec2/launchConfiguration:LaunchConfiguration"],
  judge: ({ props }) => {
    const options = props.at("metadataOptions");
    const tokens = options.at("httpTokens");
    return tokens.string() === "required" || options.at("httpEndpoint").string() === "disabled"
      ? compliant
      : violation(tokens.path, "is not required: IMDSv1 may be used");
  },
});
