/** A small Pulumi stack over a simulated cloud of its own, for tests of the cloud: engine, file backend and program of this process. */
import { ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { LocalWorkspace, PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import { CloudRecord, openStore } from "../../sandbox/cloud/store";
import { findEngine } from "../../sandbox/engine/find";

const root = resolve(__dirname, "../..");

/** What a test builds. */
export type Program = () => Promise<Record<string, unknown> | undefined>;

export interface CloudOptions {
  region?: string;
  partition?: string;
  faults?: string[];
  quotas?: string[];
  /** Path of a seed file. */
  seed?: string;
  config?: Record<string, string>;
}

/** How an operation ended: the number of resources by what happened to them, or what the engine printed when it failed. */
export interface Result {
  ok: boolean;
  changes: Record<string, number>;
  output: string;
}

export interface StateResource {
  type: string;
  urn: string;
  id: string;
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
  initErrors?: string[];
}

/** One stack with its cloud; `close` when done. */
export class CloudStack {
  readonly events: Record<string, unknown>[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), "cloud-"));
  private child: ChildProcess | undefined;
  private stack!: Stack;
  private program: Program = async () => undefined;

  static async open(options: CloudOptions = {}): Promise<CloudStack> {
    const self = new CloudStack();
    const region = options.region ?? "ap-southeast-1";
    const ports = await self.serve(region, options);
    // The Automation API looks for bin/pulumi in a folder.
    mkdirSync(join(self.folder, "cli", "bin"), { recursive: true });
    mkdirSync(join(self.folder, "state"));
    symlinkSync((await findEngine()).command, join(self.folder, "cli", "bin", "pulumi"));
    const workspace = {
      pulumiCommand: await PulumiCommand.get({ root: join(self.folder, "cli"), skipVersionCheck: true }),
      pulumiHome: join(self.folder, "home"),
      workDir: self.folder,
      envVars: {
        PULUMI_BACKEND_URL: `file://${join(self.folder, "state")}`,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_DEBUG_PROVIDERS: Object.entries(ports)
          .map(([name, port]) => `${name}:${port}`)
          .join(","),
      },
    };
    const program = () => self.program();
    const settings = { config: { "aws:region": region, ...options.config } };
    self.stack = await LocalWorkspace.createStack(
      { stackName: "test", projectName: "cloud-test", program: program as never },
      { ...workspace, stackSettings: { test: settings } },
    );
    return self;
  }

  private serve(region: string, options: CloudOptions): Promise<Record<string, number>> {
    const args = [
      ...["--store", this.store, "--region", region, "--partition", options.partition ?? "aws", "--serve", "aws"],
      ...(options.faults ?? []).flatMap((fault) => ["--fault", fault]),
      ...(options.quotas ?? []).flatMap((quota) => ["--quota", quota]),
      ...(options.seed ? ["--seed", options.seed] : []),
    ];
    const child = spawn(process.execPath, ["--require", "tsx/cjs", "sandbox/cloud/serve.ts", ...args], {
      cwd: root,
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.child = child;
    return new Promise((done, failed) => {
      child.once("exit", (code) => failed(new Error(`the cloud ended with ${code}`)));
      createInterface({ input: child.stdout }).on("line", (line) => {
        const said = JSON.parse(line) as { ports?: Record<string, number> };
        if (said.ports) done(said.ports);
        else this.events.push(said as Record<string, unknown>);
      });
    });
  }

  get store(): string {
    return join(this.folder, "store");
  }

  /** What is in the cloud now. */
  records(type?: string): CloudRecord[] {
    return openStore(this.store)
      .list()
      .filter((record) => type === undefined || record.type.endsWith(`:${type}`));
  }

  up(program: Program): Promise<Result> {
    return this.operate("up", program);
  }

  preview(program: Program): Promise<Result> {
    return this.operate("preview", program);
  }

  refresh(): Promise<Result> {
    return this.operate("refresh", this.program);
  }

  destroy(): Promise<Result> {
    return this.operate("destroy", this.program);
  }

  /** The resources of the state, for a look at inputs and outputs. */
  async state(): Promise<StateResource[]> {
    const { deployment } = await this.stack.exportStack();
    return deployment.resources ?? [];
  }

  async outputs(): Promise<Record<string, unknown>> {
    const outputs = await this.stack.outputs();
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  private async operate(kind: "up" | "preview" | "refresh" | "destroy", program: Program): Promise<Result> {
    this.program = program;
    let output = "";
    const onOutput = (text: string) => (output += text);
    const common = { onOutput, onError: onOutput, color: "never" as const };
    try {
      if (kind === "preview") {
        const { changeSummary } = await this.stack.preview({ ...common, diff: true });
        return { ok: true, changes: { ...changeSummary } as Record<string, number>, output };
      }
      const { summary } = await this.stack[kind](common);
      return { ok: true, changes: { ...summary.resourceChanges } as Record<string, number>, output };
    } catch (error) {
      return { ok: false, changes: {}, output: `${output}\n${(error as Error).message}` };
    }
  }

  async close(): Promise<void> {
    const child = this.child;
    if (child && child.exitCode === null) {
      const gone = new Promise((done) => child.once("exit", done));
      child.stdin?.end();
      await gone;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
