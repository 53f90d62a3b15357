import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Project } from "./project";

/** A resource as Pulumi's state has it: https://www.pulumi.com/docs/iac/concepts/state-and-backends/ */
export interface StateResource {
  urn: string;
  type: string;
  custom: boolean;
  id?: string;
  parent?: string;
  provider?: string;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[]>;
  deletedWith?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  /** Waits for its deletion, after a replacement. */
  delete?: boolean;
  /** Was deleted to be created anew. */
  pendingReplacement?: boolean;
  created?: string;
  modified?: string;
}

/** What the engine had begun when it was ended. */
export interface PendingOperation {
  resource: StateResource;
  type: "creating" | "updating" | "deleting" | "reading" | "importing";
}

export interface Deployment {
  resources?: StateResource[];
  pending_operations?: PendingOperation[];
  [key: string]: unknown;
}

/** What `pulumi stack export` writes. */
export interface ExportedState {
  version: number;
  deployment: Deployment;
}

/** Where the engine's file backend keeps a stack. */
export function checkpointPath({ backend, name, stack }: Project): string {
  return join(backend, ".pulumi", "stacks", name, `${stack}.json`);
}

/**
 * Looks at a stack's state without asking the engine, which takes a second: undefined when there is no such stack.
 *
 * To look only; whatever changes the state goes through the engine.
 */
export function glanceAtState(project: Project): Deployment | undefined {
  const path = checkpointPath(project);
  if (!existsSync(path)) return undefined;
  const { checkpoint } = JSON.parse(readFileSync(path, "utf8")) as { checkpoint?: { latest?: Deployment } };
  return checkpoint?.latest ?? {};
}

/** The resources that a person would count: neither a default provider nor what only waits for its deletion. */
export function countable(deployment: Deployment | undefined): StateResource[] {
  return (deployment?.resources ?? []).filter(
    ({ type, urn, delete: waits }) => !waits && !(type.startsWith("pulumi:providers:") && /::default(_|$)/.test(urn)),
  );
}

/**
 * Takes the engine's own backup where the checkpoint itself was being written when the engine was killed.
 *
 * What came to be since that backup is in the cloud: recovery finds it there.
 *
 * @returns whether it did; false when the checkpoint is whole, or there is nothing to take.
 */
export function restoreCheckpoint(project: Project): boolean {
  const path = checkpointPath(project);
  const backup = `${path}.bak`;
  if (!existsSync(path) || isWhole(path) || !existsSync(backup) || !isWhole(backup)) return false;
  copyFileSync(backup, path);
  return true;
}

function isWhole(path: string): boolean {
  try {
    return typeof JSON.parse(readFileSync(path, "utf8")) === "object";
  } catch {
    return false;
  }
}
