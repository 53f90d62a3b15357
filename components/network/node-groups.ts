/** What each node group can hold, and whether the subnets hold all groups at their maximum. */
import { closest } from "fastest-levenshtein";
import { type InstanceType, instanceType, instanceTypeNames, kubernetesArchitecture } from "../aws/instances";
import type { Problem } from "../problem/problem";
import {
  addLoads,
  type AddressLoad,
  hasRoom,
  largestThat,
  maxPods,
  podAddressesPerNode,
  type PodNetworking,
  podLimit,
  PREFIX_SIZE,
  timesLoad,
  timesThatFit,
} from "./capacity";
import { LARGEST_PREFIX, SMALLEST_PREFIX } from "./association";
import { usableAddresses } from "./cidr";
import { EKS_FREE_ADDRESSES } from "./subnets";
import type { NetworkPlan, PlannedSubnet } from "./types";

/** What the plan has to know of a node group. */
export interface NodeGroupArgs {
  name: string;
  instanceTypes: readonly string[];
  /** Nodes at most. */
  max: number;
  /** Zones of its nodes; null: every zone of the network. */
  zones?: readonly string[] | null;
  /** Pods a node, when the config asks for a number of its own. */
  maxPods?: number | null;
}

export interface PlannedNodeGroup {
  name: string;
  architecture: "arm64" | "amd64";
  /** Pods a node: of several instance types the smallest counts. */
  maxPods: number;
  /** Pods in the fullest zone when the group is at its maximum. */
  podsPerZoneAtMax: number;
  /** Nodes of this group for which its zones have addresses, were it alone there. */
  fitsNodes: number;
  zones: { zone: string; nodesFit: number; podsFit: number }[];
}

/** Addresses that pods take in a zone: `free` are there, `takenAtMax` with every group at its maximum (prefixes in full). */
export interface ZoneCapacity {
  zone: string;
  class: "pod" | "private";
  free: number;
  takenAtMax: number;
}

export interface NodeGroupPlan {
  groups: PlannedNodeGroup[];
  zones: ZoneCapacity[];
  problems: Problem[];
}

/** A group whose instance types are known. */
interface Group {
  name: string;
  path: string;
  max: number;
  zones: readonly string[];
  types: readonly InstanceType[];
  maxPods: number;
  /** What a node takes where pods' addresses come from. */
  podLoad: AddressLoad;
  /** What a node takes in its own subnet. */
  nodeLoad: AddressLoad;
}

type Maxima = ReadonlyMap<Group, number>;

/**
 * Plans the node groups on a network: pods have subnets of their own when the plan has pod subnets.
 *
 * Problems' paths start with `eks.nodeGroups.<name>`. A group without any known instance type has no part in the plan.
 */
export function planNodeGroups(
  groups: readonly NodeGroupArgs[],
  plan: NetworkPlan,
  { prefixDelegation }: Pick<PodNetworking, "prefixDelegation">,
): NodeGroupPlan {
  const networking = { customNetworking: plan.subnets.some((subnet) => subnet.class === "pod"), prefixDelegation };
  const problems: Problem[] = [];
  const known = groups.flatMap((args) => readGroup(args, plan, networking, problems));
  const subnets = new Subnets(plan, networking);
  problems.push(...capacityProblems(known, subnets));
  const atMax = new Map(known.map((group) => [group, group.max]));
  return {
    groups: known.map((group) => planGroup(group, subnets)),
    zones: plan.zones.map((zone) => {
      const { singles, prefixes } = subnets.podLoadIn(zone, atMax);
      const free = subnets.forPods(zone).reduce((sum, subnet) => sum + Math.max(0, subnet.free), 0);
      return { zone, class: subnets.podClass, free, takenAtMax: singles + prefixes * PREFIX_SIZE };
    }),
    problems,
  };
}

