import { openings, securityGroup, securityGroupTypes } from "../../ec2/security-group";
import { resourceRule } from "../../frame/rule";
import { attempt, each, type Value } from "../../frame/value";
import { compliant, type Verdict, violation } from "../../frame/verdict";

/** What the provider writes when the program says nothing. */
const byDefault = new Set(["Managed by Pulumi", "Managed by Terraform"]);

export const rule = resourceRule({
  id: "ec2-security-group-description",
  title: "Security groups and their rules say what they are for",
  severity: "low",
  controls: [],
  also: ["CKV_AWS_23", "EC2SecurityGroupDescription"],
  description: "Nobody dares to remove a rule whose purpose is not written down.",
  remediation: "Say in the description who needs the traffic, and why.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/creating-security-groups.html",
  types: securityGroupTypes,
  judge: (resource) => {
    const rules = attempt(() =>
      each([...openings(resource, "ingress"), ...openings(resource, "egress")], ({ description }) =>
        described(description),
      ),
    );
    const own = resource.type === securityGroup ? attempt(() => described(resource.props.at("description"))) : [];
    return [own, rules].flat() as Verdict[];
  },
});

function described(description: Value): Verdict {
  const text = description.string()?.trim() ?? "";
  return text === "" || byDefault.has(text) ? violation(description.path, "is not set") : compliant;
}
