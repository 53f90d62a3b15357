/** An `eks:index:Cluster` that exists already, as another component of the plugin receives it. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What a node group needs to know of its cluster; the rest of the output `core` is carried along unread. */
export interface Core {
  cluster: aws.eks.Cluster;
  subnetIds?: string[];
  privateSubnetIds?: string[];
  publicSubnetIds?: string[];
  instanceRoles?: aws.iam.Role[];
}

/** The SDK reads the outputs from the engine; only those named here can be used. */
export class ClusterReference extends pulumi.ComponentResource {
  declare readonly core: pulumi.Output<Core>;
  declare readonly eksCluster: pulumi.Output<aws.eks.Cluster>;

  constructor(name: string, urn: string) {
    super("eks:index:Cluster", name, { core: undefined, eksCluster: undefined }, { urn });
  }
}
