// `npm test [-- unit|property|policy|engine|types|lint|<path>]...`: everything a change has to pass, or a part of it.
// Progress goes to standard error; the last line on standard output is the count.
import { fork, spawn, type ChildProcess } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { delimiter, dirname, join, relative, resolve } from "node:path";
import { EngineError } from "../../sandbox/engine/executables";
import { findEngine } from "../../sandbox/engine/find";
import { elapsed, startProgress, type Progress } from "../../sandbox/setup/progress.mjs";

const ROOT = dirname(dirname(__dirname));
const MODULES = join(ROOT, "node_modules");

/** In this order: what fails fastest comes first. */
const ROOMS = ["unit", "property", "policy", "engine", "api", "cluster"];
const CHECKS = ["types", "lint"] as const;
type Check = (typeof CHECKS)[number];

/** The type check and the lint count as one test each. */
const COMMANDS: Record<Check, { label: string; commands: string[][] }> = {
  types: { label: "Type check", commands: [[join("typescript", "bin", "tsc"), "-p", "."]] },
  lint: {
    label: "Lint",
    commands: [
      [join("eslint", "bin", "eslint.js"), "."],
      [join("prettier", "bin", "prettier.cjs"), "--check", "."],
    ],
  },
};

/** Longer than any test may take: a test that loops for good takes Mocha's own timers with it. */
const STUCK_MS = 10 * 60_000;

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

type Message =
  | { event: "start"; total: number }
  | { event: "test" | "skip"; title: string }
  | { event: "pass"; title: string; file?: string; ms?: number }
  | { event: "fail"; title: string; file?: string; error: string }
  | { event: "end" };

const running = new Set<ChildProcess>();
const stopped = new AbortController();

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const checks = wanted.length === 0 ? [...CHECKS] : CHECKS.filter((check) => wanted.includes(check));
  const names = wanted.length === 0 ? ROOMS : wanted.filter((name) => !(CHECKS as readonly string[]).includes(name));
  const files: string[] = [];
  for (const name of names) {
    const found = testFiles(name);
    if (found.length === 0 && wanted.length > 0) {
      process.stderr.write(`"${name}" is neither a test file nor one of ${[...ROOMS, ...CHECKS].join(", ")}\n`);
      return 2;
    }
    files.push(...found);
  }

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      stopped.abort();
      for (const child of running) child.kill(signal);
      process.exitCode = 130;
    });
  }
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  if (files.some(needsEngine) && !(await setUpEngine(tally))) return finish(tally);
  for (const check of checks) await runCheck(check, tally);
  // Two processes: Pulumi's mocks, which unit tests set, stay for good in theirs, and the engine's programs want none.
  const withEngine = files.filter(needsEngine);
  const without = files.filter((file) => !withEngine.includes(file));
  for (const group of [without, withEngine]) if (group.length > 0) await runMocha(group, tally);
  return finish(tally);
}

