/**
 * `awsx:ec2:Vpc` as the real plugin builds it: the same children, names, parents, inputs and dependencies, in the same order.
 *
 * Peculiar on purpose, since the real one is: the internet gateway exists even with no public subnet, a NAT gateway does not depend
 * on it, every child lists its parent as a dependency, route tables hang below their subnet, and each output depends on every subnet.
 * The component itself has no inputs and no outputs in the state.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { readArguments, vpcOwnArguments, type VpcArguments } from "./arguments";
import { createEndpoints, resolveEndpoints, type ResolvedEndpoint } from "./endpoints";
import { subnetIpv6Block } from "./ipv6";
import { layOut, refuseBadLayout, type Layout, type PlacedSubnet } from "./layout";
import { refuseEqualSuffixes } from "./naming";
import { natDue, natStrategy, refuseIdleNat, type NatStrategy } from "./nat";

/** Everything that the component made, as its outputs show it. */
class Made {
  readonly subnets: aws.ec2.Subnet[] = [];
  readonly publicSubnets: aws.ec2.Subnet[] = [];
  readonly privateSubnets: aws.ec2.Subnet[] = [];
  readonly isolatedSubnets: aws.ec2.Subnet[] = [];
  readonly routeTables: aws.ec2.RouteTable[] = [];
  readonly routeTableAssociations: aws.ec2.RouteTableAssociation[] = [];
  readonly routes: aws.ec2.Route[] = [];
  readonly natGateways: aws.ec2.NatGateway[] = [];
  readonly eips: aws.ec2.Eip[] = [];
  vpcEndpoints: aws.ec2.VpcEndpoint[] = [];
  constructor(
    readonly vpc: aws.ec2.Vpc,
    readonly internetGateway: aws.ec2.InternetGateway,
  ) {}
}

/** What holds for every child. */
interface Plan {
  args: VpcArguments;
  zones: string[];
  nat: NatStrategy;
  layout: Layout;
  /** Of the VPC and everything named after it; each child adds its own. */
  tags: Record<string, pulumi.Input<string>>;
}

/** The stand-in. `build` makes the children; its errors are the plugin's, word for word, where the plugin has one. */
export class Vpc extends pulumi.ComponentResource {
  private readonly label: string;

  constructor(name: string, opts: pulumi.ComponentResourceOptions) {
    super("awsx:ec2:Vpc", name, {}, opts);
    this.label = name;
  }

  /** Registers the children and resolves to the component's outputs. Rejects before the first child if the arguments are wrong. */
  async build(inputs: pulumi.Inputs): Promise<pulumi.Inputs> {
    const args = readArguments(inputs);
    const endpoints = resolveEndpoints(args);
    const plan = await this.plan({ ...args, ...endpoints.dns });

    const made = this.createNetwork(plan);
    this.createSubnets(made, plan);
    await this.createEndpoints(made, plan, endpoints.specs);

    this.registerOutputs();
    return outputsOf(made, plan);
  }

  private async plan(args: VpcArguments): Promise<Plan> {
    if (args.ipv4IpamPoolId !== undefined && args.cidrBlock !== undefined && args.ipv4NetmaskLength !== undefined) {
      throw new Error("Only one of 'cidrBlock', 'ipv4NetmaskLength' is allowed.");
    }
    if (args.availabilityZoneNames && args.numberOfAvailabilityZones) {
      throw new Error("Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified");
    }
    const zones = args.availabilityZoneNames ?? (await this.firstZones(args));
    const nat = natStrategy(
      args.natGateways?.strategy ?? "OnePerAz",
      args.natGateways?.elasticIpAllocationIds ?? [],
      zones.length,
    );
    if (args.subnetNameTagStrategy === "AvailabilityZone") refuseEqualSuffixes(zones);

    const cidrBlock = args.cidrBlock ?? "10.0.0.0/16";
    const layout = layOut(this.label, cidrBlock, zones, args);
    if (layout.warns) {
      void pulumi.log.warn(
        `The default subnetStrategy will change from "Legacy" to "Auto" in the next major version. Please specify the subnetStrategy explicitly. The current subnet layout can be specified via "Auto" as:\n\n${layoutText(layout)}`,
        this,
      );
    }
    refuseBadLayout(layout.subnets, args.subnetStrategy, cidrBlock);
    refuseIdleNat(nat, layout.subnets);
    return { args: { ...args, cidrBlock }, zones, nat, layout, tags: { Name: this.label, ...args.tags } };
  }

