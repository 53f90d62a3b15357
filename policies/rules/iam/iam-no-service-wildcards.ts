import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";
import { eachStatement, inlinePolicyTypes, managedPolicy } from "../../iam/policies";

export const rule = resourceRule({
  id: "iam-no-service-wildcards",
  title: "No IAM policy allows every action of a service",
  severity: "low",
  controls: ["IAM.21"],
  also: ["CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "IAMNoWildcardPermissions"],
  description: "A whole service includes actions that nobody thought of, and those that AWS adds later.",
  remediation: "List the actions, or a narrower pattern such as ec2:Describe*.",
  url: securityHubUrl("IAM.21"),
  types: [managedPolicy, ...inlinePolicyTypes],
  judge: (resource) =>
    eachStatement(resource, (statement) => {
      const wide = statement.allows ? statement.actions.filter((action) => /^[^:*]+:\*$/.test(action)) : [];
      if (wide.length > 0) {
        return violation(statement.path, `allows ${wide.join(" and ")}`);
      }
      return statement.allows && statement.notActions.length > 0
        ? violation(statement.path, "allows every action but those that it names")
        : compliant;
    }),
});
