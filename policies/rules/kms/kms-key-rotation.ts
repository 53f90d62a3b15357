import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "kms-key-rotation",
  title: "KMS keys are rotated",
  severity: "medium",
  controls: ["KMS.4"],
  also: ["CKV_AWS_7", "KMSBackingKeyRotationEnabled"],
  description: "Rotation bounds how much is encrypted with one key material; KMS keeps the old ones for decryption.",
  remediation: "Set enableKeyRotation to true.",
  url: securityHubUrl("KMS.4"),
  types: ["aws:kms/key:Key"],
  judge: ({ props }) => {
    const spec = props.at("customerMasterKeySpec").string() ?? "SYMMETRIC_DEFAULT";
    if (spec !== "SYMMETRIC_DEFAULT" || !props.at("customKeyStoreId").isMissing) {
      return notApplicable("KMS can't rotate asymmetric keys, HMAC keys and keys of a custom key store");
    }
    const rotation = props.at("enableKeyRotation");
    return rotation.boolean() === true ? compliant : violation(rotation.path, "is not on");
  },
});
