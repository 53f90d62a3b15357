/** Internet gateways, Elastic IP addresses and NAT gateways. */
import { hexId, randomHex } from "../../forms";
import { Call, ResourceType } from "../../table";
import { oneOf } from "../../validators";
import { text } from "../../value";
import { freeAddress, makeInterface, privateDomain } from "./interfaces";
import * as ec2 from "./names";

/** AWS's defaults: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const ELASTIC_IPS_PER_REGION = 5;
const NAT_GATEWAYS_PER_ZONE = 5;

export const internetGateway: ResourceType = {
  type: ec2.INTERNET_GATEWAY,
  noun: "EC2 Internet Gateway",
  operations: { create: "CreateInternetGateway", update: "AttachInternetGateway", delete: "DeleteInternetGateway" },
  id: hexId("igw"),
  arn: (call) => `internet-gateway/${call.id}`,
  refersTo: [ec2.refersTo("vpcId", ec2.VPC)],
  computed: (call) => ({ ownerId: call.scope.account, vpcId: attachedTo(call) ?? call.inputs["vpcId"] }),
  refuses: (call) => {
    const vpcId = text(call.inputs["vpcId"]);
    const before = text(call.old?.outputs["vpcId"]);
    if (vpcId && vpcId !== before) refuseSecond(call, vpcId);
    if (before && vpcId !== before) refuseDetach(call, before);
  },
  refusesDelete: (call) => {
    const vpcId = attachedTo(call);
    if (vpcId) refuseDetach(call, vpcId);
  },
  goes: (call) =>
    call.cloud.all(ec2.GATEWAY_ATTACHMENT, { internetGatewayId: call.id }).forEach((each) => call.unmake(each)),
  inUse: ec2.dependencyViolation("internetGateway"),
};

export const internetGatewayAttachment: ResourceType = {
  type: ec2.GATEWAY_ATTACHMENT,
  noun: "EC2 Internet Gateway Attachment",
  operations: { create: "AttachInternetGateway", delete: "DetachInternetGateway" },
  id: (call) => `${String(call.inputs["internetGatewayId"])}:${String(call.inputs["vpcId"])}`,
  refersTo: [ec2.refersTo("vpcId", ec2.VPC), ec2.refersTo("internetGatewayId", ec2.INTERNET_GATEWAY)],
  refuses: (call) => {
    if (call.kind === "create") refuseSecond(call, String(call.inputs["vpcId"]));
  },
  refusesDelete: (call) => refuseDetach(call, String(call.inputs["vpcId"])),
};

/** The VPC that a gateway is attached to, by itself or through an attachment. */
function attachedTo(call: Call): string | undefined {
  const attachment = call.cloud.all(ec2.GATEWAY_ATTACHMENT, { internetGatewayId: call.id })[0];
  return text(attachment?.inputs["vpcId"]) ?? text(call.inputs["vpcId"]);
}

/** Whether a VPC has a way to the internet. */
export function hasInternetGateway(call: Call, vpcId: string): boolean {
  const attached = call.cloud.all(ec2.GATEWAY_ATTACHMENT, { vpcId }).length > 0;
  return attached || call.cloud.all(ec2.INTERNET_GATEWAY).some(({ inputs }) => inputs["vpcId"] === vpcId);
}

function refuseSecond(call: Call, vpcId: string): void {
  if (!hasInternetGateway(call, vpcId)) return;
  call.refuse({
    code: "InvalidParameterValue",
    message: "Network {vpcId} already has an internet gateway attached",
    operation: "AttachInternetGateway",
    saying: "attaching EC2 Internet Gateway to VPC ({vpcId})",
    evidence: "public repository files (no thread); badmintoncryer/cdk-preflight (pf-ec2-vpc-single-igw)",
  });
}

function refuseDetach(call: Call, vpcId: string): void {
  const subnets = call.cloud.all(ec2.SUBNET, { vpcId }).map(({ id }) => id);
  const mapped = call.cloud
    .all(ec2.NETWORK_INTERFACE)
    .some(({ inputs }) => inputs["publicIp"] !== undefined && subnets.includes(String(inputs["subnetId"])));
  if (!mapped) return;
  call.refuse(
    {
      code: "DependencyViolation",
      message:
        "Network {vpc} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.",
      operation: "DetachInternetGateway",
      saying: "detaching EC2 Internet Gateway ({id}) from VPC ({vpc})",
      evidence: "public repository files (no thread)",
    },
    { vpc: vpcId },
  );
}

