import { securityHubUrl } from "../../catalogue/security-hub-url";
import { cluster } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { attempt } from "../../frame/value";
import { compliant, type Verdict, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-cluster-secrets-encrypted",
  title: "Kubernetes secrets are encrypted with a key of the account",
  severity: "medium",
  controls: ["EKS.3", "CIS-EKS 5.3.1"],
  also: ["CKV_AWS_58", "eks_cluster_kms_cmk_encryption_in_secrets_enabled"],
  description: "With a key of its own, the account decides and sees who reads secrets, and can put a stop to it.",
  remediation: 'Set encryptionConfig with resources ["secrets"] and the ARN of a KMS key.',
  url: securityHubUrl("EKS.3"),
  types: [cluster],
  judge: ({ props }) => {
    const config = props.at("encryptionConfig");
    if (config.isMissing) {
      return violation(config.path, "is not set");
    }
    const resources = config.at("resources");
    const key = config.at("provider").at("keyArn");
    return [
      attempt(() =>
        resources.strings().includes("secrets") ? compliant : violation(resources.path, "does not name secrets"),
      ),
      // Whichever key it will be, it is one; but an unknown provider may still hold none.
      attempt(() => ((key.string() ?? "") === "" ? violation(key.path, "names no key") : compliant)),
    ].flat() as Verdict[];
  },
});
