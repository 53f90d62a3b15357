import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Engine } from "../engine/find";
import { ROOT, type Project } from "./project";

/** What a run of the CLI left: its output and how it ended. */
export interface CommandResult {
  stdout: string;
  stderr: string;
  code: number;
}

/** The CLI ended with an error; Pulumi's own words are in the result. */
export class CommandFailure extends Error {
  constructor(readonly result: CommandResult) {
    super(result.stderr.trim() || result.stdout.trim() || `pulumi ended with exit code ${result.code}`);
  }
}

/**
 * Commands that the Automation API adds of its own and that nobody here needs: each takes the better part of a second. Every
 * other command names its stack, so none has to be selected; outputs and history are in the exported state.
 */
const NEEDLESS: Record<string, string> = { "stack select": "", "stack output": "{}", "stack history": "[]" };

/** Marks every process of one run, so that a later run can prove which ones a dead run left. */
export const RUN_VARIABLE = "CONTAINER_PLATFORM_SANDBOX_RUN";

/**
 * The CLI as the Automation API runs it, in place of the API's own: the process is known, so it can be written down,
 * interrupted and killed, and it keeps out of the terminal's process group, where one Ctrl-C would hit everybody.
 */
export class EngineCommand {
  readonly command: string;
  readonly version: unknown;
  private current: ChildProcess | undefined;
  private killed = false;

  /**
   * @param started told of each process that makes changes, before it makes any.
   * @param keepOpen its descriptor stays open for as long as the CLI lives (the cloud ends when the last one closes it).
   */
  constructor(
    engine: Engine,
    private readonly environment: NodeJS.ProcessEnv,
    private readonly started: (child: ChildProcess) => void,
    private readonly keepOpen: () => NodeJS.WritableStream | undefined,
  ) {
    this.command = engine.command;
    // The Automation API compares versions as objects of the semver library that it brings along.
    const semver = createRequire(require.resolve("@pulumi/pulumi"))("semver") as { parse(version: string): unknown };
    this.version = semver.parse(engine.version);
  }

  /** The Automation API's interface: https://www.pulumi.com/docs/reference/pkg/nodejs/pulumi/pulumi/automation/ */
  run(
    args: string[],
    cwd: string,
    environment: NodeJS.ProcessEnv = {},
    onOutput?: (data: string) => void,
    onError?: (data: string) => void,
  ): Promise<CommandResult> {
    const needless = NEEDLESS[args.slice(0, 2).join(" ")];
    if (needless !== undefined) return Promise.resolve({ stdout: needless, stderr: "", code: 0 });
    const all = args.includes("--non-interactive") ? args : [...args, "--non-interactive"];
    const env = { ...this.environment, ...environment, PULUMI_AUTOMATION_API: "true" };
    return new Promise((resolve, reject) => {
      const child = spawn(this.command, all, {
        cwd,
        env,
        detached: true,
        stdio: ["ignore", "pipe", "pipe", (this.keepOpen() as "ignore" | undefined) ?? "ignore"],
      });
      this.current = child;
      this.started(child);
      let stdout = "";
      let stderr = "";
      child.stdout?.setEncoding("utf8").on("data", (data: string) => {
        stdout += data;
        onOutput?.(data);
      });
      child.stderr?.setEncoding("utf8").on("data", (data: string) => {
        stderr += data;
        onError?.(data);
      });
      child.on("error", reject);
      child.on("close", (code, signal) => {
        this.current = undefined;
        if (signal === "SIGKILL") this.killed = true;
        const result = { stdout, stderr, code: code ?? 1 };
        if (code === 0) resolve(result);
        else
          reject(
            new CommandFailure(signal ? { ...result, stderr: `${stderr}the engine was ended by ${signal}` } : result),
          );
      });
    });
  }

  /** Asks the engine to finish what is under way and stop; asked again, it stops at once. */
  interrupt(): boolean {
    return this.current?.kill("SIGINT") ?? false;
  }

  kill(): void {
    this.current?.kill("SIGKILL");
  }

  /** Whether it was killed: what it had begun is then still noted as pending in the state. */
  get wasKilled(): boolean {
    return this.killed;
  }
}

const LEAN_SDK = join(ROOT, "sandbox", "setup", "lean-sdk.cjs");

/** Everything that Pulumi and its children see of the environment. Nothing of the person's own Pulumi or AWS set-up. */
export function engineEnvironment(project: Project, run: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI_|AWS_)/.test(name));
  const noProxy = [process.env.no_proxy ?? process.env.NO_PROXY, "127.0.0.1", "localhost"].filter(Boolean).join(",");
  return {
    ...Object.fromEntries(inherited),
    // Policy packs run on the same Node as everything else.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
    [RUN_VARIABLE]: run,
    // For the cloud, component plugins and the policy pack's runner.
    NODE_OPTIONS: [process.env.NODE_OPTIONS, `--require "${LEAN_SDK.replace(/["\\]/g, "\\$&")}"`]
      .filter(Boolean)
      .join(" "),
    no_proxy: noProxy,
    NO_PROXY: noProxy,
    PULUMI_HOME: project.pulumiHome,
    // Without sidecar files for metadata: the backend writes those in place, and a kill in the middle leaves one that it can't
    // read any more ("failed to load checkpoint: EOF"). https://pkg.go.dev/gocloud.dev/blob/fileblob#hdr-URLs
    PULUMI_BACKEND_URL: `${pathToFileURL(project.backend).href}?metadata=skip`,
    // Protects nothing: the sandbox has no secrets. It lets secret values take the way that they take for real.
    PULUMI_CONFIG_PASSPHRASE: "sandbox",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    // With Pulumi's own language plugin, the policy pack is at least not type-checked by the program's settings.
    PULUMI_NODEJS_TRANSPILE_ONLY: "true",
  };
}