  private async firstZones(args: VpcArguments): Promise<string[]> {
    if (args.region !== undefined && typeof args.region !== "string") {
      throw new Error(
        "Vpc.region must be a plain string when availabilityZoneNames is not set. If region is dynamic, specify availabilityZoneNames explicitly.",
      );
    }
    const wanted = args.numberOfAvailabilityZones ?? 3;
    const { names } = await aws.getAvailabilityZones(args.region ? { region: args.region } : undefined, {
      parent: this,
    });
    if (names.length < wanted) {
      throw new Error(
        `The configured region for this provider does not have at least ${wanted} Availability Zones. Either specify an explicit list of zones in availabilityZoneNames or choose a region with at least ${wanted} AZs.`,
      );
    }
    return names.slice(0, wanted);
  }

  private createNetwork({ args, tags }: Plan): Made {
    const own = Object.fromEntries(vpcOwnArguments.map((key) => [key, args[key]]));
    const vpc = new aws.ec2.Vpc(this.label, { ...own, cidrBlock: args.cidrBlock, tags }, { parent: this });
    const internetGateway = new aws.ec2.InternetGateway(
      this.label,
      { region: args.region, vpcId: vpc.id, tags },
      { parent: vpc, dependsOn: [vpc] },
    );
    return new Made(vpc, internetGateway);
  }

  private createSubnets(made: Made, plan: Plan): void {
    for (const [zoneIndex, zone] of plan.zones.entries()) {
      for (const [i, placed] of subnetsIn(zone, plan.layout).entries()) {
        const subnet = createSubnet(made, plan, placed, zoneIndex + i * plan.zones.length);
        const routeTable = createRouteTable(made, plan, placed, subnet);
        if (placed.type === "Public" && natDue(plan.nat, made.natGateways.length, zoneIndex)) {
          this.createNatGateway(made, plan, subnet, zoneIndex);
        }
        createDefaultRoute(made, plan, placed, routeTable, zoneIndex);
      }
    }
  }

  private createNatGateway(made: Made, { args }: Plan, subnet: aws.ec2.Subnet, zoneIndex: number): void {
    const name = `${this.label}-${zoneIndex + 1}`;
    const tags = { ...args.tags, Name: name };
    const opts = { parent: subnet, dependsOn: [subnet] };
    let allocationId = args.natGateways?.elasticIpAllocationIds?.[zoneIndex];
    if (allocationId === undefined) {
      const eip = new aws.ec2.Eip(name, { region: args.region, tags }, opts);
      made.eips.push(eip);
      allocationId = eip.allocationId;
    }
    made.natGateways.push(
      new aws.ec2.NatGateway(name, { region: args.region, subnetId: subnet.id, allocationId, tags }, opts),
    );
  }

  private async createEndpoints(made: Made, plan: Plan, specs: ResolvedEndpoint[]): Promise<void> {
    const { args, zones, layout, tags } = plan;
    const placed = zones.flatMap((zone) => subnetsIn(zone, layout));
    const generated = made.subnets.map((subnet, i) => ({ id: subnet.id, placed: placed[i] }));
    made.vpcEndpoints = await createEndpoints(specs, {
      component: this,
      vpc: made.vpc,
      region: args.region,
      tags,
      routeTables: made.routeTables,
      subnetIds: zones.flatMap((zone) => {
        const inZone = generated.filter(({ placed }) => placed?.zone === zone);
        const best = ["Private", "Isolated", "Public"].flatMap((type) =>
          inZone.filter(({ placed }) => placed?.type === type),
        );
        return best.slice(0, 1).map(({ id }) => id);
      }),
    });
  }
}

const rank = { Public: 0, Private: 1, Isolated: 2, Unused: 3 };

/** A zone's subnets as they are made: public ones first, the NAT gateway that a private one routes to stands in them. */
const subnetsIn = (zone: string, layout: Layout): PlacedSubnet[] =>
  layout.subnets
    .filter((subnet) => subnet.zone === zone && subnet.type !== "Unused")
    .sort((a, b) => rank[a.type] - rank[b.type]);

