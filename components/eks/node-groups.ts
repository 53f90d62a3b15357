import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn, partitionOf } from "../aws/partition";
import type { EksCluster } from "./cluster";
import { nodeConfigUserData } from "./node-config";
import type { PlannedNodes } from "./node-group-plan";
import { ServiceRole } from "./service-role";
import type { KubernetesVersion } from "./versions";

export interface NodeGroupsArgs {
  cluster: Pick<EksCluster, "cluster" | "clusterName" | "clusterId">;
  /** Version of Kubernetes: the cluster's (NG-10). Another one rolls the nodes, after the control plane and the add-ons before them. */
  version: KubernetesVersion;
  region: string;
  groups: PlannedNodes[];
  /** Private subnets that nodes may run in, with the zone of each. */
  subnets: { zone: string; id: pulumi.Input<string> }[];
  /** Where pods get their addresses. A change rolls the nodes: they keep what they started with. */
  podNetworking: { ownSubnets: boolean; prefixDelegation: boolean };
  /** ARN of the customer managed key of the nodes' volumes. */
  volumeKeyArn: pulumi.Input<string>;
  /** Tags of instances, volumes and network interfaces: a node group's own tags don't reach those. */
  tags: Record<string, string>;
  /**
   * What must be there before any node: the vpc-cni add-on with its ENIConfigs above all. Nodes that come earlier keep a wrong
   * number of pods (CNI-07).
   */
  waitFor: pulumi.Resource[];
}

/** Nodes that an update may take away at once, in percent: a third, as many as one of three zones has. */
const UPDATE_PERCENT = 33;

/**
 * Managed node groups with Amazon Linux 2023, each from a launch template of its own.
 *
 * Names are generated: a change that replaces a group (instance types, capacity, zones) makes the new one before it deletes the
 * old one, which EKS drains (NG-07). Everything in the launch template, the disk too, is a new version of it: the group rolls.
 *
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html,
 * https://docs.aws.amazon.com/eks/latest/userguide/node-health.html
 */
export class NodeGroups extends pulumi.ComponentResource {
  /** By the group's name in the config. Waiting for one means waiting until its nodes are ready. */
  readonly groups: Record<string, eks.ManagedNodeGroup>;
  /** The role of every node. */
  readonly roleArn: pulumi.Output<string>;

  constructor(name: string, args: NodeGroupsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:eks:NodeGroups", name, {}, opts);

    const role = this.createRole(name, args.region);
    this.roleArn = role.arn;
    this.groups = Object.fromEntries(
      args.groups.map((group) => [group.name, this.createGroup(name, args, group, role)]),
    );

    this.registerOutputs({ roleArn: this.roleArn });
  }

  /** No right of the CNI, which has a role of its own. The worker policy has what the Pod Identity agent needs. */
  private createRole(name: string, region: string): ServiceRole {
    const policies = ["AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly"];
    return new ServiceRole(
      name,
      {
        description: "Nodes of the container platform",
        service: "ec2",
        region,
        managedPolicyArns: Object.fromEntries(
          policies.map((policy) => [policy, managedPolicyArn(partitionOf(region), policy)]),
        ),
      },
      { parent: this },
    );
  }

  private createGroup(
    name: string,
    args: NodeGroupsArgs,
    group: PlannedNodes,
    role: ServiceRole,
  ): eks.ManagedNodeGroup {
    const childName = `${name}-${group.name}`;
    const template = this.createTemplate(childName, args, group);
    return new eks.ManagedNodeGroup(
      childName,
      {
        cluster: args.cluster.cluster,
        // The plugin would take it from all of the cluster's outputs: one of them unknown, a new subnet's id say, and a preview
        // would show every group replaced.
        clusterName: args.cluster.clusterId,
        version: args.version,
        nodeRoleArn: role.arn,
        subnetIds: args.subnets.filter(({ zone }) => group.zones.includes(zone)).map(({ id }) => id),
        amiType: group.amiType,
        instanceTypes: group.instanceTypes,
        capacityType: group.capacityType,
        scalingConfig: group.scaling,
        ignoreScalingChanges: group.ignoreDesiredSize,
        labels: group.labels,
        taints: group.taints,
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
      },
      { parent: this, dependsOn: [...role.ready, ...args.waitFor], transforms: [updateAndRepair] },
    );
  }

  /**
   * Without instance type, image, subnets, instance profile or security groups: those are the node group's (NG-03, NG-15), and
   * EKS gives the nodes the cluster's security group.
   */
  private createTemplate(name: string, args: NodeGroupsArgs, group: PlannedNodes): aws.ec2.LaunchTemplate {
    const { maxPods, maxPodsBelowComputed: belowComputed } = group;
    const tags = { ...args.tags, Name: `${args.cluster.clusterName}-${group.name}` };
    return new aws.ec2.LaunchTemplate(
      name,
      {
        description: `Nodes of ${group.name}`,
        updateDefaultVersion: true,
        // A hop limit of 1 keeps pods away from the node's credentials; they have Pod Identity.
        metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
        blockDeviceMappings: [
          {
            // The root volume of Amazon Linux 2023. gp3 without further numbers: 3,000 IOPS and 125 MiB/s at any size.
            deviceName: "/dev/xvda",
            ebs: {
              volumeType: "gp3",
              volumeSize: group.diskGiB,
              encrypted: "true",
              kmsKeyId: args.volumeKeyArn,
              deleteOnTermination: "true",
            },
          },
        ],
        monitoring: { enabled: true },
        userData: Buffer.from(nodeConfigUserData({ maxPods, belowComputed, ...args.podNetworking })).toString("base64"),
        tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({ resourceType, tags })),
      },
      { parent: this },
    );
  }
}

/** The plugin has no arguments for these two. */
const updateAndRepair: pulumi.ResourceTransform = ({ type, props, opts }) =>
  type === "aws:eks/nodeGroup:NodeGroup"
    ? {
        props: {
          ...props,
          updateConfig: { maxUnavailablePercentage: UPDATE_PERCENT },
          nodeRepairConfig: { enabled: true },
        },
        opts,
      }
    : undefined;
