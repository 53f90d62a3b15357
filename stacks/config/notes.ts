import { isKnownRegion } from "../../components/aws/regions";
import type { Partition } from "../../components/aws/partition";
import { planAccess } from "../../components/eks/access-plan";
import { isProduction } from "./rules/cluster";
import { kubernetesVersions } from "./schema/eks";
import type { PlatformConfig } from "./schema";

/** What a reader of the plan should know: nothing of it is wrong. */
export function notesOn(config: PlatformConfig, partition: Partition): string[] {
  const { eks, environment, region } = config;
  const notes: string[] = [];
  if (!isKnownRegion(region)) {
    notes.push(
      `aws:region ${region} is not in the table of regions (taken for partition ${partition.id}); its zones are a guess.`,
    );
  }
  if (eks?.publicAccessFrom.length === 0) {
    notes.push(
      "The cluster's endpoint is private: kubectl, and `pulumi up` of what runs in the cluster, work from inside the VPC or a " +
        "connected network only.",
    );
  }
  for (const { message } of eks ? planAccess(eks, partition).problems : []) {
    notes.push(`eks.admins ${message} (IAM-11).`);
  }
  if (eks?.publicAccessFrom.includes("0.0.0.0/0") && !isProduction(environment)) {
    notes.push("The cluster's endpoint is open to the internet.");
  }
  if (eks && kubernetesVersions.extended.some((version) => version === eks.version)) {
    notes.push(`Kubernetes ${eks.version} is in extended support, which EKS charges for.`);
  }
  return notes;
}