function createSubnet(made: Made, plan: Plan, placed: PlacedSubnet, ipv6Index: number): aws.ec2.Subnet {
  const { args, tags } = plan;
  const { vpc } = made;
  const assignIpv6AddressOnCreation = pulumi
    .all([placed.assignIpv6AddressOnCreation, args.assignGeneratedIpv6CidrBlock])
    .apply(([ofSubnet, ofVpc]) => ofSubnet ?? ofVpc ?? false);
  const subnet = new aws.ec2.Subnet(
    placed.resourceName,
    {
      region: args.region,
      vpcId: vpc.id,
      availabilityZone: placed.zone,
      mapPublicIpOnLaunch: placed.type === "Public",
      cidrBlock: placed.cidrBlock,
      assignIpv6AddressOnCreation,
      // Even without IPv6 this waits for the VPC's own block, so it is unknown in the first preview.
      ipv6CidrBlock: subnetIpv6Block(vpc.ipv6CidrBlock, assignIpv6AddressOnCreation, ipv6Index),
      tags: { ...tags, ...placed.tags, Name: placed.nameTag, SubnetType: placed.type },
    },
    { parent: vpc, dependsOn: [vpc] },
  );
  made.subnets.push(subnet);
  if (placed.type === "Public") made.publicSubnets.push(subnet);
  else if (placed.type === "Private") made.privateSubnets.push(subnet);
  else made.isolatedSubnets.push(subnet);
  return subnet;
}

/** Each subnet has a route table of its own, without the tags of its spec. */
function createRouteTable(made: Made, plan: Plan, placed: PlacedSubnet, subnet: aws.ec2.Subnet): aws.ec2.RouteTable {
  const { args, tags } = plan;
  const routeTable = new aws.ec2.RouteTable(
    placed.resourceName,
    {
      region: args.region,
      vpcId: made.vpc.id,
      tags: { ...tags, Name: placed.nameTag, SubnetType: placed.type },
    },
    { parent: subnet, dependsOn: [subnet] },
  );
  made.routeTables.push(routeTable);
  made.routeTableAssociations.push(
    new aws.ec2.RouteTableAssociation(
      placed.resourceName,
      { region: args.region, routeTableId: routeTable.id, subnetId: subnet.id },
      { parent: routeTable, dependsOn: [routeTable] },
    ),
  );
  return routeTable;
}

/** Public subnets go to the internet gateway, private ones to a NAT gateway if there is any, isolated ones nowhere. */
function createDefaultRoute(
  made: Made,
  { args, nat }: Plan,
  placed: PlacedSubnet,
  routeTable: aws.ec2.RouteTable,
  zoneIndex: number,
): void {
  let target: Pick<aws.ec2.RouteArgs, "gatewayId" | "natGatewayId">;
  if (placed.type === "Public") target = { gatewayId: made.internetGateway.id };
  else if (placed.type === "Private" && nat !== "none") {
    target = { natGatewayId: made.natGateways[nat === "single" ? 0 : zoneIndex]?.id };
  } else return;
  made.routes.push(
    new aws.ec2.Route(
      placed.resourceName,
      { region: args.region, routeTableId: routeTable.id, ...target, destinationCidrBlock: "0.0.0.0/0" },
      { parent: routeTable, dependsOn: [routeTable] },
    ),
  );
}

const layoutText = ({ entries }: Layout): string =>
  JSON.stringify(
    entries.map((entry) => Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))),
  );

/**
 * The outputs. All come out of one value, as in the plugin: `vpcId` alone already waits for every subnet. They are lifted, not
 * applied, so that what needs no AWS (an empty list, `subnetLayout`) is known in a preview.
 */
function outputsOf(made: Made, { layout }: Plan): pulumi.Inputs {
  const ids = (subnets: aws.ec2.Subnet[]): pulumi.Output<string>[] => subnets.map((subnet) => subnet.id);
  const values = {
    ...made,
    publicSubnetIds: ids(made.publicSubnets),
    privateSubnetIds: ids(made.privateSubnets),
    isolatedSubnetIds: ids(made.isolatedSubnets),
    subnetLayout: layout.entries,
    vpcId: made.vpc.id,
  };
  const all = pulumi.output(values);
  return Object.fromEntries(Object.keys(values).map((key) => [key, all[key as keyof typeof all]]));
}
