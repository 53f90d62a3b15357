import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";
import { eachStatement, managedPolicy } from "../../iam/policies";
import { isEveryKey } from "../../iam/kms";

export const rule = resourceRule({
  id: "iam-managed-policy-kms-decrypt",
  title: "No managed IAM policy allows decryption with every KMS key",
  severity: "medium",
  controls: ["KMS.1"],
  also: [],
  description: "Whoever may use every key can read all that is encrypted in the account.",
  remediation: "Name the keys by their ARNs.",
  url: securityHubUrl("KMS.1"),
  types: [managedPolicy],
  judge: (resource) =>
    eachStatement(resource, (statement) => {
      const decrypts = ["kms:Decrypt", "kms:ReEncryptFrom"].filter((action) => statement.grants(action));
      const allKeys = statement.resources.find((resource) => isEveryKey(resource));
      // A condition does not help: the control looks at actions and resources only.
      return decrypts.length > 0 && allKeys !== undefined
        ? violation(statement.path, `allows ${decrypts.join(" and ")} on ${allKeys}`)
        : compliant;
    }),
});
