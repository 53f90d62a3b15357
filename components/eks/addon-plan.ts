/**
 * Which add-ons a cluster gets, with which rights and settings.
 *
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/retreive-iam-info.html (Pod Identity and policies by add-on),
 * https://docs.aws.amazon.com/eks/latest/userguide/workloads-add-ons-available-eks.html
 */
import { type AddonName, addonVersion } from "./addon-versions";
import type { KubernetesVersion } from "./versions";

/** The add-ons of every cluster. The CloudWatch one is not among them: it is installed by who observes the cluster. */
export type ClusterAddon = Exclude<AddonName, "amazon-cloudwatch-observability">;

/** What an add-on's pods may do in AWS: through EKS Pod Identity, by a role of their own. */
export interface AddonRights {
  namespace: string;
  serviceAccount: string;
  /** Names of AWS managed policies, with their path. */
  managedPolicies: readonly string[];
}

export interface PlannedAddon {
  name: ClusterAddon;
  version: string;
  /** null: it needs no rights in AWS. */
  rights: AddonRights | null;
  /** As its schema takes it; null: its defaults. The vpc-cni add-on's holds ids and is made where they are known. */
  configuration: Readonly<Record<string, unknown>> | null;
}

export interface AddonPlan {
  /** What nodes need from their first moment. All of them are DaemonSets: active without any node. In the order of installation. */
  beforeNodes: PlannedAddon[];
  /** What runs as a Deployment: degraded, and after a while failed, as long as there is no node. */
  afterNodes: PlannedAddon[];
}

export interface AddonArgs {
  version: KubernetesVersion;
  /** Region of the cluster. */
  region: string;
  /** `eks.addons` of the config: versions that win over the table's. */
  pins: Readonly<Record<string, string>>;
  /** Tags of the volumes that the EBS driver makes: AWS's default tags of the program don't reach those. */
  tags: Readonly<Record<string, string>>;
}

const order: { beforeNodes: readonly ClusterAddon[]; afterNodes: readonly ClusterAddon[] } = {
  // The agent gives the CNI its credentials, so it is there first.
  beforeNodes: ["eks-pod-identity-agent", "vpc-cni", "kube-proxy"],
  afterNodes: ["coredns", "metrics-server", "aws-ebs-csi-driver", "aws-efs-csi-driver"],
};

const rights: Readonly<Partial<Record<ClusterAddon, AddonRights>>> = {
  "vpc-cni": {
    namespace: "kube-system",
    serviceAccount: "aws-node",
    managedPolicies: ["AmazonEKS_CNI_Policy"],
  },
  "aws-ebs-csi-driver": {
    namespace: "kube-system",
    serviceAccount: "ebs-csi-controller-sa",
    managedPolicies: ["service-role/AmazonEBSCSIDriverPolicy"],
  },
  "aws-efs-csi-driver": {
    namespace: "kube-system",
    serviceAccount: "efs-csi-controller-sa",
    managedPolicies: ["service-role/AmazonEFSCSIDriverPolicy"],
  },
};

export function planAddons(args: AddonArgs): AddonPlan {
  const planned = (names: readonly ClusterAddon[]) =>
    names.map((name) => ({
      name,
      version: addonVersion(name, args.version, args.pins),
      rights: rights[name] ?? null,
      configuration: configurationOf(name, args),
    }));
  return { beforeNodes: planned(order.beforeNodes), afterNodes: planned(order.afterNodes) };
}

function configurationOf(name: ClusterAddon, { region, tags }: AddonArgs): PlannedAddon["configuration"] {
  // The region by name, because pods can't ask the instance metadata for it: its hop limit is 1.
  return name === "aws-ebs-csi-driver" ? { controller: { region, extraVolumeTags: { ...tags } } } : null;
}
