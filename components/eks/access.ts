import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { eksAccessPolicyArn, partitionOf } from "../aws/partition";
import { accessPolicies } from "./access-policies";
import type { PlannedEntry } from "./access-plan";

export interface ClusterAccessArgs {
  clusterName: pulumi.Input<string>;
  region: string;
  /** Who may use the cluster, as planned. */
  entries: PlannedEntry[];
  /** ARN of the role that the platform's own Kubernetes objects are made with: an administrator. */
  deployerArn: pulumi.Input<string>;
}

interface Association {
  name: string;
  policyArn: string;
  accessScope: { type: string; namespaces?: string[] };
}

/**
 * The access entries of a cluster and what they grant.
 *
 * Nodes have none here: EKS makes those of managed node groups itself (IAM-13). A principal made in the same run can be unknown to
 * EKS for some seconds (IAM-15); the AWS provider tries again.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export class ClusterAccess extends pulumi.ComponentResource {
  constructor(name: string, args: ClusterAccessArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:eks:ClusterAccess", name, {}, opts);

    this.grant(`${name}-deployer`, args, args.deployerArn, [
      {
        name: "clusterAdmin",
        policyArn: eksAccessPolicyArn(partitionOf(args.region), accessPolicies.clusterAdmin),
        accessScope: { type: "cluster" },
      },
    ]);
    for (const { name: entry, principalArn, associations } of args.entries) {
      const planned = associations.map(({ policy, policyArn, scope }) => ({
        name: policy,
        policyArn,
        accessScope: scope,
      }));
      this.grant(`${name}-${entry}`, args, principalArn, planned);
    }

    this.registerOutputs({});
  }

  private grant(
    name: string,
    { clusterName }: ClusterAccessArgs,
    principalArn: pulumi.Input<string>,
    associations: Association[],
  ): void {
    const entry = new aws.eks.AccessEntry(name, { clusterName, principalArn, type: "STANDARD" }, { parent: this });
    for (const association of associations) {
      new aws.eks.AccessPolicyAssociation(
        `${name}-${association.name}`,
        {
          clusterName,
          principalArn: entry.principalArn,
          policyArn: association.policyArn,
          accessScope: association.accessScope,
        },
        // Another scope replaces the association under the same id: created before, deleted after, it would be gone.
        { parent: this, dependsOn: [entry], deleteBeforeReplace: true },
      );
    }
  }
}
