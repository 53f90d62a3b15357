/**
 * Network interfaces and the addresses of subnets. Everything that stands in a subnet (NAT gateways, endpoints, load balancers, nodes) takes
 * its addresses here. https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
import { createHash } from "node:crypto";
import { hexId } from "../../forms";
import { cidrOf, firstOf, isIpv4, sizeOf, toNumber, toText } from "../../ipv4";
import { Call, CloudRecord, CloudView, Refusal, ResourceType } from "../../table";
import { ipv4Address } from "../../validators";
import { text, texts } from "../../value";
import * as ec2 from "./names";

/** AWS keeps the first four addresses of a subnet and the last one. */
const RESERVED_FIRST = 4;
const RESERVED_LAST = 1;

/** The addresses in use in a subnet. */
export function takenAddresses(cloud: CloudView, subnetId: string): Set<number> {
  const taken = cloud.all(ec2.NETWORK_INTERFACE, { subnetId }).flatMap(({ outputs }) => texts(outputs["privateIps"]));
  return new Set(taken.map(toNumber));
}

/** How many addresses of a subnet are free. */
export function freeAddresses(cloud: CloudView, subnet: CloudRecord): number {
  const size = sizeOf(cidrOf(String(subnet.inputs["cidrBlock"])));
  return size - RESERVED_FIRST - RESERVED_LAST - takenAddresses(cloud, subnet.id).size;
}

export const SUBNET_FULL: Refusal = {
  code: "InsufficientFreeAddressesInSubnet",
  message: "The specified subnet does not have enough free addresses to satisfy the request.",
  evidence: "public repository files (no thread); botocore model for the code",
};

/**
 * A free address of the subnet, or undefined when it is full.
 *
 * AWS gives out any free address, not the lowest: whoever counts on a certain one must ask for it. The choice follows from the block and
 * what is taken, so that a run can be repeated.
 *
 * @param also addresses that the same request takes as well
 */
export function freeAddress(cloud: CloudView, subnetId: string, also: string[] = []): string | undefined {
  const subnet = cloud.find(ec2.SUBNET, subnetId);
  const block = parse(subnet);
  if (!subnet || !block) return undefined;
  const taken = new Set([...takenAddresses(cloud, subnetId), ...also.map(toNumber)]);
  const size = sizeOf(block) - RESERVED_FIRST - RESERVED_LAST;
  const start =
    createHash("sha256")
      .update(`${String(subnet.inputs["cidrBlock"])} ${taken.size}`)
      .digest()
      .readUInt32BE() % size;
  for (let step = 0; step < size; step++) {
    const candidate = firstOf(block) + RESERVED_FIRST + ((start + step) % size);
    if (!taken.has(candidate)) return toText(candidate);
  }
  return undefined;
}

/** Why EC2 would not give out this very address, or undefined when it would. */
export function addressRefusal(cloud: CloudView, subnetId: string, address: string): Refusal | undefined {
  const block = parse(cloud.find(ec2.SUBNET, subnetId));
  if (!block || !isIpv4(address)) return undefined;
  const offset = toNumber(address) - firstOf(block);
  if (offset < 0 || offset >= sizeOf(block)) {
    return {
      code: "InvalidParameterValue",
      message: `Address ${address} does not fall within the subnet's address range`,
      evidence: "public repository files (no thread)",
    };
  }
  if (offset < RESERVED_FIRST || offset >= sizeOf(block) - RESERVED_LAST) {
    return {
      code: "InvalidParameterValue",
      message: `Address ${address} is in subnet's reserved address range`,
      evidence: "public repository files (no thread)",
    };
  }
  if (takenAddresses(cloud, subnetId).has(toNumber(address))) {
    return {
      code: "InvalidIPAddress.InUse",
      message: `Address ${address} is in use.`,
      evidence: "code: EC2 API reference; text unsure",
    };
  }
  return undefined;
}

function parse(subnet: CloudRecord | undefined) {
  const block = text(subnet?.inputs["cidrBlock"]);
  return block ? cidrOf(block) : undefined;
}

/** What an interface that a service makes in a subnet is like. */
export interface ServiceInterface {
  subnetId: string;
  securityGroups: string[];
  /** As EC2 shows it: `VPC Endpoint Interface vpce-…`, `Interface for NAT Gateway nat-…`. */
  description: string;
  interfaceType: string;
  /** Default: any free address. */
  address?: string;
  /** A public address mapped to it keeps the internet gateway attached. */
  publicIp?: string;
}

