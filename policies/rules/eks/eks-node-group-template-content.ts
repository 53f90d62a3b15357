import { launchTemplate, nodeGroup } from "../../eks/types";
import { stackRule } from "../../frame/rule";
import { attempt, each, type Value } from "../../frame/value";
import { compliant, notApplicable, unknown, type Verdict, violation } from "../../frame/verdict";

const prohibited = ["iamInstanceProfile", "instanceInitiatedShutdownBehavior", "hibernationOptions"];

export const rule = stackRule({
  id: "eks-node-group-template-content",
  title: "A node group's launch template leaves to the group what is the group's",
  severity: "high",
  controls: ["NG-03", "NG-15"],
  description:
    "EKS refuses a template with a subnet, an instance profile or a shutdown behaviour, and two instance types.",
  remediation: "Take it out of the launch template; set instance types in only one of both.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html",
  types: [nodeGroup],
  judge: (subject, stack) => {
    const reference = subject.props.at("launchTemplate");
    const template = stack.target(subject, "launchTemplate", launchTemplate);
    if (!template) {
      return reference.isUnknown || reference.at("id").isUnknown
        ? unknown(reference.at("id").path)
        : notApplicable("has no launch template of this stack");
    }
    const found = (what: string) => violation("launchTemplate", `${template.name} has ${what}`);
    const isSet = (value: Value) => !value.isMissing && value.raw !== "" && !isEmpty(value.raw);
    return [
      ...each(prohibited, (key) => (isSet(template.props.at(key)) ? found(key) : compliant)),
      attempt(() =>
        each(template.props.at("networkInterfaces").list(), (card) =>
          isSet(card.at("subnetId")) ? found("networkInterfaces.subnetId") : compliant,
        ),
      ),
      attempt(() =>
        isSet(template.props.at("instanceType")) && subject.props.at("instanceTypes").list().length > 0
          ? found("instanceType, and so has the group")
          : compliant,
      ),
    ].flat() as Verdict[];
  },
});

function isEmpty(raw: unknown): boolean {
  return Array.isArray(raw) && raw.length === 0;
}
