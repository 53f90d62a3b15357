import { accessEntry } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-access-entry-principal",
  title: "Access entries name an IAM user or role",
  severity: "high",
  controls: ["IAM-01", "IAM-02", "IAM-12"],
  description: "EKS takes neither sessions nor service-linked roles; the root user or * would let in a whole account.",
  remediation: "Name the ARN of the user or role itself: arn:aws:iam::111122223333:role/team/developer.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html",
  types: [accessEntry],
  judge: ({ props }) => {
    const principal = props.at("principalArn");
    const problem = problemOf(principal.string() ?? "");
    return problem === undefined ? compliant : violation(principal.path, problem);
  },
});

function problemOf(arn: string): string | undefined {
  if (arn.includes("*")) {
    return "is a wildcard";
  }
  if (/^arn:[^:]*:sts:/.test(arn)) {
    return "is a session: name the role that it is of";
  }
  if (/^(\d{12}|arn:[^:]*:iam::\d{12}:root)$/.test(arn)) {
    return "is the account with everyone in it";
  }
  if (arn.includes(":role/aws-service-role/")) {
    return "is a service-linked role";
  }
  return /^arn:aws[a-z-]*:iam::\d{12}:(user|role)\/.+$/.test(arn) ? undefined : "is no ARN of an IAM user or role";
}
