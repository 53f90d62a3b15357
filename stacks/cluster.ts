import * as pulumi from "@pulumi/pulumi";
import { partitionOf } from "../components/aws/partition";
import { platformTags } from "../components/aws/tags";
import { planAccess } from "../components/eks/access-plan";
import { planAddons } from "../components/eks/addon-plan";
import { Addons } from "../components/eks/addons";
import { EksCluster } from "../components/eks/cluster";
import { planNodes } from "../components/eks/node-group-plan";
import { NodeGroups } from "../components/eks/node-groups";
import { cniConfiguration } from "../components/eks/pod-networking";
import { ClusterKey } from "../components/encryption/cluster-key";
import type { LogKey } from "../components/encryption/log-key";
import { VolumeKey } from "../components/encryption/volume-key";
import { type Network, subnetsOf } from "../components/network/network";
import type { PlannedNodeGroup } from "../components/network/node-groups";
import type { NetworkPlan } from "../components/network/types";
import { isProduction } from "./config/rules/cluster";
import type { EksConfig, PlatformConfig } from "./config/schema";

export interface ClusterSurroundings {
  network: Network;
  plan: NetworkPlan;
  /** How many pods the nodes of each group take. */
  nodeGroups: PlannedNodeGroup[];
  accountId: pulumi.Output<string>;
  logKey: LogKey;
  opts: pulumi.ComponentResourceOptions;
}

/**
 * The cluster, in the order that holds it together: the cluster itself, the add-ons that nodes need to become ready (the CNI's
 * configuration above all), the nodes, the add-ons that need nodes.
 */
export function buildCluster(
  config: PlatformConfig,
  eks: EksConfig,
  { network, plan, nodeGroups, accountId, logKey, opts }: ClusterSurroundings,
): EksCluster {
  const { region, environment } = config;
  const tags = platformTags(config);
  const keyArgs = { region, accountId, environment };
  const secretsKey = new ClusterKey("cluster-secrets", keyArgs, opts);
  const volumeKey = new VolumeKey("volumes", keyArgs, opts);
  const privateSubnets = subnetsOf(network, "private");

  const cluster = new EksCluster(
    "eks",
    {
      ...{ environment, region, accountId, version: eks.version, vpcId: network.vpcId },
      privateSubnetIds: privateSubnets.map(({ id }) => id),
      serviceCidr: eks.serviceCidr,
      publicAccessFrom: eks.publicAccessFrom,
      access: planAccess(eks, partitionOf(region)).entries,
      secretsKeyArn: secretsKey.arn,
      logKeyArn: logKey.arn,
      logRetentionDays: eks.logRetentionDays,
      deletionProtection: eks.deletionProtection ?? isProduction(environment),
      securityGroupsForPods: eks.podNetworking.securityGroupsForPods !== "off",
      waitFor: network.ready,
    },
    opts,
  );

  const addons = planAddons({ version: eks.version, region, pins: eks.addons, tags });
  const inCluster = { clusterName: cluster.clusterId, region, volumeKeyArn: volumeKey.arn };
  const pods = subnetsOf(network, "pod");
  const subnetIds = pulumi.all(Object.fromEntries(pods.map(({ zone, id }) => [zone, id])));
  const cni = pulumi
    .all([cluster.securityGroupId, subnetIds])
    .apply(([securityGroupId, ids]) =>
      cniConfiguration(eks.podNetworking, pods.length > 0 ? { region, subnetIds: ids, securityGroupId } : null),
    );
  const beforeNodes = new Addons(
    "node-addons",
    { ...inCluster, addons: addons.beforeNodes, configurations: { "vpc-cni": cni }, waitFor: [] },
    opts,
  );
  const nodes = new NodeGroups(
    "nodes",
    {
      ...{ cluster, region, tags, version: eks.version, volumeKeyArn: volumeKey.arn },
      groups: planNodes(eks.nodeGroups, plan.zones, nodeGroups).groups,
      subnets: privateSubnets,
      podNetworking: { ownSubnets: pods.length > 0, prefixDelegation: eks.podNetworking.prefixDelegation },
      waitFor: [beforeNodes],
    },
    opts,
  );
  new Addons("addons", { ...inCluster, addons: addons.afterNodes, waitFor: Object.values(nodes.groups) }, opts);
  return cluster;
}