/** The subnets that nodes and pods take addresses of, and what they hold. */
class Subnets {
  readonly podClass: "pod" | "private";
  /** Whether they are somebody else's, so that no key of the config sizes them. */
  readonly exist: boolean;

  constructor(
    private readonly plan: NetworkPlan,
    networking: PodNetworking,
  ) {
    this.podClass = networking.customNetworking ? "pod" : "private";
    this.exist = plan.subnets.some((subnet) => subnet.id !== undefined);
  }

  forPods(zone: string): PlannedSubnet[] {
    return this.plan.subnets.filter((subnet) => subnet.class === this.podClass && subnet.zone === zone);
  }

  private forNodes(zone: string): PlannedSubnet[] {
    return this.plan.subnets.filter((subnet) => subnet.class === "private" && subnet.zone === zone);
  }

  podLoadIn(zone: string, maxima: Maxima): AddressLoad {
    return loadIn(zone, maxima, ({ podLoad }) => podLoad);
  }

  /** Nodes of the group alone that the zone has addresses for. */
  nodesFit(zone: string, { podLoad, nodeLoad }: Group): number {
    const pods = this.forPods(zone).map((subnet) => timesThatFit(subnet.usable, alreadyIn(subnet), podLoad));
    const nodes = this.forNodes(zone).map((subnet) => timesThatFit(subnet.usable, alreadyIn(subnet), nodeLoad));
    const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
    return Math.min(sum(pods), sum(nodes));
  }

  /** The class of which the zone hasn't enough, if there is one. Several subnets of a zone share the load evenly. */
  lacking(zone: string, maxima: Maxima): "pod" | "private" | undefined {
    const holds = (subnets: readonly PlannedSubnet[], { singles, prefixes }: AddressLoad) => {
      const share = { singles: Math.ceil(singles / subnets.length), prefixes: Math.ceil(prefixes / subnets.length) };
      return subnets.every((subnet) => hasRoom(subnet.usable, addLoads(alreadyIn(subnet), share)));
    };
    // A zone without the subnet is a problem of its own, told elsewhere.
    if (!holds(this.forPods(zone), this.podLoadIn(zone, maxima))) {
      return this.podClass;
    }
    const nodeLoad = loadIn(zone, maxima, (group) => group.nodeLoad);
    return holds(this.forNodes(zone), nodeLoad) ? undefined : "private";
  }

  /** The prefix at which the zone's subnet of this class holds the load; undefined when none does. */
  enoughPrefix(zone: string, lacking: "pod" | "private", maxima: Maxima): number | undefined {
    const [subnet] = lacking === this.podClass ? this.forPods(zone) : this.forNodes(zone);
    if (!subnet) {
      return undefined;
    }
    const load = loadIn(zone, maxima, (group) => (lacking === this.podClass ? group.podLoad : group.nodeLoad));
    for (let prefix = SMALLEST_PREFIX; prefix >= LARGEST_PREFIX; prefix--) {
      if (hasRoom(usableAddresses({ base: 0, prefix }), addLoads(alreadyIn(subnet), load))) {
        return prefix;
      }
    }
    return undefined;
  }
}

function loadIn(zone: string, maxima: Maxima, ofNode: (group: Group) => AddressLoad): AddressLoad {
  const here = [...maxima].filter(([group]) => group.zones.includes(zone));
  return addLoads(...here.map(([group, max]) => timesLoad(ofNode(group), nodesPerZone(group, max))));
}

/** The platform's own demand, and in a private subnet what EKS wants to find free. */
function alreadyIn({ class: subnetClass, usable, free }: PlannedSubnet): AddressLoad {
  return { singles: usable - free + (subnetClass === "private" ? EKS_FREE_ADDRESSES : 0), prefixes: 0 };
}

/** Nodes in the fullest zone: an Auto Scaling group spreads evenly. */
function nodesPerZone({ zones }: Pick<Group, "zones">, max: number): number {
  return zones.length === 0 ? 0 : Math.ceil(max / zones.length);
}

