import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "logs-retention",
  title: "Log groups keep logs for a year",
  severity: "medium",
  controls: ["CloudWatch.16", "CIS-EKS 2.1.2"],
  also: ["CKV_AWS_338", "CloudWatchLogGroupRetentionPeriod"],
  description: "Break-ins are found after months; an audit asks for a year.",
  remediation: "Set retentionInDays to 365 or more.",
  url: securityHubUrl("CloudWatch.16"),
  settings: { minimumDays: { description: "The shortest retention, in days.", default: 365 } },
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  judge: ({ props }, settings) => {
    const retention = props.at("retentionInDays");
    const days = retention.number() ?? 0;
    if (days === 0) {
      return notApplicable("keeps logs for ever: logs-retention-set speaks to that");
    }
    const minimum = settings.at("minimumDays").number() ?? 365;
    return days < minimum ? violation(retention.path, `is ${String(days)}, less than ${String(minimum)}`) : compliant;
  },
});
