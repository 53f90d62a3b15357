import { accessEntry, accessPolicyAssociation } from "../../eks/types";
import { stackRule } from "../../frame/rule";
import type { StackResource } from "../../frame/stack";
import { compliant, notApplicable, unknown, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "eks-access-entry-has-rights",
  title: "Access entries grant something",
  severity: "medium",
  controls: ["IAM-17"],
  description: "An entry with neither a policy nor a group lets its principal in and allows it nothing.",
  remediation: "Associate an access policy with the principal, or give the entry kubernetesGroups that are bound.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html",
  types: [accessEntry],
  judge: (subject, stack) => {
    if (!["STANDARD", undefined].includes(subject.props.at("type").string())) {
      return notApplicable("is an entry of nodes, whose rights EKS sets");
    }
    const associations = stack.ofType(accessPolicyAssociation);
    if (associations.some((association) => grants(association, subject))) {
      return compliant;
    }
    const groups = subject.props.at("kubernetesGroups");
    // Where the program gives none, the provider still announces what EKS will say: unknown, but made from nothing.
    const announced = groups.isUnknown && (subject.propertyDependencies.kubernetesGroups ?? []).length === 0;
    if (!announced && groups.list().length > 0) {
      return compliant;
    }
    const open = [subject, ...associations].some(({ props }) => props.at("principalArn").isUnknown);
    return open && associations.length > 0
      ? unknown("principalArn")
      : violation("", "has neither an access policy nor Kubernetes groups");
  },
});

/** By the principal's ARN or, where that is not known yet, by what both were made from. */
function grants(association: StackResource, entry: StackResource): boolean {
  const [one, other] = [association.props.at("principalArn"), entry.props.at("principalArn")];
  if (!one.isUnknown && !other.isUnknown) {
    return one.string() !== undefined && one.string() === other.string();
  }
  const made = association.propertyDependencies.principalArn ?? [];
  const from = new Set([entry.urn, ...(entry.propertyDependencies.principalArn ?? [])]);
  return made.some((urn) => from.has(urn));
}
