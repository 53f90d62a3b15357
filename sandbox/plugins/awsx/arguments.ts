/**
 * What the stand-in knows of `awsx.ec2.Vpc`'s arguments. An argument that it does not know is refused, never ignored: a program
 * that works in the sandbox because half of it was dropped is worse than one that does not start.
 */
import * as pulumi from "@pulumi/pulumi";

export type SubnetType = "Public" | "Private" | "Isolated" | "Unused";
export type SubnetStrategy = "Legacy" | "Auto" | "AutoMerge" | "Exact";

export interface SubnetSpec {
  type: SubnetType;
  name?: string;
  /** One block for each zone. */
  cidrBlocks?: string[];
  cidrMask?: number;
  /** How many addresses, another way to say `cidrMask`. */
  size?: number;
  tags?: Record<string, pulumi.Input<string>>;
  assignIpv6AddressOnCreation?: pulumi.Input<boolean>;
}

export interface EndpointSpec {
  serviceName: string;
  tags?: Record<string, pulumi.Input<string>>;
  vpcEndpointType?: pulumi.Input<string>;
  privateDnsEnabled?: pulumi.Input<boolean>;
  ipAddressType?: pulumi.Input<string>;
  region?: pulumi.Input<string>;
  subnetIds?: pulumi.Input<pulumi.Input<string>[]>;
  subnetConfigurations?: pulumi.Input<object[]>;
  securityGroupIds?: pulumi.Input<pulumi.Input<string>[]>;
  routeTableIds?: pulumi.Input<pulumi.Input<string>[]>;
  [other: string]: unknown;
}

export interface VpcArguments {
  cidrBlock?: string;
  availabilityZoneNames?: string[];
  numberOfAvailabilityZones?: number;
  availabilityZoneCidrMask?: number;
  subnetStrategy?: SubnetStrategy;
  subnetSpecs?: SubnetSpec[];
  subnetNameTagStrategy?: "Legacy" | "AvailabilityZone";
  natGateways?: { strategy?: string; elasticIpAllocationIds?: pulumi.Input<string>[] };
  vpcEndpointStrategy?: "Legacy" | "Auto";
  vpcEndpointSpecs?: EndpointSpec[];
  /**
   * As plain values, though single tags may be outputs. An output of all tags takes the place of the component's own (`Name`,
   * `SubnetType`) on every child: the plugin spreads it, and what comes of that is the output again.
   */
  tags?: Record<string, pulumi.Input<string>>;
  region?: pulumi.Input<string>;
  enableDnsHostnames?: pulumi.Input<boolean>;
  enableDnsSupport?: pulumi.Input<boolean>;
  assignGeneratedIpv6CidrBlock?: pulumi.Input<boolean>;
  ipv4IpamPoolId?: pulumi.Input<string>;
  ipv4NetmaskLength?: pulumi.Input<number>;
  ipv6CidrBlock?: pulumi.Input<string>;
  [other: string]: unknown;
}

/** Arguments that the component hands to the VPC itself as they are; any of them may be an output. */
export const vpcOwnArguments = [
  "assignGeneratedIpv6CidrBlock",
  "enableDnsHostnames",
  "enableDnsSupport",
  "enableNetworkAddressUsageMetrics",
  "instanceTenancy",
  "ipv4IpamPoolId",
  "ipv4NetmaskLength",
  "ipv6CidrBlock",
  "ipv6CidrBlockNetworkBorderGroup",
  "ipv6IpamPoolId",
  "ipv6NetmaskLength",
  "region",
] as const;

/** Arguments that decide which children there are: the plugin's schema calls them plain, an output has no place in them. */
const plainArguments = [
  "availabilityZoneCidrMask",
  "availabilityZoneNames",
  "cidrBlock",
  "natGateways",
  "numberOfAvailabilityZones",
  "subnetNameTagStrategy",
  "subnetSpecs",
  "subnetStrategy",
  "vpcEndpointSpecs",
  "vpcEndpointStrategy",
] as const;

