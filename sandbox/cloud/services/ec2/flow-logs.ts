/** VPC flow logs. https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html */
import { hexId } from "../../forms";
import { ResourceType } from "../../table";
import { anArn, exactlyOneOf, oneOf } from "../../validators";
import { same } from "../../value";
import * as ec2 from "./names";

const DEFAULT_FORMAT =
  "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}";

const WATCHED = [
  "vpcId",
  "subnetId",
  "eniId",
  "transitGatewayId",
  "transitGatewayAttachmentId",
  "regionalNatGatewayId",
];

export const flowLog: ResourceType = {
  type: "aws:ec2/flowLog:FlowLog",
  noun: "Flow Log",
  operations: { create: "CreateFlowLogs", update: "CreateTags", delete: "DeleteFlowLogs" },
  id: hexId("fl"),
  arn: (call) => `vpc-flow-log/${call.id}`,
  defaults: { logDestinationType: "cloud-watch-logs", maxAggregationInterval: 600 },
  valid: {
    trafficType: oneOf("ACCEPT", "REJECT", "ALL"),
    logDestinationType: oneOf("cloud-watch-logs", "s3", "kinesis-data-firehose"),
    maxAggregationInterval: oneOf(60, 600),
    logDestination: anArn,
    iamRoleArn: anArn,
  },
  check: (inputs) => exactlyOneOf(inputs, ...WATCHED),
  // A flow log outlives what it watches, and AWS opens a log group that is not there.
  refersTo: [
    ec2.refersTo("vpcId", ec2.VPC, { holds: false }),
    ec2.refersTo("subnetId", ec2.SUBNET, { holds: false }),
    ec2.refersTo("eniId", ec2.NETWORK_INTERFACE, { holds: false }),
  ],
  filled: () => ({ logFormat: DEFAULT_FORMAT }),
  refuses: (call) => {
    if (call.kind !== "create") return;
    const { logDestination, logDestinationType, iamRoleArn, trafficType } = call.inputs;
    if (logDestination === undefined) {
      call.refuse({
        code: "InvalidParameter",
        message: "LogDestination can't be empty if LogGroupName is not provided.",
        evidence: "badmintoncryer/cdk-preflight (pf-ec2-flow-log-destination-config); code: moto",
      });
    }
    if (logDestinationType === "cloud-watch-logs" && iamRoleArn === undefined) {
      call.refuse({
        code: "InvalidParameter",
        message: "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.",
        evidence: "moto",
      });
    }
    const watched = (inputs: Record<string, unknown>) => WATCHED.map((property) => inputs[property] ?? null);
    const double = call.cloud
      .all("aws:ec2/flowLog:FlowLog", { logDestination, trafficType })
      .some(({ inputs }) => same(watched(inputs), watched(call.inputs)));
    if (double) {
      call.refuse({
        code: "FlowLogAlreadyExists",
        message: "Error. There is an existing Flow Log with the same configuration and log destination.",
        evidence: "moto",
      });
    }
  },
};
