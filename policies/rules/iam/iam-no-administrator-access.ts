import { resourceRule } from "../../frame/rule";
import { each } from "../../frame/value";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "iam-no-administrator-access",
  title: "AdministratorAccess is attached to nobody",
  severity: "high",
  controls: [],
  also: ["CKV_AWS_274", "IAMPolicyNoStatementsWithAdminAccess"],
  description: "The AWS managed policy allows everything; a workload never needs it.",
  remediation: "Attach a policy with the actions that are needed.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  types: [
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
    "aws:iam/role:Role",
  ],
  judge: ({ type, props }) =>
    each(type === "aws:iam/role:Role" ? props.at("managedPolicyArns").list() : [props.at("policyArn")], (arn) =>
      arn.string()?.endsWith(":policy/AdministratorAccess") ? violation(arn.path, "is AdministratorAccess") : compliant,
    ),
});
