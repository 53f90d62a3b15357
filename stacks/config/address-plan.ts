import { planExisting } from "../../components/network/existing";
import { planNodeGroups, type PlannedNodeGroup } from "../../components/network/node-groups";
import { planNetwork } from "../../components/network/planner";
import type { Demand, NetworkPlan, PlanResult } from "../../components/network/types";
import type { Problem } from "../../components/problem/problem";
import { defaultZones } from "../../components/aws/regions";
import { completeNetwork } from "./complete";
import { addressDemands, type DemandingConfig, nodeDemands } from "./demands";
import { type EksConfig, type NetworkConfig, sections } from "./schema";

export interface AddressPlan {
  network: NetworkPlan | undefined;
  nodeGroups: PlannedNodeGroup[];
  problems: Problem[];
}

/** Plans the network, and on it the node groups. */
export function planAddresses(config: DemandingConfig & { network: NetworkConfig | undefined }): AddressPlan {
  const { network, eks, region } = config;
  if (!network) {
    return { network: undefined, nodeGroups: [], problems: eks ? typeProblems(eks, region) : [] };
  }
  const zones = network.existing
    ? [...new Set(network.existing.privateSubnets.map(({ zone }) => zone))]
    : network.zones;
  const demands = addressDemands(config, network, zones);
  // The node groups' planner counts the nodes itself, so its network comes without them; the one to show has them.
  const withoutNodes = plan(network, demands);
  const groups = eks && withoutNodes.plan ? planGroups(eks, withoutNodes.plan) : undefined;
  return {
    network: plan(network, [...demands, ...nodeDemands(eks, zones)]).plan,
    nodeGroups: groups?.groups ?? [],
    problems: [...withoutNodes.problems, ...(groups?.problems ?? (eks ? typeProblems(eks, region) : []))],
  };
}

function plan(network: NetworkConfig, demands: readonly Demand[]): PlanResult {
  return network.existing ? planExisting(network.existing, network, demands) : planNetwork(network, demands);
}

function planGroups({ nodeGroups, podNetworking }: EksConfig, network: NetworkPlan) {
  const groups = Object.entries(nodeGroups).map(([name, group]) => ({ name, ...group }));
  return planNodeGroups(groups, network, podNetworking);
}

/** What is wrong with the instance types alone: that can be told on any network. */
function typeProblems(eks: EksConfig, region: string): Problem[] {
  const anyNetwork = completeNetwork(sections.network.parse({}), region);
  const zones = defaultZones(region);
  const { plan: network } = planNetwork({ ...(anyNetwork as NetworkConfig & { existing: null }), zones });
  const problems = network ? planGroups(eks, network).problems : [];
  return problems.filter(({ path }) => path.includes(".instanceTypes["));
}
