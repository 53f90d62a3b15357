/**
 * `eks:index:ManagedNodeGroup` as the real plugin builds it: one node group under the component's own name.
 *
 * Peculiar on purpose, since the real one is: with a launch template it names no Kubernetes version of its own, without one it takes the cluster's;
 * sizes that are not given become 1, 2 and 2; the arguments `updateConfig` and `nodeRepairConfig` do not exist.
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ClusterReference, type Core } from "./cluster-reference";
import { ownArguments, type NodeGroupArguments } from "./node-group-arguments";
import { inside } from "./release";

export class ManagedNodeGroup extends pulumi.ComponentResource {
  readonly results: pulumi.Inputs;

  constructor(name: string, args: NodeGroupArguments, opts: pulumi.ComponentResourceOptions) {
    super("eks:index:ManagedNodeGroup", name, {}, opts);
    // An instance of ClusterReference when the program passed the cluster, plain data when it passed `cluster.core`.
    const given = args.cluster as unknown as pulumi.Input<ClusterReference | Core>;
    const core = pulumi
      .output(given)
      .apply((cluster) => (cluster instanceof ClusterReference ? cluster.core : cluster)) as pulumi.Output<Core>;

    const nodeGroup = new aws.eks.NodeGroup(
      name,
      {
        ...Object.fromEntries(ownArguments.map((key) => [key, args[key]])),
        clusterName: args.clusterName ?? core.cluster.name,
        nodeRoleArn: args.nodeRoleArn ?? roleArnOf(args.nodeRole),
        scalingConfig: pulumi.output(args.scalingConfig).apply((sizes) => ({
          desiredSize: sizes?.desiredSize ?? 2,
          minSize: sizes?.minSize ?? 1,
          maxSize: sizes?.maxSize ?? 2,
        })),
        subnetIds: args.subnetIds ? pulumi.output(args.subnetIds) : core.apply(subnetIdsOf),
        version: args.version ?? (args.launchTemplate ? undefined : core.cluster.version),
      },
      {
        parent: this,
        version: inside.aws,
        ...(args.ignoreScalingChanges ? { ignoreChanges: ["scalingConfig.desiredSize"] } : {}),
      },
    );
    this.results = { nodeGroup, placementGroupName: "" };
    this.registerOutputs(this.results);
  }
}

function roleArnOf(role: NodeGroupArguments["nodeRole"]): pulumi.Output<string> {
  // One of the two arguments is there: readNodeGroupArguments.
  return pulumi.output(role as pulumi.Input<aws.iam.Role>).apply(({ arn }) => arn);
}

function subnetIdsOf({ subnetIds, privateSubnetIds, publicSubnetIds }: Core): string[] {
  return subnetIds ?? privateSubnetIds ?? publicSubnetIds ?? [];
}
