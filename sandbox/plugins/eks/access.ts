/** Access entries and their policies, as `eks.Cluster` registers them. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { ClusterArguments } from "./arguments";
import { refuseUnknown } from "./arguments";
import type { Child } from "./cluster";

/** One entry for each key, its policies below it. The `type` is passed on as given: AWS's default is STANDARD. */
export function createAccessEntries(
  component: string,
  cluster: aws.eks.Cluster,
  entries: ClusterArguments["accessEntries"],
  child: Child,
): aws.eks.AccessEntry[] {
  return Object.entries(entries ?? {}).map(([key, entry]) => {
    const name = `${component}-${key}`;
    refuseUnknown(`accessEntries.${key}`, entry, [
      "accessPolicies",
      "kubernetesGroups",
      "principalArn",
      "tags",
      "type",
      "username",
    ]);
    const { principalArn, type, kubernetesGroups, tags, username } = entry;
    const made = new aws.eks.AccessEntry(
      name,
      { clusterName: cluster.name, principalArn, type, kubernetesGroups, tags, userName: username },
      { ...child, dependsOn: [cluster] },
    );
    for (const [policyKey, given] of Object.entries(entry.accessPolicies ?? {})) {
      const policy = pulumi.output(given);
      new aws.eks.AccessPolicyAssociation(
        `${name}-${policyKey}`,
        { clusterName: cluster.name, principalArn, policyArn: policy.policyArn, accessScope: policy.accessScope },
        { ...child, parent: made, dependsOn: [made] },
      );
    }
    return made;
  });
}
