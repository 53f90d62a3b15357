import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStore, type CloudRecord } from "../cloud/store";
import { startedAt, type ProcessRecord } from "../setup/processes.mjs";
import { RUN_VARIABLE } from "./engine-command";
import type { Project } from "./project";
import { mend } from "./mend";
import { checkpointPath, glanceAtState, type ExportedState } from "./state";

/** What a run writes into its lock, so that the next run can clean up after it. */
export interface RunNote {
  run: string;
  /** Processes that it started and that may outlive it. */
  children?: (ProcessRecord & { what: string })[];
}

/**
 * How the last operation ended: `well`; `failed`, with an error that the engine lived to tell; `broken`, when the engine,
 * the cloud or the sandbox itself was gone before the end, or still is at work.
 */
export type Ending = "well" | "failed" | "broken";

interface LastEnd {
  ended: Ending;
  /** Ids of objects that stayed in the cloud on purpose (`retainOnDelete`): no later recovery takes them for lost. */
  leftBehind: string[];
}

/** The engine's own means, as recovery needs them. */
export interface RecoveryMeans {
  /** `pulumi cancel --yes`: releases a lock whose holder is gone. */
  cancel(): Promise<unknown>;
  exportState(file: string): Promise<unknown>;
  importState(file: string): Promise<unknown>;
  refresh(): Promise<unknown>;
}

/**
 * Ends what a dead run left running: every process that carries the run's mark, or is the very one that the run wrote down.
 *
 * @returns what it ended, for people.
 */
export async function endLeftovers(abandoned: RunNote): Promise<string[]> {
  const left = new Map<number, string>();
  for (const { pid, started, what } of abandoned.children ?? []) {
    if (started !== undefined && startedAt(pid) === started) left.set(pid, what);
  }
  for (const pid of marked(abandoned.run)) if (!left.has(pid)) left.set(pid, "helper process");
  for (const pid of left.keys()) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // Gone by itself.
    }
  }
  const deadline = Date.now() + 5000;
  while ([...left.keys()].some((pid) => startedAt(pid)) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return [...left].map(([pid, what]) => `ended ${what} (pid ${pid}) of a run that was killed`);
}

/** Processes whose environment carries the run's mark; Linux only, elsewhere the list of children must do. */
function marked(run: string): number[] {
  if (process.platform !== "linux") return [];
  const mark = `${RUN_VARIABLE}=${run}`;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(mark);
      } catch {
        return false;
      }
    })
    .map(Number);
}

/**
 * Brings state and cloud together again after an operation that did not end well: releases the engine's lock, settles
 * what it had begun, takes over what came to be without its knowledge, and refreshes.
 *
 * @param crashed whether the run before was killed.
 * @returns what it did, for people; empty when there was nothing to do.
 */
export async function recover(project: Project, crashed: boolean, means: RecoveryMeans): Promise<string[]> {
  const { ended, leftBehind } = readLastEnd(project);
  const state = glanceAtState(project);
  if (!state) return [];
  const did: string[] = [];
  if (hasEngineLock(project)) {
    await means.cancel();
    did.push("released the lock of an engine that was killed");
  }
  const lost = ended === "well" ? [] : strangers(project).filter(({ id }) => !leftBehind.includes(id));
  const pending = state.pending_operations ?? [];
  const broken = crashed || ended === "broken";
  if (!broken && pending.length === 0 && lost.length === 0) return did;

  if (pending.length > 0 || lost.length > 0) {
    const file = join(project.home, "recovery.json");
    await means.exportState(file);
    const exported = JSON.parse(readFileSync(file, "utf8")) as ExportedState;
    const { resources, said } = mend(exported.deployment, lost);
    writeFileSync(
      file,
      JSON.stringify({ ...exported, deployment: { ...exported.deployment, resources, pending_operations: [] } }),
    );
    await means.importState(file);
    did.push(...said);
  }
  await means.refresh();
  did.push("refreshed the state from the cloud");
  return did;
}

function hasEngineLock({ backend }: Project): boolean {
  const folder = join(backend, ".pulumi", "locks");
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith(".json"));
}

/** Objects of this stack in the cloud that its state does not know. */
export function strangers(project: Project): CloudRecord[] {
  const known = new Set((glanceAtState(project)?.resources ?? []).map(({ urn, id }) => `${urn} ${id}`));
  return ownObjects(project).filter(({ urn, id }) => !known.has(`${urn} ${id}`));
}

/** Objects that this stack made; not what AWS makes by itself, and not what only waits for its end (a KMS key). */
export function ownObjects({ cloud, stack, name }: Project): CloudRecord[] {
  if (!existsSync(cloud)) return [];
  const prefix = `urn:pulumi:${stack}::${name}::`;
  return openStore(cloud)
    .list()
    .filter((record) => record.urn.startsWith(prefix) && !isGoing(record));
}

/** KMS deletes a key after a waiting period: https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html */
export function isGoing({ outputs }: CloudRecord): boolean {
  return outputs.keyState === "PendingDeletion" || typeof outputs.deletionDate === "string";
}

function lastEndPath(project: Project): string {
  return join(project.home, "last.json");
}

function readLastEnd(project: Project): LastEnd {
  try {
    return JSON.parse(readFileSync(lastEndPath(project), "utf8")) as LastEnd;
  } catch {
    // No operation yet, or a file that was torn: then look closely.
    return { ended: existsSync(checkpointPath(project)) ? "broken" : "well", leftBehind: [] };
  }
}

/** Says before an operation that it has begun, and after it how it ended. */
export function noteEnd(project: Project, ended: Ending): void {
  const leftBehind = ended === "well" ? strangers(project).map(({ id }) => id) : readLastEnd(project).leftBehind;
  mkdirSync(project.home, { recursive: true });
  writeFileSync(lastEndPath(project), JSON.stringify({ ended, leftBehind }));
}