const plainOf = {
  subnetSpecs: ["type", "name", "cidrBlocks", "cidrMask", "size"],
  vpcEndpointSpecs: ["serviceName"],
  natGateways: ["strategy", "elasticIpAllocationIds"],
};

/** Endpoint settings that the component hands on as they are. */
export const endpointOwnArguments = [
  "autoAccept",
  "dnsOptions",
  "ipAddressType",
  "policy",
  "privateDnsEnabled",
  "region",
  "resourceConfigurationArn",
  "routeTableIds",
  "securityGroupIds",
  "serviceName",
  "serviceNetworkArn",
  "serviceRegion",
  "subnetConfigurations",
  "subnetIds",
  "vpcEndpointType",
] as const;

const strategies = ["Legacy", "Auto", "AutoMerge", "Exact"];

/**
 * The arguments, typed. Throws for an argument, a nested key or a value that the stand-in does not know, and for an output where
 * the component needs a plain value.
 */
export function readArguments(inputs: pulumi.Inputs): VpcArguments {
  knownKeys("awsx:ec2:Vpc", inputs, [...plainArguments, ...vpcOwnArguments, "tags"]);
  for (const key of plainArguments) plain(key, inputs[key]);
  const args = inputs as VpcArguments;

  for (const [i, spec] of (args.subnetSpecs ?? []).entries()) {
    const place = `subnetSpecs[${i}]`;
    plain(place, spec);
    knownKeys(place, spec, [...plainOf.subnetSpecs, "tags", "assignIpv6AddressOnCreation"]);
    for (const key of plainOf.subnetSpecs) plain(`${place}.${key}`, spec[key as keyof SubnetSpec]);
    oneOf(`${place}.type`, spec.type, ["Public", "Private", "Isolated", "Unused"]);
  }
  for (const [i, spec] of (args.vpcEndpointSpecs ?? []).entries()) {
    const place = `vpcEndpointSpecs[${i}]`;
    plain(place, spec);
    knownKeys(place, spec, [...endpointOwnArguments, "tags"]);
    for (const key of plainOf.vpcEndpointSpecs) plain(`${place}.${key}`, spec[key]);
  }
  if (args.natGateways) {
    knownKeys("natGateways", args.natGateways, plainOf.natGateways);
    plain("natGateways.strategy", args.natGateways.strategy);
    plain("natGateways.elasticIpAllocationIds", args.natGateways.elasticIpAllocationIds);
  }
  oneOf("subnetStrategy", args.subnetStrategy, strategies);
  oneOf("subnetNameTagStrategy", args.subnetNameTagStrategy, ["Legacy", "AvailabilityZone"]);
  oneOf("vpcEndpointStrategy", args.vpcEndpointStrategy, ["Legacy", "Auto"]);
  if (args.ipv4IpamPoolId !== undefined && args.cidrBlock === undefined) {
    throw new Error(
      "awsx:ec2:Vpc: the sandbox does not allocate from IPAM pools. Give cidrBlock as well, or install the real awsx plugin.",
    );
  }
  return args;
}

function knownKeys(place: string, value: object, known: readonly string[]): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new Error(
      `${place}: the sandbox's awsx does not know ${unknown.map((key) => `"${key}"`).join(", ")}. ` +
        `It knows ${[...known].sort().join(", ")}. Install the real awsx plugin to use others.`,
    );
  }
}

function plain(place: string, value: unknown): void {
  if (pulumi.Output.isInstance(value)) {
    throw new Error(
      `awsx:ec2:Vpc: "${place}" decides which resources there are and cannot be an output of a resource.`,
    );
  }
}

function oneOf(place: string, value: string | undefined, allowed: string[]): void {
  if (value !== undefined && !allowed.includes(value)) {
    throw new Error(`awsx:ec2:Vpc: ${place} is "${value}", it can be ${allowed.join(", ")}.`);
  }
}