function planGroup(group: Group, subnets: Subnets): PlannedNodeGroup {
  const zones = group.zones.map((zone) => {
    const nodesFit = subnets.nodesFit(zone, group);
    return { zone, nodesFit, podsFit: nodesFit * group.maxPods };
  });
  const [type] = group.types;
  return {
    name: group.name,
    architecture: type ? kubernetesArchitecture(type.arch) : "amd64",
    maxPods: group.maxPods,
    podsPerZoneAtMax: group.maxPods * nodesPerZone(group, group.max),
    fitsNodes: zones.reduce((sum, { nodesFit }) => sum + nodesFit, 0),
    zones,
  };
}

function readGroup(args: NodeGroupArgs, plan: NetworkPlan, networking: PodNetworking, problems: Problem[]): Group[] {
  const path = `eks.nodeGroups.${args.name}`;
  const types = readTypes(args, path, networking, problems);
  const zones = args.zones ?? plan.zones;
  zones.forEach((zone, i) => {
    if (!plan.zones.includes(zone)) {
      const message = "is not a zone of the network: nodes there have no subnet, and their pods no address";
      const fix = `use zones of ${plan.zones.join(", ")}`;
      problems.push({ path: `${path}.zones[${i}]`, value: zone, rule: "CNI-01", message, fix });
    }
  });
  if (types.length === 0) {
    return [];
  }
  const computed = Math.min(...types.map((type) => maxPods(type, networking)));
  if (args.maxPods && args.maxPods > computed) {
    const message = `is more than nodes of ${types.map(({ name }) => name).join(", ")} can have: EKS sets ${computed} without a word`;
    const fix = `use ${computed} or less, or leave it out`;
    problems.push({ path: `${path}.maxPods`, value: args.maxPods, rule: "CNI-13", message, fix });
  }
  const pods = Math.min(args.maxPods || computed, computed);
  const loads = types.map((type) => podAddressesPerNode(type, networking, pods));
  const podLoad = {
    singles: Math.max(...loads.map(({ singles }) => singles)),
    prefixes: Math.max(...loads.map(({ prefixes }) => prefixes)),
  };
  return [
    {
      name: args.name,
      path,
      max: args.max,
      zones: [...new Set(zones)].filter((zone) => plan.zones.includes(zone)),
      types,
      maxPods: pods,
      podLoad,
      // With pod subnets a node keeps one address of its own subnet: that of its first network interface.
      nodeLoad: networking.customNetworking ? { singles: 1, prefixes: 0 } : podLoad,
    },
  ];
}

/** The types that can be planned with; everything that is wrong with the list is reported. */
function readTypes(
  { instanceTypes }: NodeGroupArgs,
  groupPath: string,
  networking: PodNetworking,
  problems: Problem[],
): InstanceType[] {
  const types: InstanceType[] = [];
  instanceTypes.forEach((name, i) => {
    const report = (rule: string, message: string, fix: string) =>
      problems.push({ path: `${groupPath}.instanceTypes[${i}]`, value: name, rule, message, fix });
    const type = instanceType(name);
    if (!type) {
      report("CFG-VALUE", "is not a known instance type", `use ${closest(name, [...instanceTypeNames])}`);
      return;
    }
    if (type.mac) {
      report("CFG-VALUE", "is a Mac, on which EKS has no nodes", "use another instance type, for example m7g.xlarge");
      return;
    }
    if (name.startsWith("a1.")) {
      report(
        "ARC-03",
        "is a first Graviton, on which Amazon Linux 2023 doesn't run",
        `use ${name.replace("a1.", "m7g.")}`,
      );
    }
    const [first] = types;
    if (first && first.arch !== type.arch) {
      const message = `is ${kubernetesArchitecture(type.arch)} beside ${first.name} (${kubernetesArchitecture(first.arch)}): a node group has one machine image`;
      report("ARC-02", message, "put it into a node group of its own");
      return;
    }
    if (networking.prefixDelegation && !type.nitro) {
      const message = "is no Nitro type: it can't have prefixes (eks.podNetworking.prefixDelegation)";
      report(
        "CNI-08",
        message,
        "use a Nitro type, for example m7i.large, or turn eks.podNetworking.prefixDelegation off",
      );
    }
    if (podLimit(type, networking) <= podLimit({ ...type, enis: 0 }, networking)) {
      const message = "has one network interface only, which with pods in subnets of their own serves no pod";
      report("CNI-01", message, "use a type with two network interfaces or more, for example m7i.large");
    }
    types.push(type);
  });
  return types;
}

