import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn, partitionOf } from "../aws/partition";
import type { AddonRights, ClusterAddon, PlannedAddon } from "./addon-plan";
import { PodRole } from "./pod-role";

export interface AddonsArgs {
  clusterName: pulumi.Input<string>;
  region: string;
  /** One stage of the plan, in the order of installation. */
  addons: PlannedAddon[];
  /** Configurations that hold ids, by add-on; they win over the planned ones. */
  configurations?: Partial<Record<ClusterAddon, pulumi.Input<object>>>;
  /** ARN of the key that volumes of the EBS driver may be encrypted with. */
  volumeKeyArn: pulumi.Input<string>;
  /** What must be there before the add-ons: for those that run as Deployments, the nodes. */
  waitFor: pulumi.Resource[];
}

/**
 * Add-ons of a cluster, each with a role of its own as far as it needs one.
 *
 * Whatever else has changed their settings is overwritten: the config is what counts. Waiting for the component means waiting
 * until every add-on is active.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html
 */
export class Addons extends pulumi.ComponentResource {
  constructor(name: string, args: AddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:eks:Addons", name, {}, opts);

    let agent: pulumi.Resource[] = [];
    for (const planned of args.addons) {
      const role = planned.rights && this.createRole(name, args, planned.name, planned.rights);
      const addon = this.install(name, args, planned, role, agent);
      if (planned.name === "eks-pod-identity-agent") {
        agent = [addon];
      }
    }

    this.registerOutputs({});
  }

  private createRole(name: string, args: AddonsArgs, addon: ClusterAddon, rights: AddonRights): PodRole {
    const partition = partitionOf(args.region);
    const lastPart = (policy: string) => policy.slice(policy.lastIndexOf("/") + 1);
    return new PodRole(
      `${name}-${addon}`,
      {
        description: `EKS add-on ${addon}`,
        region: args.region,
        clusterName: args.clusterName,
        namespace: rights.namespace,
        serviceAccount: rights.serviceAccount,
        managedPolicyArns: Object.fromEntries(
          rights.managedPolicies.map((policy) => [lastPart(policy), managedPolicyArn(partition, policy)]),
        ),
        ...(addon === "aws-ebs-csi-driver" ? { policy: useOfKey(args.volumeKeyArn) } : {}),
      },
      { parent: this },
    );
  }

  private install(
    name: string,
    args: AddonsArgs,
    planned: PlannedAddon,
    role: PodRole | null,
    agent: pulumi.Resource[],
  ): aws.eks.Addon {
    const configuration = args.configurations?.[planned.name] ?? planned.configuration;
    return new aws.eks.Addon(
      `${name}-${planned.name}`,
      {
        clusterName: args.clusterName,
        addonName: planned.name,
        addonVersion: planned.version,
        ...(configuration ? { configurationValues: pulumi.jsonStringify(configuration) } : {}),
        ...(role && planned.rights
          ? { podIdentityAssociations: [{ roleArn: role.arn, serviceAccount: planned.rights.serviceAccount }] }
          : {}),
        resolveConflictsOnCreate: "OVERWRITE",
        resolveConflictsOnUpdate: "OVERWRITE",
      },
      { parent: this, dependsOn: [...args.waitFor, ...(role ? [...role.ready, ...agent] : [])] },
    );
  }
}

/** https://docs.aws.amazon.com/eks/latest/userguide/ebs-csi.html ("custom KMS key") */
function useOfKey(keyArn: pulumi.Input<string>): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"],
        Resource: keyArn,
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
      {
        Effect: "Allow",
        Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
        Resource: keyArn,
      },
    ],
  });
}
