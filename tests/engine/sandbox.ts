import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** The repository's root. */
export const root = resolve(__dirname, "../..");

export interface Operation {
  kind: string;
  changes: Record<string, number>;
  durationMs: number;
  policies: {
    mandatory: number;
    advisory: number;
    violations: { policy: string; resource: string; message: string }[];
  };
}

export interface Outcome {
  code: number | null;
  /** What a person saw: Pulumi's output and the progress. */
  seen: string;
  ok: boolean;
  error?: string;
  operations: Operation[];
  resources: number;
  /** Where the exported state lies; the next operation writes it anew. */
  state: string;
  /** The exported state's resources as this command left them, providers and components included. */
  stateResources: StateResource[];
}

/** Runs the command that people run, `npm run sandbox -- … --json`, and reads its answer. */
export function sandbox(...args: string[]): Outcome {
  const run = spawnSync(process.execPath, ["sandbox/setup/run.mjs", "sandbox", ...args, "--json"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  try {
    const answer = JSON.parse(run.stdout);
    return { code: run.status, seen: run.stderr, ...answer, stateResources: readState(answer.state) };
  } catch {
    throw new Error(`not one JSON object: ${run.stdout}\n${run.stderr.slice(-4000)}`);
  }
}

export interface StateResource {
  urn: string;
  type: string;
  id?: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  parent?: string;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[]>;
}

function readState(path: string | null | undefined): StateResource[] {
  return path ? (JSON.parse(readFileSync(resolve(root, path), "utf8")).deployment.resources ?? []) : [];
}

/** Last part of the URN: the resource's logical name. */
export function nameOf(resource: { urn: string }): string {
  return resource.urn.split("::").at(-1) ?? "";
}

/** A stack's config in a folder of its own, rewritten between operations; `remove` when done. */
export class StackFile {
  private readonly folder = mkdtempSync(join(tmpdir(), "stack-"));
  readonly path: string;

  constructor(stack: string) {
    this.path = join(this.folder, `Pulumi.${stack}.yaml`);
  }

  write(config: Record<string, unknown>): void {
    // JSON is YAML.
    writeFileSync(this.path, JSON.stringify({ config }, null, 2));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
