/**
 * The version of each EKS add-on by version of Kubernetes: what a cluster gets unless the config pins another.
 *
 * Compiled on 2026-11-22 from https://docs.aws.amazon.com/eks/latest/userguide/managing-vpc-cni.html,
 * https://docs.aws.amazon.com/eks/latest/userguide/managing-coredns.html,
 * https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html (September 2026) and from answers of the EKS API
 * that public repositories recorded between June and October 2026. The guide's tables lag the API. To see what an account is offered:
 * `aws eks describe-addon-versions --kubernetes-version 1.36 --addon-name coredns`.
 */
import type { KubernetesVersion } from "./versions";

/** In the order in which people read them. */
export const addonNames = [
  "eks-pod-identity-agent",
  "vpc-cni",
  "kube-proxy",
  "coredns",
  "metrics-server",
  "aws-ebs-csi-driver",
  "aws-efs-csi-driver",
  "amazon-cloudwatch-observability",
] as const;

export type AddonName = (typeof addonNames)[number];

export function isAddonName(text: string): text is AddonName {
  return addonNames.some((name) => name === text);
}

export interface KnownVersion {
  /** For example `v1.14.3-eksbuild.23`. */
  version: string;
  /**
   * How it is known: `default` was EKS's default for this version of Kubernetes on the date, `seen` was the newest one seen there, and
   * `elsewhere` was the newest one seen on later versions of Kubernetes only.
   */
  known: "default" | "seen" | "elsewhere";
  /** YYYY-MM, of the evidence. */
  asOf: string;
}

const known = (version: string, how: KnownVersion["known"], asOf: string): KnownVersion => ({
  version,
  known: how,
  asOf,
});

const cni = (how: KnownVersion["known"]) => known("v1.22.4-eksbuild.3", how, "2026-09");
const efs = (how: KnownVersion["known"], asOf: string) => known("v3.4.2-eksbuild.1", how, asOf);

export const addonVersions: Readonly<Record<KubernetesVersion, Readonly<Record<AddonName, KnownVersion>>>> = {
  "1.36": {
    "eks-pod-identity-agent": known("v1.3.10-eksbuild.3", "default", "2026-09"),
    "vpc-cni": cni("default"),
    "kube-proxy": known("v1.36.0-eksbuild.25", "default", "2026-09"),
    coredns: known("v1.14.3-eksbuild.23", "default", "2026-09"),
    "metrics-server": known("v0.9.0-eksbuild.11", "default", "2026-10"),
    "aws-ebs-csi-driver": known("v1.66.0-eksbuild.1", "default", "2026-09"),
    "aws-efs-csi-driver": efs("seen", "2026-10"),
    "amazon-cloudwatch-observability": known("v6.6.0-eksbuild.1", "default", "2026-09"),
  },
  "1.35": {
    "eks-pod-identity-agent": known("v1.3.10-eksbuild.3", "default", "2026-10"),
    "vpc-cni": cni("default"),
    "kube-proxy": known("v1.35.3-eksbuild.29", "default", "2026-10"),
    coredns: known("v1.13.2-eksbuild.31", "default", "2026-10"),
    "metrics-server": known("v0.9.0-eksbuild.11", "seen", "2026-10"),
    "aws-ebs-csi-driver": known("v1.66.0-eksbuild.1", "default", "2026-10"),
    "aws-efs-csi-driver": efs("seen", "2026-09"),
    "amazon-cloudwatch-observability": known("v6.4.0-eksbuild.1", "seen", "2026-08"),
  },
  "1.34": {
    "eks-pod-identity-agent": known("v1.3.10-eksbuild.3", "default", "2026-06"),
    "vpc-cni": cni("default"),
    "kube-proxy": known("v1.34.6-eksbuild.29", "default", "2026-09"),
    coredns: known("v1.12.4-eksbuild.38", "default", "2026-09"),
    "metrics-server": known("v0.9.0-eksbuild.11", "default", "2026-09"),
    "aws-ebs-csi-driver": known("v1.66.0-eksbuild.1", "default", "2026-09"),
    "aws-efs-csi-driver": efs("seen", "2026-09"),
    "amazon-cloudwatch-observability": known("v6.4.0-eksbuild.1", "seen", "2026-08"),
  },
  "1.33": {
    "eks-pod-identity-agent": known("v1.3.10-eksbuild.3", "default", "2026-06"),
    "vpc-cni": cni("seen"),
    "kube-proxy": known("v1.33.10-eksbuild.29", "seen", "2026-09"),
    coredns: known("v1.12.4-eksbuild.38", "seen", "2026-09"),
    "metrics-server": known("v0.8.1-eksbuild.14", "seen", "2026-08"),
    "aws-ebs-csi-driver": known("v1.66.0-eksbuild.1", "seen", "2026-09"),
    "aws-efs-csi-driver": efs("elsewhere", "2026-09"),
    "amazon-cloudwatch-observability": known("v6.4.0-eksbuild.1", "seen", "2026-08"),
  },
};

/**
 * The version of an add-on that a cluster gets.
 *
 * @param pins `eks.addons` of the config: they win
 */
export function addonVersion(
  name: AddonName,
  kubernetes: KubernetesVersion,
  pins: Readonly<Record<string, string>> = {},
): string {
  return pins[name] ?? addonVersions[kubernetes][name].version;
}
