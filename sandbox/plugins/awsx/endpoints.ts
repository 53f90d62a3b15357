/** The VPC endpoints that `vpcEndpointSpecs` asks for, under both of the component's strategies. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { endpointOwnArguments, type EndpointSpec, type VpcArguments } from "./arguments";

/** A spec and its type in lower case; undefined when the type is an output. */
export interface ResolvedEndpoint {
  spec: EndpointSpec;
  type: string | undefined;
  auto: boolean;
}

type DnsArguments = Pick<VpcArguments, "enableDnsHostnames" | "enableDnsSupport">;

/** Reads the specs. "Auto" turns the VPC's DNS on where an interface endpoint needs it, and refuses a VPC that has it off. */
export function resolveEndpoints(args: VpcArguments): { specs: ResolvedEndpoint[]; dns: DnsArguments } {
  const auto = args.vpcEndpointStrategy === "Auto";
  const specs = (args.vpcEndpointSpecs ?? []).map((spec) => ({ spec, type: endpointType(spec, auto), auto }));
  const needsDns = specs.some(
    ({ spec, type }) =>
      type === "interface" && (spec.privateDnsEnabled === undefined || spec.privateDnsEnabled === true),
  );
  if (!auto || !needsDns) return { specs, dns: {} };
  for (const key of ["enableDnsHostnames", "enableDnsSupport"] as const) {
    if (args[key] === false) {
      throw new Error(
        `vpcEndpointStrategy "Auto" requires ${key} to be true when Interface endpoint private DNS is enabled.`,
      );
    }
  }
  return {
    specs,
    dns: {
      enableDnsHostnames: args.enableDnsHostnames ?? true,
      enableDnsSupport: args.enableDnsSupport ?? true,
    },
  };
}

function endpointType(spec: EndpointSpec, auto: boolean): string | undefined {
  if (spec.vpcEndpointType === undefined) return "gateway";
  if (typeof spec.vpcEndpointType === "string") return spec.vpcEndpointType.toLowerCase();
  if (auto) {
    throw new Error(
      `vpcEndpointStrategy "Auto" requires vpcEndpointType for endpoint "${spec.serviceName}" to be omitted or a plain string. Use vpcEndpointStrategy "Legacy" for dynamic endpoint types.`,
    );
  }
  return undefined;
}

/** What the endpoints of one VPC share. */
interface Surroundings {
  component: pulumi.Resource;
  vpc: aws.ec2.Vpc;
  region: pulumi.Input<string> | undefined;
  tags: Record<string, pulumi.Input<string>>;
  routeTables: aws.ec2.RouteTable[];
  /** One subnet for each zone, the most private that there is. */
  subnetIds: pulumi.Output<string>[];
}

/** One endpoint for each spec, named after its service. */
export async function createEndpoints(specs: ResolvedEndpoint[], around: Surroundings): Promise<aws.ec2.VpcEndpoint[]> {
  const endpoints: aws.ec2.VpcEndpoint[] = [];
  for (const { spec, type, auto } of specs) {
    if (!auto) await warnOfMissingPlace(spec, type, around.component);
    const region = spec.region ?? around.region;
    endpoints.push(
      new aws.ec2.VpcEndpoint(
        spec.serviceName,
        {
          ...Object.fromEntries(endpointOwnArguments.map((key) => [key, spec[key]])),
          ...(auto ? placeOf(spec, type, region, around) : {}),
          region,
          tags: { ...around.tags, ...spec.tags },
          vpcId: around.vpc.id,
        },
        { parent: around.vpc, dependsOn: [around.vpc] },
      ),
    );
  }
  return endpoints;
}

/** What "Auto" fills in: subnets, private DNS and a security group for interfaces, route tables for gateways. */
function placeOf(
  spec: EndpointSpec,
  type: string | undefined,
  region: pulumi.Input<string> | undefined,
  around: Surroundings,
): Partial<aws.ec2.VpcEndpointArgs> {
  if (type === "gateway") {
    return { routeTableIds: spec.routeTableIds ?? around.routeTables.map((table) => table.id) };
  }
  if (type !== "interface") return {};
  return {
    subnetIds: spec.subnetIds ?? (spec.subnetConfigurations === undefined ? around.subnetIds : undefined),
    privateDnsEnabled: spec.privateDnsEnabled ?? true,
    securityGroupIds: spec.securityGroupIds ?? [createSecurityGroup(spec, region, around)],
  };
}

/** Lets the VPC's own addresses in on 443. */
function createSecurityGroup(
  spec: EndpointSpec,
  region: pulumi.Input<string> | undefined,
  { vpc, tags }: Surroundings,
): pulumi.Output<string> {
  const group = new aws.ec2.SecurityGroup(
    `${spec.serviceName}-sg`,
    { region, vpcId: vpc.id, tags: { ...tags, ...spec.tags } },
    { parent: vpc, dependsOn: [vpc] },
  );
  const ipv6 = typeof spec.ipAddressType === "string" && /^(ipv6|dualstack)$/i.test(spec.ipAddressType);
  new aws.ec2.SecurityGroupRule(
    `${spec.serviceName}-ingress`,
    {
      region,
      type: "ingress",
      securityGroupId: group.id,
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: [vpc.cidrBlock],
      ...(ipv6 ? { ipv6CidrBlocks: [vpc.ipv6CidrBlock] } : {}),
    },
    { parent: vpc, dependsOn: [group] },
  );
  return group.id;
}

async function warnOfMissingPlace(
  spec: EndpointSpec,
  type: string | undefined,
  component: pulumi.Resource,
): Promise<void> {
  if (type === "interface" && spec.subnetIds === undefined && spec.subnetConfigurations === undefined) {
    await pulumi.log.warn(
      `VPC endpoint "${spec.serviceName}" is an Interface endpoint without subnetIds or subnetConfigurations. Specify vpcEndpointStrategy: "Auto" to use generated VPC subnets.`,
      component,
    );
  }
  if (type === "gateway" && spec.routeTableIds === undefined) {
    await pulumi.log.warn(
      `VPC endpoint "${spec.serviceName}" is a Gateway endpoint without routeTableIds. Specify vpcEndpointStrategy: "Auto" to use generated VPC route tables.`,
      component,
    );
  }
}
