import { eksAccessPolicyArn, parseArn, type Partition, type PartitionId } from "../aws/partition";
import type { Problem } from "../problem/problem";
import { type AccessPolicy, accessPolicies } from "./access-policies";

/** A finer grant, as `eks.access` of the config says it. */
export interface AccessGrant {
  /** ARN of an IAM user or role, of this account or another. */
  principal: string;
  /** Name of the access policy, one of `accessPolicies`. */
  policy: string;
  /** Namespaces that the grant is limited to; null: the whole cluster. */
  namespaces: readonly string[] | null;
}

export interface AccessArgs {
  /** ARNs of the users and roles that administer the cluster. */
  admins: readonly string[];
  access: readonly AccessGrant[];
}

export interface PlannedAssociation {
  policy: AccessPolicy;
  policyArn: string;
  scope: { type: "cluster" } | { type: "namespace"; namespaces: string[] };
}

/** One principal's access entry: EKS takes one for each, and each policy once in it (IAM-08). */
export interface PlannedEntry {
  /** Unique and the same whatever else is granted: `123456789012/role/team/dev`. */
  name: string;
  principalArn: string;
  /** Never empty: an entry without any lets people in and allows them nothing (IAM-17). */
  associations: PlannedAssociation[];
}

export interface AccessPlan {
  /** In the order of the config, administrators first. */
  entries: PlannedEntry[];
  problems: Problem[];
}

/**
 * Plans the access entries of a cluster: type STANDARD, no Kubernetes groups, no user names of their own.
 *
 * The form of each principal, policies' names and duplicates are the config rules' matter; a policy that isn't known is left out.
 * Grants of one policy to one principal become one association: of both one's namespaces, or of the cluster when either is.
 */
export function planAccess({ admins, access }: AccessArgs, partition: Partition | PartitionId): AccessPlan {
  const entries = new Map<string, Map<AccessPolicy, readonly string[] | null>>();
  const grant = (principal: string, policy: AccessPolicy, namespaces: readonly string[] | null) => {
    const policies = entries.get(principal) ?? new Map<AccessPolicy, readonly string[] | null>();
    const earlier = policies.get(policy);
    const both = earlier === undefined ? namespaces : earlier && namespaces && [...earlier, ...namespaces];
    policies.set(policy, both && [...new Set(both)]);
    entries.set(principal, policies);
  };
  for (const admin of admins) {
    grant(admin, "clusterAdmin", null);
  }
  for (const { principal, policy, namespaces } of access) {
    if (Object.hasOwn(accessPolicies, policy)) {
      grant(principal, policy as AccessPolicy, namespaces);
    }
  }
  return {
    entries: [...entries].map(([principalArn, policies]) => ({
      name: entryName(principalArn),
      principalArn,
      associations: [...policies].map(([policy, namespaces]) => ({
        policy,
        policyArn: eksAccessPolicyArn(partition, accessPolicies[policy]),
        scope: namespaces ? { type: "namespace", namespaces: [...namespaces] } : { type: "cluster" },
      })),
    })),
    problems: adminProblems({ admins, access }),
  };
}

/** Account and resource are what tells principals apart: the path too, a user and a role may have one name. */
function entryName(principalArn: string): string {
  const parsed = parseArn(principalArn);
  return parsed ? `${parsed.account}/${parsed.resource}` : principalArn;
}

/**
 * IAM-11: people are let in and none of them administers the cluster.
 *
 * A config that names nobody is no mistake: the platform's own role administers the cluster, and access can be added at any time.
 */
function adminProblems({ admins, access }: AccessArgs): Problem[] {
  const someAdmin = access.some(({ policy, namespaces }) => policy === "clusterAdmin" && namespaces === null);
  if (admins.length > 0 || access.length === 0 || someAdmin) {
    return [];
  }
  const message = "is empty though access is granted to others: nobody of them administers the cluster";
  return [{ path: "eks.admins", value: [...admins], rule: "IAM-11", message, fix: "name at least one user or role" }];
}
