import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "logs-retention-set",
  title: "Log groups say how long they keep logs",
  severity: "low",
  controls: [],
  also: ["CKV_AWS_66", "CloudWatchLogGroupRetentionPeriod"],
  description: "Unset means for ever: the cost grows without end, and so does what may have to be disclosed.",
  remediation: "Set retentionInDays.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html#SettingLogRetention",
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  judge: ({ props }) => {
    const retention = props.at("retentionInDays");
    return (retention.number() ?? 0) > 0 ? compliant : violation(retention.path, "is not set");
  },
});