export const eip: ResourceType = {
  type: ec2.EIP,
  noun: "EC2 EIP",
  operations: { create: "AllocateAddress", update: "AssociateAddress", delete: "ReleaseAddress" },
  id: hexId("eipalloc"),
  arn: (call) => `elastic-ip/${call.id}`,
  valid: { domain: oneOf("vpc", "standard") },
  filled: (call) => ({ domain: "vpc", networkBorderGroup: call.scope.region, publicIpv4Pool: "amazon" }),
  computed: (call) => {
    const publicIp = call.kept("publicIp", () => publicAddress(call));
    const gateway = call.cloud.all(ec2.NAT_GATEWAY).find(({ inputs }) => inputs["allocationId"] === call.id);
    const privateIp = text(gateway?.outputs["privateIp"]);
    return {
      allocationId: call.id,
      publicIp,
      publicDns: `ec2-${publicIp.replaceAll(".", "-")}.${publicDomain(call)}`,
      associationId: gateway?.outputs["associationId"] ?? "",
      networkInterface: gateway?.outputs["networkInterfaceId"] ?? "",
      privateIp: privateIp ?? "",
      privateDns: privateIp ? `ip-${privateIp.replaceAll(".", "-")}.${privateDomain(call.scope.region)}` : "",
    };
  },
  refuses: (call) => {
    if (call.kind !== "create") return;
    if (call.cloud.all(ec2.EIP).length < call.quota("elasticIps", ELASTIC_IPS_PER_REGION)) return;
    call.refuse({
      code: "AddressLimitExceeded",
      message: "The maximum number of addresses has been reached.",
      evidence: "public repository files (no thread)",
    });
  },
  // The provider disassociates first, which EC2 does not allow while a service holds the address.
  inUse: {
    code: "AuthFailure",
    message: "You do not have permission to access the specified resource.",
    operation: "DisassociateAddress",
    saying: "disassociating EC2 EIP ({id})",
    evidence: "public repository files (no thread), seen for addresses of NAT gateways and load balancers",
  },
};

function publicAddress(call: Call): string {
  const taken = new Set(call.cloud.all(ec2.EIP).map(({ outputs }) => outputs["publicIp"]));
  for (;;) {
    // 3.0.0.0/8 is Amazon's; nothing here ever sends it a packet.
    const address = `3.${[1, 2, 3].map(() => parseInt(randomHex(2), 16)).join(".")}`;
    if (!taken.has(address)) return address;
  }
}

function publicDomain(call: Call): string {
  const { region, dnsSuffix } = call.scope;
  return region === "us-east-1" ? `compute-1.${dnsSuffix}` : `${region}.compute.${dnsSuffix}`;
}

