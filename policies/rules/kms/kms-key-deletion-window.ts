import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "kms-key-deletion-window",
  title: "A KMS key waits long enough before it is deleted",
  severity: "medium",
  controls: ["KMS.3"],
  description: "What was encrypted with a deleted key is lost; the waiting period is the time to notice a mistake.",
  remediation: "Leave deletionWindowInDays at 30, or at what the policy's settings ask for.",
  url: securityHubUrl("KMS.3"),
  settings: { minimumDays: { description: "The shortest waiting period, in days (AWS: 7 to 30).", default: 30 } },
  types: ["aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey", "aws:kms/externalKey:ExternalKey"],
  judge: ({ props }, settings) => {
    const window = props.at("deletionWindowInDays");
    const minimum = settings.at("minimumDays").number() ?? 30;
    const days = window.number() ?? 30;
    return days < minimum ? violation(window.path, `is ${String(days)}, less than ${String(minimum)}`) : compliant;
  },
});
