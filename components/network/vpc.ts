import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import { endpointSet, type EndpointUses } from "../aws/endpoints";
import { Endpoints } from "./endpoints";
import { FlowLogs } from "./flow-logs";
import type { Network, NetworkSubnet } from "./network";
import type { NetworkPlan, PlannedSubnet, SubnetClass } from "./types";

export interface VpcArgs {
  /** Every address of the network, decided beforehand. */
  plan: NetworkPlan;
  /** Region of the stack, for example `eu-west-1`. */
  region: string;
  accountId: pulumi.Input<string>;
  /** Name of the environment; names the flow logs' group. */
  environment: string;
  /** What will run in the network: it decides which services get an endpoint. */
  uses: EndpointUses;
  flowLogs: {
    /** Days that flow logs are kept. */
    retentionDays: number;
  };
  /** ARN of the key that encrypts the flow logs. */
  logKeyArn: pulumi.Input<string>;
}

/** Role tags that the load balancer controller looks for when a Service or an Ingress names no subnets. */
const controllerTags: Record<SubnetClass, Record<string, string>> = {
  public: { "kubernetes.io/role/elb": "1" },
  loadBalancer: { "kubernetes.io/role/internal-elb": "1" },
  // Load balancers stay out of the subnets of nodes and pods: both take addresses at will.
  private: {},
  pod: {},
};

/**
 * A VPC with public, private, load-balancer and pod subnets in every zone.
 *
 * `awsx` makes the VPC, its public and private subnets, NAT gateways and routes, on exactly the planned blocks; the
 * secondary blocks and the subnets that it doesn't know are made here.
 */
export class Vpc extends pulumi.ComponentResource implements Network {
  readonly vpcId: pulumi.Output<string>;
  readonly cidrs: string[];
  readonly subnets: NetworkSubnet[];
  readonly natAddresses: pulumi.Output<string[]>;
  readonly ready: pulumi.Resource[];
  readonly flowLogGroupName: pulumi.Output<string>;

  constructor(name: string, args: VpcArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:network:Vpc", name, {}, opts);
    const { plan } = args;

    const vpc = this.createVpc(name, plan);
    this.vpcId = vpc.vpcId;
    this.cidrs = [plan.cidr, ...plan.associations];
    const associations = this.associateBlocks(name, plan);
    const routeTableIds = this.privateRouteTableIds(vpc, plan);
    const own = this.createSubnets(name, plan, associations, routeTableIds);
    this.subnets = [...this.vpcSubnets(vpc, plan), ...own.subnets];
    this.natAddresses = vpc.eips.apply((eips) => pulumi.all(eips.map((eip) => eip.publicIp)));
    this.closeDefaultSecurityGroup(name);
    const endpoints = this.createEndpoints(name, args, routeTableIds);
    this.flowLogGroupName = this.logTraffic(name, args);
    // A cluster takes up to an hour to see a block that comes after it.
    this.ready = [vpc, ...associations.values(), ...own.routes, endpoints];

    this.registerOutputs({ vpcId: this.vpcId });
  }

  private createVpc(name: string, plan: NetworkPlan): awsx.ec2.Vpc {
    const spec = (subnetClass: "public" | "private", type: "Public" | "Private") => {
      const cidrBlocks = blocks(plan, subnetClass);
      const tags = subnetTags(subnetClass);
      return cidrBlocks.length > 0 ? [{ type, name: subnetClass, cidrBlocks, tags }] : [];
    };
    return new awsx.ec2.Vpc(
      name,
      {
        cidrBlock: plan.cidr,
        availabilityZoneNames: plan.zones,
        // "Auto" keeps the given blocks and allows gaps between them: what the plan keeps free for more zones.
        subnetStrategy: "Auto",
        subnetSpecs: [...spec("public", "Public"), ...spec("private", "Private")],
        subnetNameTagStrategy: "AvailabilityZone",
        natGateways: { strategy: ({ none: "None", single: "Single", perZone: "OnePerAz" } as const)[plan.nat] },
        // The private cluster endpoint and EFS mount targets are found by name inside the VPC only with both on.
        enableDnsHostnames: true,
        enableDnsSupport: true,
        tags: { Name: name },
      },
      { parent: this, transforms: [neverAssignPublicAddresses] },
    );
  }

  /** One after the other, in the planned order: EC2 judges each block against those that are there. */
  private associateBlocks(name: string, plan: NetworkPlan): Map<string, aws.ec2.VpcIpv4CidrBlockAssociation> {
    const associations = new Map<string, aws.ec2.VpcIpv4CidrBlockAssociation>();
    let previous: pulumi.Resource[] = [];
    for (const cidrBlock of plan.associations) {
      const association = new aws.ec2.VpcIpv4CidrBlockAssociation(
        `${name}-${cidrBlock}`,
        { vpcId: this.vpcId, cidrBlock },
        { parent: this, dependsOn: previous },
      );
      associations.set(cidrBlock, association);
      previous = [association];
    }
    return associations;
  }

