import { endpointSet } from "../../components/aws/endpoints";
import type { Demand } from "../../components/network/types";
import type { EcsConfig, NetworkConfig, PlatformConfig, ServiceConfig } from "./schema";

/** What the demands are read from. */
export type DemandingConfig = Pick<PlatformConfig, "region" | "eks" | "workloads" | "ecs">;

/**
 * The addresses that the platform takes in each class of subnets, and what for.
 *
 * Nodes and pods are left out: the node groups' planner counts them. So are the addresses that EKS wants free in the private
 * subnets: they are no use, the network's planner keeps them.
 */
export function addressDemands(config: DemandingConfig, network: NetworkConfig, zones: readonly string[]): Demand[] {
  return [
    ...(network.existing ? [] : ownNetwork(network, config.region, zones)),
    ...(config.eks ? workloadBalancers(config.workloads) : []),
    ...Object.entries(config.ecs?.services ?? {}).flatMap(([name, service]) => [
      ...serviceBalancer(name, service),
      ...tasks(name, service, zones.length),
    ]),
  ];
}

function ownNetwork(
  { nat, endpoints }: NetworkConfig & { existing: null },
  region: string,
  zones: readonly string[],
): Demand[] {
  const interfaces = endpointSet(endpoints, region).interface.length;
  const first = zones[0];
  return [
    ...(nat === "perZone" ? [{ class: "public" as const, perZone: 1, for: "the NAT gateway" }] : []),
    ...(nat === "single" && first
      ? [{ class: "public" as const, perZone: { [first]: 1 }, for: "the NAT gateway" }]
      : []),
    ...(interfaces > 0 ? [{ class: "private" as const, perZone: interfaces, for: "interface endpoints" }] : []),
  ];
}

/** One address of each node at the maximum of its group: its own, not its pods'. */
export function nodeDemands(eks: PlatformConfig["eks"], zones: readonly string[]): Demand[] {
  return Object.entries(eks?.nodeGroups ?? {}).map(([name, { max, zones: own }]) => {
    const used = own ?? zones;
    const each = Math.ceil(max / Math.max(1, used.length));
    return {
      class: "private",
      perZone: Object.fromEntries(used.map((zone) => [zone, each])),
      for: `nodes of ${name} at its maximum`,
    };
  });
}

type Scheme = "internal" | "internet-facing";

/** A load balancer has one network interface in each zone; an internal one in the subnets kept for it. */
const balancer = (scheme: Scheme, what: string): Demand => ({
  class: scheme === "internal" ? "loadBalancer" : "public",
  perZone: 1,
  for: what,
});

function workloadBalancers(workloads: PlatformConfig["workloads"]): Demand[] {
  return Object.entries(workloads).flatMap(([name, { ingress, fixedAddresses }]) => [
    ...(ingress ? [balancer(ingress.scheme, `the load balancer of ${name}`)] : []),
    ...(fixedAddresses ? [balancer("internal", `the fixed addresses of ${name}`)] : []),
  ]);
}

function serviceBalancer(name: string, { loadBalancer: { type, scheme } }: ServiceConfig): Demand[] {
  return type === "none" ? [] : [balancer(scheme, `the load balancer of ${name}`)];
}

function tasks(name: string, service: EcsConfig["services"][string], zones: number): Demand[] {
  const { ec2 } = service.capacity;
  const most = ec2 && service.scheduling === "DAEMON" ? ec2.max : mostTasks(service);
  const perZone = (count: number) => Math.ceil(count / Math.max(1, zones));
  return [
    ...(most > 0
      ? [{ class: "private" as const, perZone: perZone(most), for: `tasks of ${name} while it deploys` }]
      : []),
    ...(ec2 ? [{ class: "private" as const, perZone: perZone(ec2.max), for: `instances of ${name}` }] : []),
  ];
}

/**
 * Tasks that run at once at most: at the maximum of the scaling, while a deployment is on.
 *
 * A rolling deployment goes up to `maximumPercent`, the other strategies and controllers run a second set.
 */
export function mostTasks({ count, scaling, deployment }: ServiceConfig): number {
  const steady = Math.max(count ?? 0, scaling?.max ?? 0);
  const rolling = deployment.controller === "ECS" && deployment.strategy === "ROLLING";
  return rolling ? Math.max(steady, Math.floor((steady * deployment.maximumPercent) / 100)) : steady * 2;
}
