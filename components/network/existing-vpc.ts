import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Network, NetworkSubnet } from "./network";
import type { SubnetClass } from "./types";

export interface GivenSubnet {
  /** `subnet-…`. */
  id: string;
  /** IPv4 block as the config states it. */
  cidr: string;
  /** Zone as the config states it. */
  zone: string;
}

export interface ExistingVpcArgs {
  /** `vpc-…` of a VPC that somebody else made and keeps. */
  vpcId: string;
  /** Its IPv4 blocks, the primary one first. */
  cidrs: string[];
  subnets: Record<SubnetClass, GivenSubnet[]>;
}

/**
 * A VPC that exists. Nothing of it is changed: it is looked up, and what the config says of it must be so.
 *
 * Errors: every difference between the config and the VPC in one message, before anything is created.
 */
export class ExistingVpc extends pulumi.ComponentResource implements Network {
  readonly vpcId: pulumi.Output<string>;
  readonly cidrs: string[];
  readonly subnets: NetworkSubnet[];
  readonly natAddresses = pulumi.output<string[]>([]);
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: ExistingVpcArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:network:ExistingVpc", name, {}, opts);

    const differences = this.compare(args);
    const checked = differences.apply((found) => {
      if (found.length > 0) {
        throw new pulumi.RunError(`network.existing does not describe ${args.vpcId}:\n  ${found.join("\n  ")}`);
      }
    });
    this.vpcId = checked.apply(() => args.vpcId);
    this.cidrs = args.cidrs;
    this.subnets = (Object.entries(args.subnets) as [SubnetClass, GivenSubnet[]][]).flatMap(([subnetClass, subnets]) =>
      subnets.map(({ id, cidr, zone }) => ({ class: subnetClass, cidr, zone, id: checked.apply(() => id) })),
    );
    this.ready = [this];

    this.registerOutputs({ vpcId: this.vpcId });
  }

  private compare(args: ExistingVpcArgs): pulumi.Output<string[]> {
    const vpc = aws.ec2.getVpcOutput({ id: args.vpcId }, { parent: this });
    const vpcDifferences = vpc.apply(({ cidrBlockAssociations, enableDnsHostnames, enableDnsSupport }) => [
      ...args.cidrs
        .filter(
          (cidr) => !cidrBlockAssociations.some((found) => found.cidrBlock === cidr && found.state === "associated"),
        )
        .map((cidr) => `cidrs: ${cidr} is not associated with it`),
      ...(enableDnsSupport
        ? []
        : ["DNS resolution is off (enableDnsSupport): the cluster's private endpoint can't be found"]),
      ...(enableDnsHostnames
        ? []
        : ["DNS host names are off (enableDnsHostnames): the cluster's private endpoint can't be found"]),
    ]);
    const subnetDifferences = Object.entries(args.subnets).flatMap(([subnetClass, subnets]) =>
      subnets.map((given, index) => this.compareSubnet(`${subnetClass}Subnets[${index}]`, given, args.vpcId)),
    );
    return pulumi.all([vpcDifferences, ...subnetDifferences]).apply((all) => all.flat());
  }

  private compareSubnet(path: string, given: GivenSubnet, vpcId: string): pulumi.Output<string[]> {
    return aws.ec2
      .getSubnetOutput({ id: given.id }, { parent: this })
      .apply((found) => [
        ...(found.vpcId === vpcId ? [] : [`${path}: ${given.id} belongs to ${found.vpcId}`]),
        ...(found.cidrBlock === given.cidr
          ? []
          : [`${path}: ${given.id} has the block ${found.cidrBlock}, not ${given.cidr}`]),
        ...(found.availabilityZone === given.zone
          ? []
          : [`${path}: ${given.id} is in ${found.availabilityZone}, not ${given.zone}`]),
      ]);
  }
}
