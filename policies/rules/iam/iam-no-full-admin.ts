import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";
import { eachStatement, inlinePolicyTypes, managedPolicy } from "../../iam/policies";

export const rule = resourceRule({
  id: "iam-no-full-admin",
  title: "No IAM policy allows everything on everything",
  severity: "high",
  controls: ["IAM.1"],
  also: ["CKV_AWS_62", "CKV_AWS_286", "IAMPolicyNoStatementsWithAdminAccess"],
  description: "Whoever holds such a policy, or steals its credentials, owns the account.",
  remediation: "List the actions and resources that are needed.",
  url: securityHubUrl("IAM.1"),
  types: [managedPolicy, ...inlinePolicyTypes],
  judge: (resource) =>
    eachStatement(resource, (statement) =>
      statement.allows && statement.actions.includes("*") && statement.reachesEverything
        ? violation(statement.path, "allows every action on every resource")
        : compliant,
    ),
});