/**
 * CNI-11, and PRV-09 for the nodes' own addresses: the subnets don't hold all groups at their maximum.
 *
 * The group that takes most in the zone is asked to give way, as far as it must, then the next one: all fixes together fit.
 */
function capacityProblems(groups: readonly Group[], subnets: Subnets): Problem[] {
  const problems: Problem[] = [];
  const atMax: Maxima = new Map(groups.map((group) => [group, group.max]));
  const maxima = new Map(atMax);
  const zones = [...new Set(groups.flatMap((group) => group.zones))];
  for (const zone of zones) {
    const givingWay = groups.filter((group) => group.zones.includes(zone)).sort((a, b) => weight(b) - weight(a));
    for (const group of givingWay) {
      const lacking = subnets.lacking(zone, maxima);
      if (!lacking) {
        break;
      }
      const fits = largestMax(group, (max) => !subnets.lacking(zone, new Map(maxima).set(group, max)));
      maxima.set(group, fits ?? 1);
      const earlier = problems.findIndex(({ path }) => path === `${group.path}.max`);
      const problem = shortageProblem(group, zone, lacking, subnets, atMax, fits);
      problems.splice(earlier < 0 ? problems.length : earlier, earlier < 0 ? 0 : 1, problem);
    }
  }
  return problems;
}

function weight(group: Group): number {
  const { singles, prefixes } = timesLoad(group.podLoad, nodesPerZone(group, group.max));
  return singles + prefixes * PREFIX_SIZE;
}

/** The most nodes below the group's maximum that fit; undefined when not even one a zone does. */
function largestMax(group: Group, fits: (max: number) => boolean): number | undefined {
  const tooMany = nodesPerZone(group, group.max);
  const perZone = largestThat((nodes) => nodes < tooMany && fits(nodes * group.zones.length));
  return perZone === 0 ? undefined : perZone * group.zones.length;
}

function shortageProblem(
  group: Group,
  zone: string,
  lacking: "pod" | "private",
  subnets: Subnets,
  atMax: Maxima,
  fits: number | undefined,
): Problem {
  const rule = lacking === subnets.podClass ? "CNI-11" : "PRV-09";
  const { singles, prefixes } =
    rule === "CNI-11" ? subnets.podLoadIn(zone, atMax) : loadIn(zone, atMax, ({ nodeLoad }) => nodeLoad);
  const taken = prefixes > 0 ? `${prefixes} /28 prefixes and ${singles} addresses` : `${singles} addresses`;
  const who = atMax.size > 1 ? "all node groups at their maximum" : "the node group at its maximum";
  const message = `is too much for the ${lacking} subnet of ${zone}: ${who} would take ${taken} there`;
  const prefix = subnets.enoughPrefix(zone, lacking, atMax);
  const smaller = fits === undefined ? undefined : `use ${fits} at most`;
  const key = subnets.exist ? "" : ` (network.subnetPrefixes.${lacking})`;
  const larger = prefix === undefined ? undefined : `use ${lacking} subnets of /${prefix}${key}`;
  const fix =
    [smaller, larger].filter((part) => part !== undefined).join(", or ") || "use smaller or fewer node groups";
  return { path: `${group.path}.max`, value: group.max, rule, message, fix };
}
