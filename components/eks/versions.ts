/**
 * Kubernetes versions that the platform runs, and until when EKS supports each.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html, read in September 2026. 1.32 is in extended
 * support too; it is left out because no add-on versions are known for it (addon-versions.ts).
 */
export type KubernetesVersion = "1.33" | "1.34" | "1.35" | "1.36";

export interface VersionSupport {
  /** First day on EKS, YYYY-MM-DD. */
  released: string;
  /** Last day of standard support, YYYY-MM-DD. */
  standardUntil: string;
  /** Last day of extended support, which EKS charges for, YYYY-MM-DD. Afterwards EKS upgrades the cluster itself. */
  extendedUntil: string;
}

export const kubernetesVersions: Readonly<Record<KubernetesVersion, VersionSupport>> = {
  "1.36": { released: "2026-06-02", standardUntil: "2027-08-02", extendedUntil: "2028-08-02" },
  "1.35": { released: "2026-01-27", standardUntil: "2027-03-27", extendedUntil: "2028-03-27" },
  "1.34": { released: "2025-10-02", standardUntil: "2026-12-02", extendedUntil: "2027-12-02" },
  "1.33": { released: "2025-05-29", standardUntil: "2026-07-29", extendedUntil: "2027-07-29" },
};

/** The day that the table was made; what follows from it doesn't change with the day that it is used on. */
const TABLE_DATE = "2026-11-22";

export function isKubernetesVersion(text: string): text is KubernetesVersion {
  return Object.hasOwn(kubernetesVersions, text);
}

/**
 * The support that a cluster of this version asks for.
 *
 * `STANDARD` keeps the bill down: EKS upgrades such a cluster by itself when standard support ends. A version that had left
 * standard support on the table's date can only be had with `EXTENDED`. It goes by that date and not by today's, so that a stack
 * whose config did not change never starts to cost more by itself.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/view-upgrade-policy.html
 */
export function supportTypeOf(version: KubernetesVersion): "STANDARD" | "EXTENDED" {
  return kubernetesVersions[version].standardUntil < TABLE_DATE ? "EXTENDED" : "STANDARD";
}

/**
 * What a reader should know of a version on a day; empty when all is well for 60 days more.
 *
 * @param today YYYY-MM-DD
 */
export function supportNotes(version: KubernetesVersion, today: string): string[] {
  const { standardUntil, extendedUntil } = kubernetesVersions[version];
  if (supportTypeOf(version) === "EXTENDED") {
    return [
      `Kubernetes ${version} is in extended support, which EKS charges for, until ${extendedUntil}; afterwards EKS upgrades the cluster by itself.`,
    ];
  }
  if (standardUntil >= daysAfter(today, 60)) {
    return [];
  }
  const ends = standardUntil < today ? "ended" : "ends";
  return [
    `Standard support of Kubernetes ${version} ${ends} on ${standardUntil}: EKS then upgrades the cluster by itself, and this config no longer fits it. Raise eks.version before.`,
  ];
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