/** Makes the interface of a service; it goes with the object that the call is about. Refuses when the subnet is full. */
export function makeInterface(call: Call, wanted: ServiceInterface): CloudRecord {
  const address = wanted.address ?? freeAddress(call.cloud, wanted.subnetId);
  if (!address) call.refuse(SUBNET_FULL);
  const { subnetId, securityGroups, description, interfaceType, publicIp } = wanted;
  return call.make(ec2.NETWORK_INTERFACE, {
    ...{ subnetId, securityGroups, description, interfaceType, privateIps: [address] },
    ...(publicIp ? { publicIp } : {}),
    requesterManaged: true,
  });
}

export const networkInterface: ResourceType = {
  type: ec2.NETWORK_INTERFACE,
  noun: "EC2 Network Interface",
  operations: {
    create: "CreateNetworkInterface",
    update: "ModifyNetworkInterfaceAttribute",
    delete: "DeleteNetworkInterface",
  },
  id: hexId("eni"),
  arn: (call) => `network-interface/${call.id}`,
  defaults: { ipv6AddressListEnabled: false, privateIpListEnabled: false, sourceDestCheck: true },
  valid: { "privateIps[]": ipv4Address, privateIp: ipv4Address },
  refersTo: [
    ec2.refersTo("subnetId", ec2.SUBNET),
    ec2.refersTo("securityGroups[]", ec2.SECURITY_GROUP),
    ec2.refersTo("attachments[].instance", "aws:ec2/instance:Instance"),
  ],
  filled: (call) => {
    const subnet = call.cloud.find(ec2.SUBNET, String(call.inputs["subnetId"]));
    const group = call.cloud.all(ec2.SECURITY_GROUP, { vpcId: subnet?.inputs["vpcId"], name: "default" })[0];
    return {
      interfaceType: "interface",
      privateIps: call.kept("privateIps", () => [
        text(call.inputs["privateIp"]) ?? freeAddress(call.cloud, String(subnet?.id)) ?? "",
      ]),
      securityGroups: call.kept("securityGroups", () => (group ? [group.id] : [])),
    };
  },
  computed: (call) => {
    const addresses = texts(call.inputs["privateIps"] ?? call.kept("privateIps", () => []));
    const first = text(call.inputs["privateIp"]) ?? addresses[0] ?? "";
    return {
      ownerId: call.scope.account,
      macAddress: call.kept("macAddress", () => `02:${(call.hex(10).match(/../g) ?? []).join(":")}`),
      privateIp: first,
      privateDnsName: `ip-${first.replaceAll(".", "-")}.${privateDomain(call.scope.region)}`,
      privateIpsCount: Math.max(0, addresses.length - 1),
    };
  },
  refuses: (call) => {
    const subnetId = String(call.inputs["subnetId"]);
    const before = new Set(texts(call.old?.outputs["privateIps"]));
    const wanted = texts(call.inputs["privateIps"]).filter((address) => !before.has(address));
    for (const address of wanted) {
      const refusal = addressRefusal(call.cloud, subnetId, address);
      if (refusal) call.refuse(refusal);
    }
    if (call.kind === "create" && wanted.length === 0 && !freeAddress(call.cloud, subnetId)) call.refuse(SUBNET_FULL);
    const vpcId = call.cloud.find(ec2.SUBNET, subnetId)?.inputs["vpcId"];
    for (const group of texts(call.inputs["securityGroups"])) refuseForeignGroup(call, group, vpcId, subnetId);
  },
  inUse: {
    code: "InvalidParameterValue",
    message: "Network interface '{id}' is currently in use.",
    evidence: "public repository files (no thread)",
  },
};

/** A security group and a subnet must be of the same VPC, wherever both are named. */
export function refuseForeignGroup(call: Call, groupId: string, vpcId: unknown, subnetId: string): void {
  const group = call.cloud.find(ec2.SECURITY_GROUP, groupId);
  if (!group || group.outputs["vpcId"] === vpcId) return;
  call.refuse(
    {
      code: "InvalidParameter",
      message: "Security group {group} and subnet {subnet} belong to different networks.",
      evidence: "public repository files (no thread), seen for RunInstances",
    },
    { group: groupId, subnet: subnetId },
  );
}

/** Private host names: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-dns.html */
export function privateDomain(region: string): string {
  return region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
}
