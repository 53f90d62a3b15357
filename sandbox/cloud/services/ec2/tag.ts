/** A single tag on something that somebody else made. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTags.html */
import { Call, CloudRecord, ResourceType } from "../../table";
import { joined } from "../../forms";
import { object } from "../../value";
import * as ec2 from "./names";

const TAGGABLE: string[] = [
  ...[ec2.VPC, ec2.SUBNET, ec2.ROUTE_TABLE, ec2.INTERNET_GATEWAY, ec2.EIP, ec2.NAT_GATEWAY, ec2.SECURITY_GROUP],
  ...[ec2.NETWORK_ACL, ec2.NETWORK_INTERFACE, ec2.VPC_ENDPOINT, ec2.DHCP_OPTIONS, ec2.INGRESS_RULE, ec2.EGRESS_RULE],
];

export const tag: ResourceType = {
  type: "aws:ec2/tag:Tag",
  noun: "EC2 Tag",
  says: { create: "creating EC2 Tag resource ({resourceId}) tag ({key})" },
  operations: { create: "CreateTags", update: "CreateTags", delete: "DeleteTags" },
  id: joined(",", "resourceId", "key"),
  refuses: (call) => {
    if (resourceOf(call)) return;
    call.refuse({
      code: "InvalidID",
      message: "The ID '{resourceId}' is not valid",
      evidence: "public repository files (no thread)",
    });
  },
  takesEffect: (call) => {
    const resource = resourceOf(call);
    if (resource)
      retag(call, resource, {
        ...object(resource.outputs["tags"]),
        [String(call.inputs["key"])]: call.inputs["value"],
      });
  },
  goes: (call) => {
    const resource = resourceOf(call);
    const key = String(call.inputs["key"]);
    const rest = Object.entries(object(resource?.outputs["tags"])).filter(([name]) => name !== key);
    if (resource) retag(call, resource, Object.fromEntries(rest));
  },
};

function resourceOf(call: Call): CloudRecord | undefined {
  const id = String(call.inputs["resourceId"]);
  return TAGGABLE.map((type) => call.cloud.find(type, id)).find((record) => record !== undefined);
}

function retag(call: Call, resource: CloudRecord, tags: Record<string, unknown>): void {
  call.amend(resource, { tags });
}
