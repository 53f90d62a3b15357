import { spawn, type ChildProcess } from "node:child_process";
import { createWriteStream, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { partitionOf } from "../../components/aws/partition";
import { beforehand } from "./beforehand";
import { ROOT, type Project } from "./project";
import type { Request } from "./usage";

/** The account that the simulated cloud belongs to, as AWS's documentation spells an example. */
const ACCOUNT = "123456789012";

type CloudEvent = { event: "unmodelled"; type: string } | { event: "kill-engine" };

/** The simulated cloud: a process of its own that serves providers on loopback. */
export class CloudProcess {
  /** For `PULUMI_DEBUG_PROVIDERS`. */
  readonly ready: Promise<string>;
  /** Types that it does not model, in the order in which they came up. */
  readonly unmodelled = new Set<string>();
  private readonly ended: Promise<void>;
  private readonly log: string;
  private stopping = false;
  private died = false;

  constructor(
    readonly child: ChildProcess,
    project: Project,
    private readonly onKillEngine: () => void,
  ) {
    this.log = join(project.home, "cloud.log");
    child.stderr?.pipe(createWriteStream(this.log));
    // It may be gone when the last byte is written.
    child.stdin?.on("error", () => undefined);
    this.ended = new Promise((resolve) => child.once("close", () => resolve()));
    this.ready = new Promise((resolve, reject) => {
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).on("line", (line) => {
        const said = JSON.parse(line) as { ports?: Record<string, number> } & Partial<CloudEvent>;
        if (said.ports)
          resolve(
            Object.entries(said.ports)
              .map(([name, port]) => `${name}:${port}`)
              .join(","),
          );
        else this.hear(said as CloudEvent);
      });
      child.once("error", reject);
      child.once("close", (code, signal) => {
        this.died = !this.stopping;
        reject(new Error(`the simulated cloud ended (${signal ?? `exit code ${code}`})\n${this.lastWords()}`));
      });
    });
    // Whoever waits gets the error; until somebody does, it is nobody's unhandled rejection.
    this.ready.catch(() => undefined);
  }

  private hear(event: CloudEvent): void {
    if (event.event === "unmodelled") this.unmodelled.add(event.type);
    if (event.event === "kill-engine") this.onKillEngine();
  }

  /** Whether it ended without being told to. */
  get hasDied(): boolean {
    return this.died;
  }

  lastWords(): string {
    try {
      // A stack trace through a minified library has lines of 10,000 characters.
      const lines = readFileSync(this.log, "utf8").trim().split("\n").slice(-10);
      return lines.map((line) => line.slice(0, 300)).join("\n");
    } catch {
      return "";
    }
  }

  /** Ends it; what it holds is on disk already. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.child.stdin?.end();
    const timer = setTimeout(() => this.child.kill("SIGKILL"), 3000);
    await this.ended;
    clearTimeout(timer);
  }
}

/** Starts the cloud for a stack. It ends by itself when nobody holds its standard input open any more. */
export function startCloud(
  project: Project & { settings: { config?: Record<string, unknown> } },
  request: Request,
  packages: string[],
  environment: NodeJS.ProcessEnv,
  onKillEngine: () => void,
): CloudProcess {
  const options = [
    ...["--store", project.cloud, "--region", project.region, "--account", ACCOUNT],
    ...["--partition", partition(project.region), "--serve", packages.join(",")],
    ...beforehand(project.settings.config ?? {}, project.home, request.seed),
    ...request.fault.flatMap((fault) => ["--fault", fault]),
  ];
  const serve = join(ROOT, "sandbox", "cloud", "serve.ts");
  const child = spawn(process.execPath, ["--require", "tsx/cjs", serve, ...options], {
    cwd: ROOT,
    env: environment,
    // Out of the terminal's process group: Ctrl-C is for the engine first, which still needs its cloud.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  return new CloudProcess(child, project, onKillEngine);
}

/** A region that is none is the program's to complain about, with everything else that is wrong in the config. */
function partition(region: string): string {
  try {
    return partitionOf(region).id;
  } catch {
    return "aws";
  }
}
