import { randomBytes } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { LocalWorkspaceOptions, Stack } from "@pulumi/pulumi/automation";
import { findEngine } from "../engine/find";
import { tryLock, type Lock } from "../setup/lock.mjs";
import { startedAt } from "../setup/processes.mjs";
import { startCloud, type CloudProcess } from "./cloud";
import { EngineCommand, engineEnvironment } from "./engine-command";
import { operate, type Kind, type OperationOutcome } from "./operation";
import { findPackages, linkPolicyRunner, shareOurPackages } from "./packages";
import { inlineProgram, loadPackagesAhead } from "./program";
import { dropEverything, prepareWorkDir, ROOT, type Project } from "./project";
import { endLeftovers, noteEnd, recover, type Ending, type RunNote } from "./recovery";
import { checkpointPath, restoreCheckpoint } from "./state";
import type { Request } from "./usage";

/** Somebody else is working on the stack. */
export class Busy extends Error {}

/** Told to stop before or between operations. */
export class Stopped extends Error {}

/**
 * A person's wish to stop, however early it comes: the engine first finishes what it has begun and notes it down; asked
 * again it stops at once; the third time it is killed.
 */
export class Interruption {
  /** Aborted with the first wish: for work that can be dropped at any time. */
  readonly signal: AbortSignal;
  private readonly controller = new AbortController();
  private times = 0;
  private command: EngineCommand | undefined;

  constructor() {
    this.signal = this.controller.signal;
  }

  /** Says once more that it is to stop; returns how often that was said. */
  raise(): number {
    this.times += 1;
    this.controller.abort();
    if (this.times <= 2) this.command?.interrupt();
    else this.command?.kill();
    return this.times;
  }

  /** Sends further interruptions to this engine. */
  direct(command: EngineCommand): void {
    this.command = command;
  }

  /** @throws Stopped when somebody wants to. */
  check(): void {
    if (this.times > 0) throw new Stopped("stopped");
  }
}

/** What a session tells the person while it works. */
export interface Voice {
  /** A line of the sandbox's own. */
  say(line: string): void;
  /** Pulumi's own output, as it comes. */
  output(text: string): void;
  color: "always" | "never";
}

type Prepared = Project & { settings: Parameters<typeof prepareWorkDir>[0]["settings"] };

interface Parts {
  project: Prepared;
  voice: Voice;
  policyPack: string | undefined;
  /** Marks the processes of this run. */
  run: string;
  lock: Lock;
  cloud: CloudProcess;
  command: EngineCommand;
  interruption: Interruption;
  /** Whether the operation runs the program: a refresh and a destroy look at the state only. */
  runsProgram: boolean;
}

/** One run of the sandbox on one stack: engine, cloud and program, from the lock to the last process ended. */
export class Session {
  /** What was put right after an earlier run that was killed. */
  readonly recovered: string[] = [];
  private stack!: Stack;

  private constructor(private readonly parts: Parts) {}

  /**
   * Takes the stack, cleans up after a run that was killed, and starts cloud and engine.
   *
   * @throws Busy when another run works on the stack; EngineError when there is no engine and none can be built.
   */
  static async open(
    project: Prepared,
    request: Request,
    policyPack: string | undefined,
    voice: Voice,
    interruption: Interruption,
  ): Promise<Session> {
    const run = randomBytes(8).toString("hex");
    const taken = tryLock<RunNote>(project.lock, { run });
    if (!taken.lock) {
      throw new Busy(
        `another run (pid ${taken.holder.pid}) is working on the stack ${project.stack}. Wait for it, or stop it; nothing was changed.`,
      );
    }
    const { lock, abandoned } = taken;
    let cloud: CloudProcess | undefined;
    try {
      const ended = abandoned ? await endLeftovers(abandoned) : [];
      if (request.fresh) dropEverything(project);
      const hidden = prepareWorkDir(project);
      if (hidden.length) voice.say(`Encrypted values get a placeholder in the sandbox: ${hidden.join(", ")}`);

      shareOurPackages();
      linkPolicyRunner(project);
      const environment = engineEnvironment(project, run);
      const { simulated, real } = findPackages(project);
      if (real.length) voice.say(`Installed component plugins run in place of their stand-ins: ${real.join(", ")}`);
      // Declared first: the cloud starts while the engine is looked for, and may ask for the engine's end later.
      const later: { kill?: () => void } = {};
      cloud = startCloud(project, request, simulated, environment, () => later.kill?.());
      const children: NonNullable<RunNote["children"]> = [];
      const note = (what: string, pid: number | undefined) => {
        if (pid === undefined) return;
        children.push({ what, pid, started: startedAt(pid) });
        lock.note({ run, children });
      };
      note("the simulated cloud", cloud.child.pid);

      const engine = await findEngine((line) => voice.say(line), interruption.signal);
      const served = cloud;
      const command = new EngineCommand(
        engine,
        environment,
        (child) => note("the engine", child.pid),
        () => (served.child.stdin?.destroyed ? undefined : (served.child.stdin ?? undefined)),
      );
      interruption.direct(command);
      const runsProgram = request.operation !== "refresh" && request.operation !== "destroy";
      const session = new Session({ project, voice, policyPack, run, lock, cloud, command, interruption, runsProgram });
      later.kill = () => command.kill();
      session.recovered.push(...ended);
      await session.prepare(environment, Boolean(abandoned));
      return session;
    } catch (error) {
      await cloud?.stop();
      lock.release();
      throw error;
    }
  }

