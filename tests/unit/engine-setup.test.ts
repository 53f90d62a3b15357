import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { tryLock } from "../../sandbox/setup/lock.mjs";
import { isAlive, self } from "../../sandbox/setup/processes.mjs";

const ROOT = resolve(__dirname, "../..");
const SETUP = join(ROOT, "sandbox", "setup");
const LOCK_A = { packages: { "": {}, "node_modules/a": { version: "1.0.0", integrity: "x" } } };
const LOCK_B = { packages: { "": {}, "node_modules/a": { version: "2.0.0", integrity: "y" } } };

/** A clone with a lock file, and an npm that writes down how it is called and installs what the lock says. */
class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), "setup-"));
  private readonly bin = join(this.folder, "bin");

  constructor(lock: object = LOCK_A) {
    mkdirSync(this.bin);
    this.lock(lock);
    this.npm("");
  }

  lock(content: object): void {
    writeFileSync(join(this.folder, "package-lock.json"), JSON.stringify(content));
  }

  npm(before: string): void {
    const path = join(this.bin, "npm");
    const install =
      "rm -rf node_modules; mkdir -p node_modules/a; echo {} > node_modules/a/package.json; cp package-lock.json node_modules/.package-lock.json";
    writeFileSync(path, `#!/bin/sh\necho "$*" >> npm.log\n${before}\n${install}\n`);
    chmodSync(path, 0o755);
  }

  private command(): [string, string[], object] {
    const script = `import { installDependencies } from ${JSON.stringify(join(SETUP, "dependencies.mjs"))};
      const begun = performance.now();
      try { await installDependencies(process.cwd()); console.log(performance.now() - begun); }
      catch (error) { console.log("failed: " + error.message); process.exitCode = 1; }`;
    const env = { PATH: `${this.bin}:/usr/bin:/bin`, NODE_ENV: "production", npm_config_omit: "dev" };
    return [process.execPath, ["--input-type=module", "-e", script], { cwd: this.folder, env, encoding: "utf8" }];
  }

  install(): { code: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync(...this.command()) as unknown as Record<
      "stdout" | "stderr",
      string
    > & { status: number };
    return { code: status, stdout, stderr };
  }

  start(): Promise<number | null> {
    const child = spawn(...this.command());
    return new Promise((done) => child.on("close", done));
  }

  calls(): string[] {
    const log = join(this.folder, "npm.log");
    return existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [];
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

describe("setting up a fresh clone", function () {
  this.timeout(30_000);
  let clone: Clone;
  beforeEach(() => (clone = new Clone()));
  afterEach(() => clone.remove());

  it("installs what the lock says, dev dependencies too under NODE_ENV=production, and runs no install scripts", () => {
    assert.equal(clone.install().code, 0);
    const [call = ""] = clone.calls();
    assert.match(call, /^ci /);
    for (const option of ["--ignore-scripts", "--include=dev", "--include=optional"]) assert.ok(call.includes(option));
  });

  it("does nothing, in less than 50 ms, when everything is there", () => {
    clone.install();
    const times = [1, 2, 3].map(() => Number(clone.install().stdout));
    assert.equal(clone.calls().length, 1);
    assert.ok(Math.min(...times) < 50, `took ${times.join(", ")} ms`);
  });

  it("installs again when the lock has changed", () => {
    clone.install();
    clone.lock(LOCK_B);
    clone.install();
    assert.equal(clone.calls().length, 2);
  });

  it("takes an install that somebody made by hand, if it is of this lock", () => {
    const modules = join(clone.folder, "node_modules");
    mkdirSync(join(modules, "a"), { recursive: true });
    writeFileSync(join(modules, "a", "package.json"), "{}");
    writeFileSync(join(modules, ".package-lock.json"), JSON.stringify(LOCK_A));
    clone.install();
    assert.deepEqual(clone.calls(), []);
    clone.lock(LOCK_B);
    clone.install();
    assert.equal(clone.calls().length, 1);
  });

  it("installs when a package of a complete-looking install is gone", () => {
    clone.install();
    rmSync(join(clone.folder, "node_modules", "a"), { recursive: true });
    rmSync(join(clone.folder, "node_modules", ".container-platform"));
    clone.install();
    assert.equal(clone.calls().length, 2);
  });

  it("installs once when two start at the same time", async () => {
    clone.npm("sleep 1");
    assert.deepEqual(await Promise.all([clone.start(), clone.start()]), [0, 0]);
    assert.equal(clone.calls().length, 1);
  });

  it("shows npm's last words and what to do when it fails, and tries again the next time", () => {
    clone.npm("echo 'npm error network timeout' >&2; exit 1");
    const { code, stdout } = clone.install();
    assert.equal(code, 1);
    assert.match(stdout, /npm error network timeout[^]*Behind a proxy, tell npm/);
    clone.npm("");
    assert.equal(clone.install().code, 0);
  });

  it("says something at least every five seconds while npm is silent", () => {
    clone.npm("sleep 5");
    const lines = clone.install().stderr.trim().split("\n");
    assert.ok(
      lines.some((line) => /\(4 s\)|\(5 s\)/.test(line)),
      lines.join("\n"),
    );
  });

  it("says in one line that Node is too old, and which one is needed", () => {
    const old = `Object.defineProperty(process, "versions", { value: { node: "18.19.0" } });`;
    const args = ["--import", `data:text/javascript,${encodeURIComponent(old)}`, join(SETUP, "run.mjs"), "sandbox"];
    const { status, stderr, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
    assert.equal(status, 1);
    assert.equal(stdout, "");
    assert.match(stderr, /^Node 18\.19\.0 is too old, 20\.19 or newer is needed: \S+\n$/);
  });
});

describe("a lock between processes", () => {
  let folder: string;
  const file = () => join(folder, "deep", "lock.json");
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), "lock-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("is held until it is released", () => {
    const first = tryLock(file());
    assert.equal(tryLock(file()).holder?.pid, process.pid);
    first.lock?.release();
    assert.ok(tryLock(file()).lock);
  });

  it("passes on what a dead holder had written down", () => {
    const script = `import { tryLock } from ${JSON.stringify(join(SETUP, "lock.mjs"))};
      tryLock(${JSON.stringify(file())}, { run: "r1" }).lock.note({ children: [7] }); process.exit();`;
    spawnSync(process.execPath, ["--input-type=module", "-e", script]);
    const taken = tryLock<{ run: string; children?: number[] }>(file());
    assert.ok(taken.lock);
    assert.equal(taken.abandoned?.run, "r1");
    assert.deepEqual(taken.abandoned.children, [7]);
  });

  it("does not take another process for the holder because it has the holder's pid", () => {
    mkdirSync(join(folder, "deep"));
    writeFileSync(file(), JSON.stringify({ pid: process.pid, started: "another boot/1" }));
    assert.ok(tryLock(file()).lock);
  });

  it("survives a file that is no JSON", () => {
    mkdirSync(join(folder, "deep"));
    writeFileSync(file(), "{");
    assert.ok(tryLock(file()).lock);
  });

  it("goes to exactly one of many that find it abandoned at the same time", async () => {
    mkdirSync(join(folder, "deep"));
    writeFileSync(file(), JSON.stringify({ pid: 999999, started: "x" }));
    const script = `import { tryLock } from ${JSON.stringify(join(SETUP, "lock.mjs"))};
      const { lock } = tryLock(${JSON.stringify(file())}); console.log(lock ? "mine" : "theirs"); setTimeout(() => {}, 1500);`;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => {
        const child = spawn(process.execPath, ["--input-type=module", "-e", script]);
        let said = "";
        child.stdout.on("data", (data: Buffer) => (said += data.toString()));
        return new Promise<string>((done) => child.on("close", () => done(said.trim())));
      }),
    );
    assert.equal(answers.filter((answer) => answer === "mine").length, 1, answers.join());
  }).timeout(15_000);

  it("knows a living process by its pid and start time", () => {
    assert.ok(isAlive(self()));
    assert.ok(!isAlive({ ...self(), started: "another time" }));
    assert.ok(!isAlive(undefined));
  });
});
