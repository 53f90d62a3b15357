import type * as pulumi from "@pulumi/pulumi";
import type { SubnetClass } from "./types";

/** A subnet that is there, made by this program or not. */
export interface NetworkSubnet {
  /** What it serves. */
  class: SubnetClass;
  /** Name of its availability zone, for example `eu-west-1a`. */
  zone: string;
  /** IPv4 block, for example `10.0.16.0/20`. */
  cidr: string;
  /** `subnet-…`; unknown in the first preview. */
  id: pulumi.Output<string>;
}

/**
 * The network as every other room sees it: the same whether the program made the VPC or was given one.
 */
export interface Network {
  readonly vpcId: pulumi.Output<string>;
  /** Every IPv4 block of the VPC, the primary one first. Known in a preview. */
  readonly cidrs: string[];
  /** In the order of the zones, class by class. */
  readonly subnets: NetworkSubnet[];
  /** Public addresses that traffic from the platform leaves with, in the order of the zones; empty without NAT gateways. */
  readonly natAddresses: pulumi.Output<string[]>;
  /** What a resource must wait for before it may use the subnets: routes and endpoints are in place. */
  readonly ready: pulumi.Resource[];
}

/** The network's subnets of one class, in the order of the zones. */
export function subnetsOf(network: Network, subnetClass: SubnetClass): NetworkSubnet[] {
  return network.subnets.filter((subnet) => subnet.class === subnetClass);
}
