/**
 * What an access entry may grant: EKS's own policies for use inside a cluster, which are no IAM policies.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html, 2026-11.
 */
export const accessPolicies = {
  /** Everything in the cluster: Kubernetes' `cluster-admin`. */
  clusterAdmin: "AmazonEKSClusterAdminPolicy",
  /** Nearly everything within namespaces, roles and role bindings too. */
  admin: "AmazonEKSAdminPolicy",
  /** Reading and writing most objects, secrets too; no roles. */
  edit: "AmazonEKSEditPolicy",
  /** Reading most objects, no secrets. */
  view: "AmazonEKSViewPolicy",
  /** Reading every object, secrets too. */
  adminView: "AmazonEKSAdminViewPolicy",
} as const;

/** The config's name of an access policy. */
export type AccessPolicy = keyof typeof accessPolicies;

export function isAccessPolicy(name: string): name is AccessPolicy {
  return Object.hasOwn(accessPolicies, name);
}
