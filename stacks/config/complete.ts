import { defaultZones } from "../../components/aws/regions";
import type {
  CapacityConfig,
  EcsConfig,
  EksConfig,
  NetworkConfig,
  NodeGroupConfig,
  ParsedSection,
  ParsedSections,
  PlatformConfig,
  ServiceConfig,
} from "./schema";

/** What the config's own text doesn't say. */
export interface StackContext {
  /** Name of the stack. */
  stack: string;
  /** `aws:region`. */
  region: string;
}

type ParsedEks = NonNullable<ParsedSection<"eks">>;
type ParsedEcs = NonNullable<ParsedSection<"ecs">>;
type ParsedService = ParsedEcs["services"][string];

/** Size of a node group that names none: enough to lose a node, small enough to try things. */
const defaultSize = { min: 2, desired: 2, max: 4 };

/** Fills in the defaults that depend on the stack, the region or another key. */
export function complete(parsed: ParsedSections, { stack, region }: StackContext): PlatformConfig {
  return {
    stack,
    region,
    environment: parsed.environment ?? environmentOf(stack),
    owner: parsed.owner,
    tags: parsed.tags,
    network: completeNetwork(parsed.network, region),
    eks: parsed.eks && completeEks(parsed.eks),
    observability: parsed.observability,
    workloads: parsed.workloads,
    ecs: parsed.ecs && completeEcs(parsed.ecs),
    exemptions: parsed.exemptions,
  };
}

/** The stack's name as an environment's: stacks may have capitals, dots and underscores, resources may not. */
export function environmentOf(stack: string): string {
  const name = stack
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 20)
    .replace(/-+$/, "");
  return name || "default";
}

export function completeNetwork(network: ParsedSection<"network">, region: string): NetworkConfig {
  const { existing, ...rest } = network;
  return existing
    ? { existing, endpoints: rest.endpoints, flowLogs: rest.flowLogs }
    : { ...rest, zones: rest.zones ?? defaultZones(region), existing: null };
}

export function completeEks(eks: ParsedEks): EksConfig {
  const nodeGroups = Object.entries(eks.nodeGroups).map(([name, group]) => [name, completeNodeGroup(group)] as const);
  return { ...eks, nodeGroups: Object.fromEntries(nodeGroups) };
}

function completeNodeGroup(group: ParsedEks["nodeGroups"][string]): NodeGroupConfig {
  const { min, desired, max } = group;
  const given = [min, desired, max].filter((nodes) => nodes !== undefined);
  if (given.length === 0) {
    return { ...group, ...defaultSize };
  }
  // Only some given is a problem of its own (NG-01); this keeps the rest of the plan going.
  const least = Math.min(...given);
  return { ...group, min: min ?? least, desired: desired ?? min ?? least, max: max ?? Math.max(...given, 1) };
}

export function completeEcs(ecs: ParsedEcs): EcsConfig {
  const services = Object.entries(ecs.services).map(([name, service]) => [name, completeService(service)] as const);
  return { ...ecs, services: Object.fromEntries(services) };
}

function completeService(service: ParsedService): ServiceConfig {
  const { deployment, scheduling } = service;
  const daemon = scheduling === "DAEMON";
  return {
    ...service,
    count: service.count ?? (daemon ? null : (service.scaling?.min ?? 2)),
    capacity: completeCapacity(service.capacity),
    deployment: {
      ...deployment,
      // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
      minimumHealthyPercent: deployment.minimumHealthyPercent ?? (daemon ? 0 : 100),
      maximumPercent: deployment.maximumPercent ?? (daemon ? 100 : 200),
      circuitBreaker:
        deployment.circuitBreaker ?? (deployment.controller === "ECS" && deployment.strategy === "ROLLING"),
    },
  };
}

function completeCapacity({ base, onDemandWeight, spotWeight, ec2 }: ParsedService["capacity"]): CapacityConfig {
  return ec2
    ? { ec2 }
    : { base: base ?? 1, onDemandWeight: onDemandWeight ?? 1, spotWeight: spotWeight ?? 0, ec2: null };
}