export const natGateway: ResourceType = {
  type: ec2.NAT_GATEWAY,
  noun: "EC2 NAT Gateway",
  operations: { create: "CreateNatGateway", update: "AssociateNatGatewayAddress", delete: "DeleteNatGateway" },
  id: hexId("nat"),
  defaults: { connectivityType: "public" },
  valid: { connectivityType: oneOf("private", "public"), availabilityMode: oneOf("zonal", "regional") },
  // A gateway is accepted first and fails later, so what it names is looked for in `settles`.
  refersTo: [
    { property: "subnetId", to: ec2.SUBNET },
    { property: "allocationId", to: ec2.EIP },
    { property: "secondaryAllocationIds[]", to: ec2.EIP },
  ],
  filled: () => ({ availabilityMode: "zonal" }),
  computed: (call) => {
    const subnet = call.cloud.find(ec2.SUBNET, String(call.inputs["subnetId"]));
    const own = call.cloud.all(ec2.NETWORK_INTERFACE).find(({ madeBy }) => madeBy === `${ec2.NAT_GATEWAY} ${call.id}`);
    const address = call.cloud.find(ec2.EIP, String(call.inputs["allocationId"]));
    const works = own !== undefined && address !== undefined;
    return {
      vpcId: call.inputs["vpcId"] ?? subnet?.inputs["vpcId"],
      privateIp: own?.outputs["privateIp"] ?? call.inputs["privateIp"],
      networkInterfaceId: own?.id,
      publicIp: works ? address.outputs["publicIp"] : "",
      associationId: works ? call.kept("associationId", () => `eipassoc-0${randomHex(16)}`) : "",
    };
  },
  refuses: (call) => {
    if (call.kind !== "create") return;
    const isPrivate = call.inputs["connectivityType"] === "private";
    if (isPrivate && call.inputs["allocationId"] !== undefined) {
      call.refuse({
        code: "InvalidParameterCombination",
        message: "AllocationId cannot be specified for a NAT Gateway with Connectivity Type private.",
        evidence: "badmintoncryer/cdk-preflight (pf-ec2-natgw-allocation); code inferred from the API model, uncertain",
      });
    }
    if (!isPrivate && call.inputs["allocationId"] === undefined && call.inputs["subnetId"] !== undefined) {
      call.refuse({
        code: "MissingParameter",
        message: "The request must contain the parameter AllocationId",
        evidence: "code: EC2's common errors; text after them, unsure",
      });
    }
    const zone = call.cloud.find(ec2.SUBNET, String(call.inputs["subnetId"]))?.outputs["availabilityZone"];
    const there = call.cloud
      .all(ec2.NAT_GATEWAY)
      .filter(
        ({ inputs }) => call.cloud.find(ec2.SUBNET, String(inputs["subnetId"]))?.outputs["availabilityZone"] === zone,
      );
    const limit = call.quota("natGatewaysPerZone", NAT_GATEWAYS_PER_ZONE);
    if (zone !== undefined && there.length >= limit) {
      call.refuse(
        {
          code: "NatGatewayLimitExceeded",
          message: "Performing this operation would exceed the limit of {limit} NAT gateways",
          evidence: "public repository files (no thread)",
        },
        { limit: String(limit) },
      );
    }
  },
  takesEffect: (call) => {
    if (call.kind !== "create" || call.inputs["subnetId"] === undefined || failureOf(call)) return;
    const address = call.cloud.find(ec2.EIP, String(call.inputs["allocationId"]));
    makeInterface(call, {
      subnetId: String(call.inputs["subnetId"]),
      securityGroups: [],
      description: `Interface for NAT Gateway ${call.id}`,
      interfaceType: "nat_gateway",
      ...(text(call.inputs["privateIp"]) ? { address: String(call.inputs["privateIp"]) } : {}),
      ...(address ? { publicIp: String(address.outputs["publicIp"]) } : {}),
    });
  },
  settles: (call) => {
    const failure = failureOf(call);
    return (
      failure &&
      `waiting for EC2 NAT Gateway (${call.id}) create: unexpected state 'failed', wanted target 'available'. last error: ${failure}`
    );
  },
};

/** Why the gateway ends in the state `failed`; the texts are those of botocore's NatGateway.FailureMessage and of public files. */
function failureOf(call: Call): string | undefined {
  const own = call.cloud.all(ec2.NETWORK_INTERFACE).some(({ madeBy }) => madeBy === `${ec2.NAT_GATEWAY} ${call.id}`);
  const subnetId = text(call.inputs["subnetId"]);
  if (own || !subnetId) return undefined;
  const subnet = call.cloud.find(ec2.SUBNET, subnetId);
  if (!subnet)
    return `InvalidSubnetID.NotFound: The specified subnet ${subnetId} does not exist or could not be found.`;
  const vpcId = String(subnet.inputs["vpcId"]);
  const allocationId = text(call.inputs["allocationId"]);
  if (allocationId && !call.cloud.find(ec2.EIP, allocationId)) {
    return `InvalidAllocationID.NotFound: Elastic IP address [${allocationId}] could not be associated with this NAT gateway`;
  }
  const user = call.cloud
    .all(ec2.NAT_GATEWAY, { allocationId })
    .find(({ id, outputs }) => id !== call.id && outputs["associationId"] !== "");
  if (allocationId && user)
    return `Resource.AlreadyAssociated: Elastic IP address [${allocationId}] is already associated`;
  if (call.inputs["connectivityType"] !== "private" && !hasInternetGateway(call, vpcId)) {
    return `Gateway.NotAttached: Network ${vpcId} has no Internet gateway attached`;
  }
  if (!freeAddress(call.cloud, subnetId)) {
    return "InsufficientFreeAddressesInSubnet: Subnet has insufficient free addresses to create this NAT gateway";
  }
  return undefined;
}
