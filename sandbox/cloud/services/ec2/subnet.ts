/** Subnets. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
import { zonesOf } from "../../../../components/aws/regions";
import { hexId } from "../../forms";
import { cidrOf, contains, overlaps } from "../../ipv4";
import { Call, ResourceType } from "../../table";
import { conflicts, ipv4Network } from "../../validators";
import { text } from "../../value";
import { blocksOf } from "./blocks";
import * as ec2 from "./names";

export const subnet: ResourceType = {
  type: ec2.SUBNET,
  noun: "EC2 Subnet",
  operations: { create: "CreateSubnet", update: "ModifySubnetAttribute", delete: "DeleteSubnet" },
  id: hexId("subnet"),
  arn: (call) => `subnet/${call.id}`,
  defaults: {
    assignIpv6AddressOnCreation: false,
    enableDns64: false,
    enableResourceNameDnsARecordOnLaunch: false,
    enableResourceNameDnsAaaaRecordOnLaunch: false,
    ipv6Native: false,
    mapPublicIpOnLaunch: false,
  },
  valid: { cidrBlock: ipv4Network },
  check: (inputs) => conflicts(inputs, "availabilityZone", "availabilityZoneId"),
  refersTo: [ec2.refersTo("vpcId", ec2.VPC)],
  filled: (call) => {
    const zone = zoneOf(call);
    return {
      availabilityZone: zone?.name,
      availabilityZoneId: zone?.id,
      privateDnsHostnameTypeOnLaunch: "ip-name",
    };
  },
  computed: (call) => ({ ownerId: call.scope.account }),
  refuses: (call) => {
    if (call.kind !== "create") return;
    refuseZone(call);
    refuseBlock(call);
  },
  goes: (call) =>
    call.cloud.all(ec2.ROUTE_TABLE_ASSOCIATION, { subnetId: call.id }).forEach((each) => call.unmake(each)),
  inUse: ec2.dependencyViolation("subnet"),
};

function zoneOf(call: Call) {
  const zones = zonesOf(call.scope.region);
  const name = call.setting("availabilityZone");
  const id = call.setting("availabilityZoneId");
  if (name !== undefined) return zones.find((zone) => zone.name === name);
  if (id !== undefined) return zones.find((zone) => zone.id === id);
  // AWS picks one; which one is its own affair.
  return zones[0];
}

function refuseZone(call: Call): void {
  if (zoneOf(call)) return;
  const zones = zonesOf(call.scope.region).map(({ name }) => name);
  const zone = String(call.inputs["availabilityZone"] ?? call.inputs["availabilityZoneId"]);
  call.refuse(
    {
      code: "InvalidParameterValue",
      message:
        "Value ({zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following " +
        "availability zones: {zones}.",
      evidence: "public repository files (no thread)",
    },
    { zone, zones: zones.join(", ") },
  );
}

function refuseBlock(call: Call): void {
  const vpc = call.cloud.find(ec2.VPC, String(call.inputs["vpcId"]));
  const written = text(call.inputs["cidrBlock"]);
  if (!vpc || !written) return;
  const block = cidrOf(written);
  const inside = blocksOf(call.cloud, vpc).some((each) => contains(cidrOf(each), block));
  if (!inside || block.prefix < 16 || block.prefix > 28) {
    call.refuse({ code: "InvalidSubnet.Range", message: "The CIDR '{cidrBlock}' is invalid.", evidence: "moto" });
  }
  const taken = call.cloud
    .all(ec2.SUBNET, { vpcId: vpc.id })
    .some(({ inputs }) => overlaps(block, cidrOf(String(inputs["cidrBlock"]))));
  if (taken) {
    call.refuse({
      code: "InvalidSubnet.Conflict",
      message: "The CIDR '{cidrBlock}' conflicts with another subnet",
      evidence: "hashicorp/terraform#33470",
    });
  }
}
