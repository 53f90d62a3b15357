import { resourceRule } from "../../frame/rule";
import { each } from "../../frame/value";
import { compliant, violation } from "../../frame/verdict";
import { statementsOf } from "../../iam/document";
import { role } from "../../iam/policies";

export const rule = resourceRule({
  id: "iam-role-trust-not-public",
  title: "A role can't be assumed by just anyone",
  severity: "critical",
  controls: [],
  also: ["CKV_AWS_60"],
  description: "A trust policy for * lets every AWS account take the role on.",
  remediation: "Name the service, account or role that may assume it, or add a condition such as aws:PrincipalOrgID.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  types: [role],
  judge: ({ props }) =>
    each(statementsOf(props.at("assumeRolePolicy")), (statement) =>
      statement.allows && statement.isForAnyone && !statement.hasCondition
        ? violation(statement.path, "lets anyone assume the role")
        : compliant,
    ),
});
