import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "vpc-flow-log-all-traffic",
  title: "Flow logs record accepted and rejected traffic",
  severity: "low",
  controls: [],
  also: ["CKV2_AWS_11"],
  description: "Rejected traffic shows attempts, accepted traffic shows what succeeded: an investigation needs both.",
  remediation: "Set trafficType to ALL.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-basics.html",
  types: ["aws:ec2/flowLog:FlowLog"],
  judge: ({ props }) => {
    const traffic = props.at("trafficType");
    if (traffic.isMissing) {
      return notApplicable("a transit gateway's flow log has no traffic type");
    }
    const type = traffic.string() ?? "";
    return type === "ALL" ? compliant : violation(traffic.path, `is ${type}, not ALL`);
  },
});
