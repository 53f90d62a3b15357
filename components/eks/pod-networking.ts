import type { Problem } from "../problem/problem";

/** How pods get their addresses, as `eks.podNetworking` of the config says it. */
export interface PodNetworkingArgs {
  /** Pods keep their own address when they leave the VPC; else they take the node's. */
  externalSnat: boolean;
  /** Nodes take whole /28 prefixes in place of single addresses. */
  prefixDelegation: boolean;
  /** Security groups of single pods, and how they are enforced. */
  securityGroupsForPods: "off" | "strict" | "standard";
}

/** Pods in subnets of their own. */
export interface PodSubnets {
  /** Region of the cluster. */
  region: string;
  /** Subnet ids by zone NAME (`ap-southeast-1a`): the label of nodes that picks the ENIConfig holds names, not ids (CNI-02). */
  subnetIds: Readonly<Record<string, string>>;
  /** The one security group of the pods' network interfaces: that of the cluster, which EKS tags as the cluster's. */
  securityGroupId: string;
}

/**
 * The configuration of the vpc-cni add-on.
 *
 * In the add-on's own configuration, because what `kubectl set env` sets is reverted by the add-on's next update (CNI-16). The
 * ENIConfigs too: the add-on makes them, named by zone, before there is a node. Values are strings: the add-on's schema takes no others
 * (CNI-06).
 *
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network.html, the README and the chart `aws-vpc-cni` of
 * https://github.com/aws/amazon-vpc-cni-k8s
 *
 * @param podSubnets null: pods share the nodes' subnets
 */
export function cniConfiguration(args: PodNetworkingArgs, podSubnets: PodSubnets | null) {
  const { externalSnat, prefixDelegation, securityGroupsForPods } = args;
  const podSecurityGroups = securityGroupsForPods !== "off";
  return {
    env: {
      AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: String(podSubnets !== null),
      // Nodes carry no label of the default key, and the CNI would look for an ENIConfig named `default` (CNI-05).
      ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone",
      AWS_VPC_K8S_CNI_EXTERNALSNAT: String(externalSnat),
      ENABLE_PREFIX_DELEGATION: String(prefixDelegation),
      WARM_PREFIX_TARGET: "1",
      ENABLE_POD_ENI: String(podSecurityGroups),
      POD_SECURITY_GROUP_ENFORCING_MODE: podSecurityGroups ? securityGroupsForPods : "strict",
    },
    // The kubelet's probes reach a pod behind a branch interface only without early demultiplexing:
    // https://docs.aws.amazon.com/eks/latest/userguide/security-groups-pods-deployment.html
    ...(securityGroupsForPods === "strict" ? { init: { env: { DISABLE_TCP_EARLY_DEMUX: "true" } } } : {}),
    eniConfig: podSubnets ? eniConfigs(podSubnets) : { create: false },
  };
}

function eniConfigs({ region, subnetIds, securityGroupId }: PodSubnets) {
  const subnets = Object.entries(subnetIds).map(([zone, id]) => [zone, { id, securityGroups: [securityGroupId] }]);
  return { create: true, region, subnets: Object.fromEntries(subnets) };
}

/**
 * CNI-10: pods that keep their own address need a NAT gateway on their way out.
 *
 * @param nat of the network; undefined when the VPC is somebody else's and its routes are not known
 */
export function podNetworkingProblems(
  { externalSnat }: PodNetworkingArgs,
  nat: "none" | "single" | "perZone" | undefined,
): Problem[] {
  if (!externalSnat || nat !== "none") {
    return [];
  }
  const message = "keeps pods' own addresses outside the VPC, and network.nat is none: nothing there can answer them";
  const fix = "turn it off, or use network.nat perZone";
  return [{ path: "eks.podNetworking.externalSnat", value: true, rule: "CNI-10", message, fix }];
}
