import { securityHubUrl } from "../../catalogue/security-hub-url";
import { launchTemplate } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { attempt, each } from "../../frame/value";
import { compliant, type Verdict, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "ec2-no-public-ip",
  title: "Instances and what they are launched from ask for no public addresses",
  severity: "high",
  controls: ["EC2.9", "EC2.25", "AutoScaling.5"],
  also: ["CKV_AWS_88", "EC2InstanceNoPublicIp"],
  description: "An instance with a public address can be reached from the internet by every port that its groups open.",
  remediation: "Set associatePublicIpAddress to false, and go out by a NAT gateway.",
  url: securityHubUrl("EC2.25"),
  types: [launchTemplate, "aws:ec2/instance:Instance", "aws:ec2/launchConfiguration:LaunchConfiguration"],
  judge: ({ props }) =>
    [
      attempt(() =>
        each([props, ...props.at("networkInterfaces").list()], (holder) => {
          const asks = holder.at("associatePublicIpAddress");
          return asks.boolean() === true ? violation(asks.path, "is on") : compliant;
        }),
      ),
    ].flat() as Verdict[],
});