  private vpcSubnets(vpc: awsx.ec2.Vpc, plan: NetworkPlan): NetworkSubnet[] {
    const ids = { public: vpc.publicSubnetIds, private: vpc.privateSubnetIds };
    return (["public", "private"] as const).flatMap((subnetClass) =>
      planned(plan, subnetClass).map(({ zone, cidr }, index) => ({
        class: subnetClass,
        zone,
        cidr,
        id: ids[subnetClass].apply((all) => at(all, index)),
      })),
    );
  }

  /** By zone. awsx lists the route tables zone by zone, the public one before the private one. */
  private privateRouteTableIds(vpc: awsx.ec2.Vpc, plan: NetworkPlan): Map<string, pulumi.Output<string>> {
    const perZone = blocks(plan, "public").length > 0 ? 2 : 1;
    return new Map(
      plan.zones.map((zone, index) => [
        zone,
        vpc.routeTables.apply((tables) => at(tables, index * perZone + perZone - 1).id),
      ]),
    );
  }

  private createSubnets(
    name: string,
    plan: NetworkPlan,
    associations: Map<string, aws.ec2.VpcIpv4CidrBlockAssociation>,
    routeTableIds: Map<string, pulumi.Output<string>>,
  ): { subnets: NetworkSubnet[]; routes: aws.ec2.RouteTableAssociation[] } {
    const subnets: NetworkSubnet[] = [];
    const routes: aws.ec2.RouteTableAssociation[] = [];
    for (const { class: subnetClass, zone, cidr } of [...planned(plan, "loadBalancer"), ...planned(plan, "pod")]) {
      const label = subnetClass === "pod" ? "pod" : "load-balancer";
      const childName = `${name}-${label}-${zoneSuffix(zone)}`;
      // A subnet of a secondary block takes the VPC's id from the association, so that it can't come before it.
      const association = subnetClass === "pod" && plan.podCidr ? associations.get(plan.podCidr) : undefined;
      const subnet = new aws.ec2.Subnet(
        childName,
        {
          vpcId: association?.vpcId ?? this.vpcId,
          cidrBlock: cidr,
          availabilityZone: zone,
          mapPublicIpOnLaunch: false,
          tags: { Name: childName, ...subnetTags(subnetClass) },
        },
        { parent: this, dependsOn: association ? [association] : [] },
      );
      // Without an association of its own a subnet follows the VPC's main route table, which leads nowhere.
      const route = new aws.ec2.RouteTableAssociation(
        childName,
        { subnetId: subnet.id, routeTableId: at(routeTableIds, zone) },
        { parent: this },
      );
      subnets.push({ class: subnetClass, zone, cidr, id: subnet.id });
      routes.push(route);
    }
    return { subnets, routes };
  }

  private closeDefaultSecurityGroup(name: string): void {
    new aws.ec2.DefaultSecurityGroup(
      name,
      { vpcId: this.vpcId, ingress: [], egress: [], tags: { Name: `${name}-default-closed` } },
      { parent: this },
    );
  }

  private createEndpoints(name: string, args: VpcArgs, routeTableIds: Map<string, pulumi.Output<string>>): Endpoints {
    return new Endpoints(
      `${name}-endpoint`,
      {
        vpcId: this.vpcId,
        region: args.region,
        services: endpointSet(args.plan.endpoints, args.region, args.uses),
        cidrs: this.cidrs,
        subnetIds: this.subnets.filter((subnet) => subnet.class === "private").map((subnet) => subnet.id),
        routeTableIds: [...routeTableIds.values()],
      },
      { parent: this },
    );
  }

  private logTraffic(name: string, args: VpcArgs): pulumi.Output<string> {
    const logs = new FlowLogs(
      `${name}-flow-logs`,
      {
        vpcId: this.vpcId,
        region: args.region,
        accountId: args.accountId,
        environment: args.environment,
        retentionDays: args.flowLogs.retentionDays,
        keyArn: args.logKeyArn,
      },
      { parent: this },
    );
    return logs.logGroupName;
  }
}

/** `1a` of `eu-west-1a`: how awsx ends the names of its own subnets. */
function zoneSuffix(zone: string): string {
  return zone.replace(/^[a-z]+(-[a-z]+)+-/, "");
}

/** awsx lets public subnets hand out public addresses; here only NAT gateways and load balancers have any. */
const neverAssignPublicAddresses: pulumi.ResourceTransform = (args) =>
  args.type === "aws:ec2/subnet:Subnet"
    ? { props: { ...args.props, mapPublicIpOnLaunch: false }, opts: args.opts }
    : undefined;

function planned(plan: NetworkPlan, subnetClass: SubnetClass): PlannedSubnet[] {
  return plan.subnets.filter((subnet) => subnet.class === subnetClass);
}

function blocks(plan: NetworkPlan, subnetClass: SubnetClass): string[] {
  return planned(plan, subnetClass).map((subnet) => subnet.cidr);
}

function subnetTags(subnetClass: SubnetClass): Record<string, string> {
  return { SubnetClass: subnetClass, ...controllerTags[subnetClass] };
}

/** The element that the plan promises; a plugin that returns another number of them is a bug that must not pass silently. */
function at<T>(all: T[] | Map<string, T>, key: number | string): T {
  const found = Array.isArray(all) ? all[key as number] : all.get(key as string);
  if (found === undefined) {
    throw new Error(`the network has no element ${key}`);
  }
  return found;
}
