import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { each } from "../../frame/value";
import { compliant, notApplicable, violation } from "../../frame/verdict";
import { statementsOf } from "../../iam/document";

export const rule = resourceRule({
  id: "kms-key-not-public",
  title: "No KMS key is open to everyone",
  severity: "critical",
  controls: ["KMS.5"],
  also: ["CKV_AWS_33"],
  description: "A key policy for * lets any AWS account use the key.",
  remediation: "Name the accounts, roles or services, or add a condition such as kms:CallerAccount.",
  url: securityHubUrl("KMS.5"),
  types: [
    "aws:kms/key:Key",
    "aws:kms/keyPolicy:KeyPolicy",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/externalKey:ExternalKey",
  ],
  judge: ({ props }) => {
    const policy = props.at("policy");
    if (policy.isMissing) {
      return notApplicable("has the default policy, which is for the account only");
    }
    return each(statementsOf(policy), (statement) =>
      statement.allows && statement.isForAnyone && !statement.hasCondition
        ? violation(statement.path, "lets anyone use the key")
        : compliant,
    );
  },
});
