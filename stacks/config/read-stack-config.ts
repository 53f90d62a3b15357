import * as pulumi from "@pulumi/pulumi";
import { createColors } from "picocolors";
import type { PlannedNodeGroup } from "../../components/network/node-groups";
import type { NetworkPlan } from "../../components/network/types";
import { checkPlatform } from "./check";
import { formatProblems } from "./format";
import { secretProblem } from "./parse";
import { type PlatformConfig, project } from "./schema";
import type { ServicePlan } from "./service-plan";

/** What the program builds from. */
export interface StackConfig {
  /** Every default filled in. */
  config: PlatformConfig;
  /** Every address of the network. */
  plan: NetworkPlan;
  nodeGroups: PlannedNodeGroup[];
  services: ServicePlan[];
}

/**
 * The running stack's config, by the same check as `check-config`.
 *
 * @throws pulumi.RunError with every problem, which Pulumi shows without a stack trace
 */
export function readStackConfig(): StackConfig {
  const stack = pulumi.getStack();
  const raw = pulumi.runtime.allConfig();
  // The program sees secrets decrypted: what the file's check refuses must not pass here.
  const secrets = Object.keys(raw).filter((key) => key.startsWith(`${project}:`) && isConfigSecret(key));
  const { config, plan, problems } = checkPlatform(raw, { stack });
  const all = [...secrets.map((key) => secretProblem([key.slice(project.length + 1)])), ...problems];
  if (!config || !plan.network || all.length > 0) {
    throw new pulumi.RunError(formatProblems(`Pulumi.${stack}.yaml`, all, createColors(false)));
  }
  return { config, plan: plan.network, nodeGroups: plan.nodeGroups, services: plan.services };
}

/** The SDK exports this function and leaves it out of its types. */
function isConfigSecret(key: string): boolean {
  const runtime = pulumi.runtime as unknown as { isConfigSecret(key: string): boolean };
  return runtime.isConfigSecret(key);
}
