import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openStore, type CloudRecord } from "../../sandbox/cloud/store";

export const ROOT = resolve(__dirname, "../..");
export const PROGRAMS = join(ROOT, "tests", "fixtures", "runner");

export interface Answer {
  code: number | null;
  /** Standard output, whole. */
  stdout: string;
  stderr: string;
  /** The JSON object, when the run printed one. */
  json: {
    ok: boolean;
    error?: string;
    resources: number;
    state: string;
    operations: { kind: string; ok: boolean; changes: Record<string, number>; error?: string }[];
    unmodelled: string[];
    recovered?: string[];
  };
}

interface StateResource {
  urn: string;
  id?: string;
  type: string;
  custom: boolean;
  outputs?: Record<string, unknown>;
}

/** One of the fixture programs on a stack of its own. */
export class Runner {
  private static count = 0;
  readonly stack = `test-${process.pid}-${Runner.count++}`;
  private readonly folder = mkdtempSync(join(tmpdir(), "runner-"));
  private readonly children: ChildProcess[] = [];

  constructor(private readonly program: string) {
    this.configure({});
  }

  private get file(): string {
    return join(this.folder, `Pulumi.${this.stack}.yaml`);
  }

  get home(): string {
    return join(ROOT, ".sandbox", `${this.stack}@runner-${this.program}`);
  }

  configure(settings: Record<string, unknown>): void {
    const own = Object.entries(settings).map(([key, value]) => [`runner-${this.program}:${key}`, value]);
    writeFileSync(this.file, JSON.stringify({ config: { "aws:region": "eu-west-1", ...Object.fromEntries(own) } }));
  }

  /** Starts a run; `done` is its answer, `seen` grows while it works. */
  start(operation: string, ...options: string[]): { child: ChildProcess; done: Promise<Answer>; seen: () => string } {
    const args = ["sandbox/setup/run.mjs", "sandbox", operation, "--stack", this.stack, "--file", this.file, "--json"];
    const all = [...args, "--program", join(PROGRAMS, this.program), "--no-policies", ...options];
    const child = spawn(process.execPath, all, { cwd: ROOT });
    this.children.push(child);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    const done = new Promise<Answer>((answer) =>
      child.on("close", (code) => answer({ code, stdout, stderr, json: stdout ? JSON.parse(stdout) : { ok: false } })),
    );
    return { child, done, seen: () => stderr };
  }

  run(operation: string, ...options: string[]): Promise<Answer> {
    return this.start(operation, ...options).done;
  }

  /** Waits until a run has got as far as to print this. */
  async until(run: { seen: () => string; child: ChildProcess }, pattern: RegExp): Promise<void> {
    while (!pattern.test(run.seen())) {
      if (run.child.exitCode !== null) throw new Error(`the run ended first:\n${run.seen()}`);
      await new Promise((soon) => setTimeout(soon, 10));
    }
  }

  /** Kills a process of the current run: `the engine`, `the simulated cloud`. */
  kill(what: string): void {
    const note = JSON.parse(readFileSync(join(this.home, "run.json"), "utf8")) as {
      children: { what: string; pid: number }[];
    };
    const pid = note.children.filter((child) => child.what === what).at(-1)?.pid;
    // A kill of pid 0 would hit the tests themselves.
    if (!pid) throw new Error(`the run has not started ${what}`);
    process.kill(pid, "SIGKILL");
  }

  state(): { resources?: StateResource[]; pending_operations?: unknown[] } {
    return JSON.parse(readFileSync(join(this.home, "state.json"), "utf8")).deployment;
  }

  cloud(): CloudRecord[] {
    return openStore(join(this.home, "cloud"))
      .list()
      .filter(({ urn }) => urn !== "");
  }

  /** What only one of the two knows, or the cloud has twice: empty when state and cloud agree. */
  disagreements(): string[] {
    const known = (this.state().resources ?? []).filter(({ custom, type }) => custom && !type.startsWith("pulumi:"));
    const inState = new Set(known.map(({ urn, id }) => `${urn} ${id}`));
    const objects = this.cloud();
    const inCloud = new Set(objects.map(({ urn, id }) => `${urn} ${id}`));
    const urns = objects.map(({ urn }) => urn);
    return [
      ...[...inState].filter((one) => !inCloud.has(one)).map((one) => `only in the state: ${one}`),
      ...[...inCloud].filter((one) => !inState.has(one)).map((one) => `only in the cloud: ${one}`),
      ...urns.filter((urn, at) => urns.indexOf(urn) !== at).map((urn) => `twice: ${urn}`),
      ...(this.state().pending_operations ?? []).map((one) => `pending: ${JSON.stringify(one)}`),
    ];
  }

  /** Processes that still run for this stack; Linux tells. */
  leftRunning(): string[] {
    if (!existsSync("/proc/self/cmdline")) return [];
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .flatMap((pid) => {
        try {
          const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
          return command.includes(this.stack) ? [`${pid} ${command}`] : [];
        } catch {
          return [];
        }
      });
  }

  remove(): void {
    for (const child of this.children) child.kill("SIGKILL");
    rmSync(this.home, { recursive: true, force: true });
    rmSync(this.folder, { recursive: true, force: true });
  }
}
