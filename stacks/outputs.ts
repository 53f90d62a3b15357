import type * as pulumi from "@pulumi/pulumi";
import { subnetsOf } from "../components/network/network";
import type { SubnetClass } from "../components/network/types";
import type { Platform } from "./platform";

/** The stack's outputs: what other stacks and people need, and nothing that only this program uses. */
export interface StackOutputs {
  /** `vpc-…` of the platform's VPC. */
  vpcId: pulumi.Output<string>;
  /** Every IPv4 block of the VPC, the primary one first. */
  vpcCidrs: string[];
  /** Subnet ids by class and zone: `subnetIds.private["eu-west-1a"]`. */
  subnetIds: Record<SubnetClass, Record<string, pulumi.Output<string>>>;
  /** Public addresses that the platform's traffic comes from, for allow-lists elsewhere; empty without NAT gateways. */
  natAddresses: pulumi.Output<string[]>;
  /** CloudWatch log group with the VPC's flow logs; absent for a VPC that somebody else keeps. */
  flowLogGroup?: pulumi.Output<string>;
  /** For `aws eks update-kubeconfig --name`; absent without a cluster. */
  clusterName?: pulumi.Output<string>;
  /** Where the Kubernetes API answers: inside the VPC, and to `eks.publicAccessFrom`. */
  clusterEndpoint?: pulumi.Output<string>;
}

export function describePlatform({ network, flowLogGroup, cluster }: Platform): StackOutputs {
  const ids = (subnetClass: SubnetClass) =>
    Object.fromEntries(subnetsOf(network, subnetClass).map(({ zone, id }) => [zone, id]));
  return {
    vpcId: network.vpcId,
    vpcCidrs: network.cidrs,
    subnetIds: { public: ids("public"), private: ids("private"), loadBalancer: ids("loadBalancer"), pod: ids("pod") },
    natAddresses: network.natAddresses,
    ...(flowLogGroup ? { flowLogGroup } : {}),
    ...(cluster ? { clusterName: cluster.clusterId, clusterEndpoint: cluster.endpoint } : {}),
  };
}
