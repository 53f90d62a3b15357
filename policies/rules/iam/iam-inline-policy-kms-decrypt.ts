import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";
import { eachStatement, groupPolicy, role, rolePolicy, userPolicy } from "../../iam/policies";
import { isEveryKey } from "../../iam/kms";

export const rule = resourceRule({
  id: "iam-inline-policy-kms-decrypt",
  title: "No inline IAM policy allows decryption with every KMS key",
  severity: "medium",
  controls: ["KMS.2"],
  also: [],
  description: "Whoever may use every key can read all that is encrypted in the account.",
  remediation: "Name the keys by their ARNs.",
  url: securityHubUrl("KMS.2"),
  types: [rolePolicy, role, userPolicy, groupPolicy],
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
