/**
 * What each node group of the config becomes, as far as EKS needs it; how many pods and nodes the network holds is the network
 * planner's matter.
 */
import { architectureOf } from "../aws/instances";
import type { Problem } from "../problem/problem";
import { type Accelerator, acceleratorOf, type AmiType, amiTypeOf } from "./ami-types";

export interface NodeGroupTaint {
  key: string;
  value: string;
  effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

/** A node group as `eks.nodeGroups` of the config says it, every default filled in. */
export interface NodeGroupConfig {
  instanceTypes: readonly string[];
  /** Nodes. */
  min: number;
  desired: number;
  max: number;
  /** GiB of each node's root volume. */
  diskGiB: number;
  capacity: "onDemand" | "spot";
  /** Who sets the number of nodes once there are some: the config, or an autoscaler, whose changes are then left alone. */
  scaling: "manual" | "autoscaler";
  labels: Readonly<Record<string, string>>;
  taints: readonly NodeGroupTaint[];
  /** Pods a node when the config asks for a number; null: what the network interfaces serve. */
  maxPods: number | null;
  /** Names of zones; null: every zone of the network. */
  zones: readonly string[] | null;
}

/** What the network's planner says of a node group. */
export interface PodCapacity {
  name: string;
  /** Pods a node: of several instance types the smallest counts (NG-16). */
  maxPods: number;
}

/** A node group as EKS takes it. */
export interface PlannedNodes {
  name: string;
  amiType: AmiType;
  instanceTypes: string[];
  capacityType: "ON_DEMAND" | "SPOT";
  scaling: { minSize: number; desiredSize: number; maxSize: number };
  /** Later changes of `desiredSize` are somebody else's. */
  ignoreDesiredSize: boolean;
  labels: Record<string, string>;
  taints: { key: string; value: string; effect: "NO_SCHEDULE" | "PREFER_NO_SCHEDULE" | "NO_EXECUTE" }[];
  diskGiB: number;
  /** Pods that a node takes at most. */
  maxPods: number;
  /** The config asks for fewer pods than the nodes could take. */
  maxPodsBelowComputed: boolean;
  /** Names of the zones whose subnets the nodes run in. */
  zones: string[];
}

export interface NodesPlan {
  /** In the order of the config. A group that can't be built is left out. */
  groups: PlannedNodes[];
  problems: Problem[];
}

const effects = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

/** EKS refuses labels of these: "Label cannot contain reserved prefixes", https://github.com/aws/containers-roadmap/issues/1451 */
const reservedDomains = /(^|\.)(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//;

/** https://docs.aws.amazon.com/eks/latest/userguide/node-taints-managed-node-groups.html */
const MOST_TAINTS = 50;

/**
 * Plans the node groups.
 *
 * Problems' paths start with `eks.nodeGroups.<name>`. Sizes, instance types one by one and zones are judged elsewhere.
 *
 * @param zones of the network, in its order
 * @param capacities of the network's plan; a group without one is left out: its own problem is told there
 */
export function planNodes(
  groups: Readonly<Record<string, NodeGroupConfig>>,
  zones: readonly string[],
  capacities: readonly PodCapacity[],
): NodesPlan {
  const problems: Problem[] = [];
  const planned = Object.entries(groups).flatMap(([name, group]) => {
    const path = `eks.nodeGroups.${name}`;
    problems.push(...labelProblems(path, group), ...taintProblems(path, group));
    const amiType = findAmiType(path, group, problems);
    const capacity = capacities.find((other) => other.name === name);
    return amiType && capacity ? [planGroup(name, group, amiType, capacity.maxPods, zones)] : [];
  });
  return { groups: planned, problems };
}

function planGroup(
  name: string,
  group: NodeGroupConfig,
  amiType: AmiType,
  maxPods: number,
  zones: readonly string[],
): PlannedNodes {
  const own = group.zones;
  return {
    name,
    amiType,
    instanceTypes: [...group.instanceTypes],
    capacityType: group.capacity === "spot" ? "SPOT" : "ON_DEMAND",
    scaling: { minSize: group.min, desiredSize: group.desired, maxSize: group.max },
    ignoreDesiredSize: group.scaling === "autoscaler",
    labels: { ...group.labels },
    taints: group.taints.map(({ key, value, effect }) => ({ key, value, effect: effects[effect] })),
    diskGiB: group.diskGiB,
    maxPods,
    maxPodsBelowComputed: group.maxPods !== null,
    // In the network's order, so that the order in the config is no change of the node group.
    zones: own ? zones.filter((zone) => own.includes(zone)) : [...zones],
  };
}

/** ARC-01, ARC-02: the one image that serves every type of the group. */
function findAmiType(path: string, { instanceTypes }: NodeGroupConfig, problems: Problem[]): AmiType | undefined {
  const [first] = instanceTypes;
  const architecture = first === undefined ? undefined : architectureOf(first);
  if (first === undefined || architecture === undefined) {
    return undefined;
  }
  const accelerator = acceleratorOf(first);
  const other = instanceTypes.findIndex((type) => acceleratorOf(type) !== accelerator);
  if (other >= 0) {
    const message = `needs ${imageFor(acceleratorOf(instanceTypes[other] ?? ""))} beside ${first}, which needs ${imageFor(accelerator)}: a node group has one machine image`;
    const fix = "put it into a node group of its own";
    problems.push({
      path: `${path}.instanceTypes[${other}]`,
      value: instanceTypes[other],
      rule: "ARC-02",
      message,
      fix,
    });
    return undefined;
  }
  if (instanceTypes.some((type) => architectureOf(type) !== architecture)) {
    return undefined;
  }
  return amiTypeOf(architecture, accelerator);
}

function imageFor(accelerator: Accelerator): string {
  return {
    none: "the standard image",
    nvidia: "the image with NVIDIA drivers",
    neuron: "the image with Neuron drivers",
  }[accelerator];
}

function labelProblems(path: string, { labels }: NodeGroupConfig): Problem[] {
  return Object.entries(labels).flatMap(([key, value]): Problem[] => {
    if (!reservedDomains.test(key)) {
      return [];
    }
    // EKS sets these itself, with the values amd64 and arm64 (ARC-06).
    const rule = key.endsWith("kubernetes.io/arch") ? "ARC-06" : "CFG-VALUE";
    const message = "is a label of a domain that EKS and Kubernetes keep for themselves: EKS refuses it";
    const fix = `use a domain of your own, for example example.com/${key.slice(key.indexOf("/") + 1)}`;
    return [{ path: `${path}.labels.${key}`, value, rule, message, fix }];
  });
}

function taintProblems(path: string, { taints }: NodeGroupConfig): Problem[] {
  const problems: Problem[] = taints.flatMap(({ key, effect }, i): Problem[] => {
    const earlier = taints.findIndex((other) => other.key === key && other.effect === effect);
    if (earlier === i) {
      return [];
    }
    const message = `has the key and the effect of taints[${earlier}]: a node has one taint of each`;
    return [
      {
        path: `${path}.taints[${i}]`,
        value: `${key}:${effect}`,
        rule: "CFG-VALUE",
        message,
        fix: "remove one of them",
      },
    ];
  });
  if (taints.length > MOST_TAINTS) {
    const message = `are ${taints.length} taints, and EKS takes ${MOST_TAINTS} a node group`;
    problems.push({ path: `${path}.taints`, value: taints.length, rule: "CFG-VALUE", message, fix: "remove some" });
  }
  return problems;
}
