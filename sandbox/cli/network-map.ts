import colors from "picocolors";
import type { StateResource } from "./state";

const VPC = "aws:ec2/vpc:Vpc";
const BLOCK = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
const SUBNET = "aws:ec2/subnet:Subnet";
const NAT = "aws:ec2/natGateway:NatGateway";

/** Draws each VPC of a state: its blocks, and zone by zone its subnets and NAT gateways; empty when there is none. */
export function describeNetworks(resources: StateResource[]): string {
  return resources
    .filter(({ type }) => type === VPC)
    .map((vpc) => describeVpc(vpc, resources))
    .join("\n\n");
}

function describeVpc(vpc: StateResource, resources: StateResource[]): string {
  const inside = (type: string) => resources.filter((each) => each.type === type && text(each, "vpcId") === vpc.id);
  const blocks = [text(vpc, "cidrBlock"), ...inside(BLOCK).map((block) => text(block, "cidrBlock"))];
  const subnets = inside(SUBNET);
  const nats = resources.filter(({ type }) => type === NAT);
  const zones = [...new Set(subnets.map((subnet) => text(subnet, "availabilityZone")))].sort();
  const lines = zones.flatMap((zone, index) => {
    const last = index === zones.length - 1;
    const rows = subnets
      .filter((subnet) => text(subnet, "availabilityZone") === zone)
      .sort((a, b) => order(text(a, "cidrBlock")) - order(text(b, "cidrBlock")))
      .map((subnet) => {
        const gateway = nats.some((nat) => text(nat, "subnetId") === subnet.id) ? colors.cyan("  NAT gateway") : "";
        return `${text(subnet, "cidrBlock").padEnd(19)} ${nameOf(subnet)}${gateway}`;
      });
    return [
      `  ${last ? "└" : "├"}─ ${zone}`,
      ...rows.map((row, at) => `  ${last ? " " : "│"}  ${at === rows.length - 1 ? "└" : "├"}─ ${row}`),
    ];
  });
  return [`${colors.bold(`VPC ${vpc.id}`)}  ${blocks.join("  ")}`, ...lines].join("\n");
}

function nameOf({ outputs, urn }: StateResource): string {
  const tags = outputs?.tags as Record<string, string> | undefined;
  return tags?.Name ?? urn.split("::").at(-1) ?? "";
}

function text({ outputs, inputs }: StateResource, property: string): string {
  const value = outputs?.[property] ?? inputs?.[property];
  return typeof value === "string" ? value : "";
}

/** Sorts blocks by address: `10.0.16.0/20` after `10.0.8.0/21`. */
function order(cidr: string): number {
  return (
    cidr
      .split("/")[0]
      ?.split(".")
      .reduce((sum, octet) => sum * 256 + Number(octet), 0) ?? 0
  );
}