  private async prepare(environment: NodeJS.ProcessEnv, crashed: boolean): Promise<void> {
    const { LocalWorkspace, Stack } = automationOf(this.parts.project);
    const options: LocalWorkspaceOptions = {
      workDir: this.parts.project.workDir,
      pulumiHome: this.parts.project.pulumiHome,
      pulumiCommand: this.parts.command as unknown as LocalWorkspaceOptions["pulumiCommand"],
      program: inlineProgram(this.parts.project),
    };
    const workspace = await LocalWorkspace.create(options);
    if (restoreCheckpoint(this.parts.project)) {
      this.recovered.push("the engine was killed while it wrote the state down: took its own backup");
    }
    const known = existsSync(checkpointPath(this.parts.project));
    this.stack = await (known ? Stack.select : Stack.create)(this.parts.project.stack, workspace);
    if (this.parts.runsProgram) loadPackagesAhead(this.parts.project);
    // Only now: what follows talks to providers.
    environment.PULUMI_DEBUG_PROVIDERS = await this.parts.cloud.ready;
    this.parts.interruption.check();
    if (known) await this.recover(crashed);
  }

  private async recover(crashed: boolean): Promise<void> {
    const pulumi = (...args: string[]) =>
      this.parts.command.run([...args, "--stack", this.parts.project.stack], this.parts.project.workDir);
    const did = await recover(this.parts.project, crashed, {
      cancel: () => pulumi("cancel", "--yes"),
      exportState: (file) => pulumi("stack", "export", "--file", file),
      importState: (file) => pulumi("stack", "import", "--file", file),
      refresh: async () => {
        this.parts.voice.say("The last run did not come to its end: looking at what is there ...");
        const { report } = await this.perform("refresh");
        if (!report.ok) throw new Error(`could not recover from a run that was killed: ${report.error}`);
      },
    });
    this.recovered.push(...did);
    for (const line of this.recovered) this.parts.voice.say(`Recovered: ${line}`);
  }

  /** Runs one operation and exports the stack's state after it. */
  async perform(kind: Kind): Promise<OperationOutcome> {
    this.parts.interruption.check();
    noteEnd(this.parts.project, "broken");
    const outcome = await operate(this.stack, kind, {
      policyPack: this.parts.policyPack,
      color: this.parts.voice.color,
      output: (text) => this.parts.voice.output(text),
    });
    const { report } = outcome;
    let ending: Ending = report.ok ? "well" : "failed";
    if (this.parts.cloud.hasDied || this.parts.command.wasKilled) {
      ending = "broken";
      report.ok = false;
      outcome.told = false;
      report.error = this.parts.cloud.hasDied
        ? `the simulated cloud ended in the middle of it\n${this.parts.cloud.lastWords()}`
        : "the engine was killed in the middle of it; the next run picks up what it left";
    } else {
      await this.exportState();
    }
    noteEnd(this.parts.project, ending);
    return outcome;
  }

  private async exportState(): Promise<void> {
    // A preview leaves the state as it was exported before.
    if (isNewer(this.parts.project.stateFile, checkpointPath(this.parts.project))) return;
    const args = ["stack", "export", "--file", this.parts.project.stateFile, "--stack", this.parts.project.stack];
    await this.parts.command.run(args, this.parts.project.workDir);
  }

  /** Types that the cloud came across and does not model. */
  get unmodelled(): string[] {
    return [...this.parts.cloud.unmodelled].sort();
  }

  async close(): Promise<void> {
    await this.parts.cloud.stop();
    // An engine that was killed could not end its policy packs.
    if (this.parts.command.wasKilled) await endLeftovers({ run: this.parts.run });
    this.parts.lock.release();
  }
}

function isNewer(file: string, than: string): boolean {
  return existsSync(file) && statSync(file).mtimeMs > statSync(than).mtimeMs;
}

/**
 * The Automation API of the program's own SDK, if it has one: a program registers its resources through the copy of
 * `@pulumi/pulumi` that it imports, and a second copy would not know of the run.
 */
function automationOf(project: Project): typeof import("@pulumi/pulumi/automation") {
  const own = createRequire(join(project.directory, "Pulumi.yaml"));
  for (const from of [own, createRequire(join(ROOT, "package.json"))]) {
    try {
      return from("@pulumi/pulumi/automation") as typeof import("@pulumi/pulumi/automation");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    }
  }
  throw new Error("@pulumi/pulumi is not installed");
}
