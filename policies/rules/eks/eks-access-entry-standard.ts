import { accessEntry } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { attempt, each } from "../../frame/value";
import { compliant, notApplicable, type Verdict, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-access-entry-standard",
  title: "Access entries have only groups and user names that EKS takes",
  severity: "high",
  controls: ["IAM-05", "IAM-06", "IAM-16"],
  description: "EKS refuses groups of Kubernetes itself, reserved user names, and both on entries of nodes.",
  remediation:
    "Grant system:masters by the policy AmazonEKSClusterAdminPolicy; leave out names with a reserved prefix.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html",
  types: [accessEntry],
  judge: ({ props }) => {
    const groups = props.at("kubernetesGroups");
    const user = props.at("userName");
    const type = props.at("type");
    if (!groups.isUnknown && groups.list().length === 0 && user.isMissing) {
      return notApplicable("has neither groups nor a user name");
    }
    return [
      attempt(() =>
        ["STANDARD", ""].includes(type.string() ?? "") || groups.list().length === 0
          ? compliant
          : violation(groups.path, `is not for an entry of type ${type.string() ?? ""}`),
      ),
      attempt(() =>
        each(groups.list(), (group) =>
          group.string()?.startsWith("system:") ? violation(group.path, "starts with system:") : compliant,
        ),
      ),
      attempt(() => {
        const problem = userProblem(user.string() ?? "");
        return problem === undefined ? compliant : violation(user.path, problem);
      }),
    ].flat() as Verdict[];
  },
});

function userProblem(name: string): string | undefined {
  if (/^(system|eks|aws|amazon|iam):/.test(name)) {
    return "starts with a reserved prefix";
  }
  const session = name.indexOf("{{SessionName");
  return session >= 0 && !name.slice(0, session).includes(":") ? "has no colon before the session's name" : undefined;
}
