import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "logs-customer-key",
  title: "Log groups are encrypted with a key of the account",
  severity: "low",
  controls: [],
  also: ["CKV_AWS_158", "log_group_customer_key", "CloudWatchLogGroupEncrypted"],
  description:
    "CloudWatch encrypts all logs; with a key of your own you also decide who can read them, and can tell who did.",
  remediation: "Set kmsKeyId to a key whose policy allows the region's CloudWatch Logs service.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  judge: ({ props }) => {
    const key = props.at("kmsKeyId");
    // A key that is not known yet is a key all the same.
    return key.isUnknown || key.string() ? compliant : violation(key.path, "is not set");
  },
});