function finish({ passed, failed, skipped }: Tally): number {
  process.stdout.write(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}\n`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

/** The test files of a room, below a folder, or the one file of that path. */
function testFiles(name: string): string[] {
  const path = ROOMS.includes(name) ? join(ROOT, "tests", name) : resolve(ROOT, name);
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && !file.includes("node_modules"))
    .map((file) => join(path, file))
    .sort();
}

/** Whoever runs only unit and property tests does not wait for a build. */
function needsEngine(file: string): boolean {
  return /^tests\/(policy|engine|api|cluster)\//.test(relative(ROOT, file));
}

/** Tests that start `pulumi` themselves find this one, too. */
async function setUpEngine(tally: Tally): Promise<boolean> {
  try {
    const { command } = await findEngine((line) => process.stderr.write(`${line}\n`), stopped.signal);
    process.env.PATH = `${dirname(command)}${delimiter}${process.env.PATH}`;
    return true;
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    process.stderr.write(`${error.message}\n`);
    tally.failed += 1;
    return false;
  }
}

async function runCheck(check: Check, tally: Tally): Promise<void> {
  const { label, commands } = COMMANDS[check];
  const progress = startProgress(label);
  for (const [script = "", ...args] of commands) {
    const { code, output } = await runNode([join(MODULES, script), ...args]);
    if (code === 0) continue;
    tally.failed += 1;
    progress.fail(`✘ ${label}`);
    process.stderr.write(`${output.trim()}\n\n`);
    return;
  }
  tally.passed += 1;
  progress.done(`✔ ${label}`);
}

function runNode(args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((done, reject) => {
    const child = track(spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] }));
    let output = "";
    child.stdout?.on("data", (data: Buffer) => (output += data.toString()));
    child.stderr?.on("data", (data: Buffer) => (output += data.toString()));
    child.on("error", reject);
    child.on("close", (code) => done({ code: code ?? 1, output }));
  });
}

function track(child: ChildProcess): ChildProcess {
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

function runMocha(files: string[], tally: Tally): Promise<void> {
  const mocha = join(MODULES, "mocha", "bin", "mocha.js");
  const args = ["--reporter", join(__dirname, "reporter.mjs"), ...files];
  const child = track(fork(mocha, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe", "ipc"] }));
  const progress = startProgress("Tests");
  const view = new View(progress, tally);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (data: Buffer) => progress.note(data.toString().trimEnd()));
  }
  let stuck = setTimeout(() => child.kill("SIGKILL"), STUCK_MS);
  child.on("message", (message) => {
    view.hear(message as Message);
    clearTimeout(stuck);
    stuck = setTimeout(() => child.kill("SIGKILL"), STUCK_MS);
  });
  return new Promise((done) => {
    child.on("close", (code, signal) => {
      clearTimeout(stuck);
      // A file that can't be loaded, or a test that ends the process, leaves no event behind.
      if (!view.ended || (code !== 0 && view.failed === 0)) {
        tally.failed += 1;
        const how = signal === "SIGKILL" ? `was ended, no word for ${STUCK_MS / 60_000} minutes` : "ended early";
        progress.note(`✘ the test process ${how} (${signal ?? `exit code ${code}`}), during: ${view.current}`);
      }
      if (tally.failed > 0) progress.fail("✘ Tests");
      else progress.done("✔ Tests");
      view.tellSlowest();
      done();
    });
  });
}

/** What a person sees of the tests while they run. */
class View {
  ended = false;
  failed = 0;
  current = "loading the test files";
  private total = 0;
  private over = 0;
  private readonly begun = Date.now();
  private readonly times: { title: string; ms: number }[] = [];

  constructor(
    private readonly progress: Progress,
    private readonly tally: Tally,
  ) {
    progress.update(this.current);
  }

  hear(message: Message): void {
    switch (message.event) {
      case "start":
        this.total = message.total;
        break;
      case "test":
        this.current = message.title;
        break;
      case "pass":
        this.tally.passed += 1;
        this.over += 1;
        this.times.push({ title: message.title, ms: message.ms ?? 0 });
        break;
      case "skip":
        this.tally.skipped += 1;
        this.over += 1;
        break;
      case "fail":
        this.tally.failed += 1;
        this.failed += 1;
        this.over += 1;
        this.progress.note(`✘ ${message.title}\n  ${relative(ROOT, message.file ?? "")}\n${indent(message.error)}\n`);
        break;
      case "end":
        this.ended = true;
    }
    const failed = this.failed ? `, ${this.failed} failed` : "";
    this.progress.update(`${this.over} of ${this.total}${failed}: ${this.current}`);
  }

  /** Where the time went, when it was long. */
  tellSlowest(): void {
    const slow = this.times.filter(({ ms }) => ms > 5000).sort((a, b) => b.ms - a.ms);
    if (Date.now() - this.begun < 60000 || slow.length === 0) return;
    const lines = slow.slice(0, 8).map(({ title, ms }) => `  ${elapsed(Date.now() - ms).padStart(12)}  ${title}`);
    process.stderr.write(`Slowest:\n${lines.join("\n")}\n`);
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, "    ");
}

main().then(
  (code) => {
    process.exitCode = process.exitCode || code;
  },
  (error: unknown) => {
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = 1;
  },
);
