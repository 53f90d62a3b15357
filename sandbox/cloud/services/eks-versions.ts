/**
 * What EKS offers: Kubernetes versions, node releases, add-on versions.
 *
 * Sources, read 2026-11-22: EKS user guide, Kubernetes versions and add-on version tables (text of September 2026), and builds that
 * public repositories recorded from the API between June and October 2026. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
 */

export interface KubernetesVersion {
  /** Release of the control plane's platform. */
  platform: string;
  /** Newest node release: Kubernetes patch and date of the image. The dates are made up, the form is AWS's. */
  nodeRelease: string;
}

/** Standard and extended support, oldest first. */
export const kubernetesVersions: Record<string, KubernetesVersion> = {
  "1.33": { platform: "eks.30", nodeRelease: "1.33.10-20261101" },
  "1.34": { platform: "eks.24", nodeRelease: "1.34.6-20261101" },
  "1.35": { platform: "eks.16", nodeRelease: "1.35.3-20261101" },
  "1.36": { platform: "eks.9", nodeRelease: "1.36.0-20261101" },
};

/** What a cluster gets that names no version: which one that is changes with time, and AWS does not say when. */
export const DEFAULT_VERSION = "1.36";

export interface AddonOffer {
  /** The namespace where its Pods and service accounts are. */
  namespace: string;
  /** A Deployment: without a node it stays DEGRADED. A DaemonSet with no node has nothing to do and is ACTIVE. */
  needsNodes: boolean;
  /** By Kubernetes version: what the API calls the default, and the newest build. */
  versions: Record<string, [byDefault: string, newest: string]>;
}

const everywhere = (byDefault: string, newest: string): AddonOffer["versions"] =>
  Object.fromEntries(Object.keys(kubernetesVersions).map((version) => [version, [byDefault, newest]]));

export const addons: Record<string, AddonOffer> = {
  "vpc-cni": {
    ...{ namespace: "kube-system", needsNodes: false },
    versions: {
      "1.33": ["v1.22.4-eksbuild.3", "v1.23.1-eksbuild.1"],
      "1.34": ["v1.22.4-eksbuild.3", "v1.23.1-eksbuild.1"],
      "1.35": ["v1.22.4-eksbuild.3", "v1.23.2-eksbuild.1"],
      "1.36": ["v1.22.4-eksbuild.3", "v1.23.2-eksbuild.1"],
    },
  },
  coredns: {
    ...{ namespace: "kube-system", needsNodes: true },
    versions: {
      "1.33": ["v1.12.4-eksbuild.38", "v1.12.4-eksbuild.38"],
      "1.34": ["v1.12.4-eksbuild.38", "v1.13.2-eksbuild.24"],
      "1.35": ["v1.13.2-eksbuild.31", "v1.14.6-eksbuild.4"],
      "1.36": ["v1.14.3-eksbuild.23", "v1.14.7-eksbuild.11"],
    },
  },
  "kube-proxy": {
    ...{ namespace: "kube-system", needsNodes: false },
    versions: {
      "1.33": ["v1.33.10-eksbuild.29", "v1.33.10-eksbuild.29"],
      "1.34": ["v1.34.6-eksbuild.29", "v1.34.6-eksbuild.29"],
      "1.35": ["v1.35.3-eksbuild.29", "v1.35.3-eksbuild.29"],
      "1.36": ["v1.36.0-eksbuild.25", "v1.36.0-eksbuild.45"],
    },
  },
  "eks-pod-identity-agent": {
    ...{ namespace: "kube-system", needsNodes: false },
    versions: {
      "1.33": ["v1.3.10-eksbuild.3", "v1.4.0-eksbuild.1"],
      "1.34": ["v1.3.10-eksbuild.3", "v1.4.0-eksbuild.2"],
      "1.35": ["v1.3.10-eksbuild.3", "v1.4.0-eksbuild.3"],
      "1.36": ["v1.3.10-eksbuild.3", "v1.4.0-eksbuild.3"],
    },
  },
  "aws-ebs-csi-driver": {
    ...{ namespace: "kube-system", needsNodes: true },
    versions: everywhere("v1.66.0-eksbuild.1", "v1.66.0-eksbuild.1"),
  },
  "aws-efs-csi-driver": {
    ...{ namespace: "kube-system", needsNodes: true },
    versions: everywhere("v3.4.2-eksbuild.1", "v3.4.2-eksbuild.1"),
  },
  "metrics-server": {
    ...{ namespace: "kube-system", needsNodes: true },
    versions: everywhere("v0.9.0-eksbuild.11", "v0.9.0-eksbuild.11"),
  },
  "amazon-cloudwatch-observability": {
    ...{ namespace: "amazon-cloudwatch", needsNodes: true },
    versions: {
      "1.33": ["v6.4.0-eksbuild.1", "v6.4.0-eksbuild.1"],
      "1.34": ["v6.4.0-eksbuild.1", "v6.4.0-eksbuild.1"],
      "1.35": ["v6.4.0-eksbuild.1", "v6.4.0-eksbuild.1"],
      "1.36": ["v6.6.0-eksbuild.1", "v6.7.0-eksbuild.1"],
    },
  },
};

/** `1.36` is 36. NaN for a text that is no version. */
export function minorOf(version: unknown): number {
  return Number(/^1\.(\d+)$/.exec(String(version))?.[1]);
}

/**
 * Whether an add-on's version can be had on a Kubernetes version. The API knows hundreds of builds, the table only the newest: anything up to
 * it is taken as offered, back to the oldest minor release in the table (kube-proxy: back to three minors behind the control plane).
 */
export function isOffered(addonName: string, version: string, kubernetesVersion: string): boolean {
  const offer = addons[addonName];
  const newest = offer?.versions[kubernetesVersion]?.[1];
  const wanted = partsOf(version);
  const most = newest && partsOf(newest);
  if (!offer || !wanted || !most) return false;
  const oldest = Object.values(offer.versions)
    .flatMap((pair) => pair.map(partsOf))
    .flatMap((parts) => (parts ? [parts] : []))
    .sort(compare)[0];
  const least = addonName === "kube-proxy" ? [1, most[1] - 3, 0, 0] : [...(oldest ?? most).slice(0, 2), 0, 0];
  return compare(wanted, most) <= 0 && compare(wanted, least) >= 0;
}

type Parts = [major: number, minor: number, patch: number, build: number];

function partsOf(version: string): Parts | undefined {
  const match = /^v(\d+)\.(\d+)\.(\d+)-eksbuild\.(\d+)$/.exec(version);
  return match ? (match.slice(1).map(Number) as Parts) : undefined;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
