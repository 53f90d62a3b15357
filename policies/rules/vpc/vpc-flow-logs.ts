import { securityHubUrl } from "../../catalogue/security-hub-url";
import { byVpc, vpc } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";
import { NotKnownYet } from "../../frame/value";
import { compliant, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "vpc-flow-logs",
  title: "Every VPC has a flow log",
  severity: "medium",
  controls: ["EC2.6"],
  also: ["CKV2_AWS_11", "VPCFlowLogsEnabled"],
  description: "Without flow logs nobody can tell afterwards who talked to whom, or what was refused.",
  remediation: "Add an aws.ec2.FlowLog with the VPC's id and traffic type ALL or REJECT.",
  url: securityHubUrl("EC2.6"),
  types: [vpc],
  judge: (subject, stack) => {
    const logs = byVpc(stack, "aws:ec2/flowLog:FlowLog");
    const own = logs.of.get(subject.urn) ?? [];
    if (own.some(({ props }) => props.at("trafficType").string()?.toUpperCase() !== "ACCEPT")) {
      return compliant;
    }
    if (logs.unknown.length > 0) {
      throw new NotKnownYet("vpcId");
    }
    return violation("", own.length === 0 ? "has no flow log" : "has flow logs of accepted traffic only");
  },
});
