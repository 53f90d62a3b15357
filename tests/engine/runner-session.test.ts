import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, Runner } from "./runner-session";

describe("a run of the sandbox", function () {
  this.timeout(300_000);
  let runner: Runner;
  afterEach(() => runner.remove());

  it("goes through a cycle and leaves nothing: no resource, no process, no changed file of the repository", async () => {
    runner = new Runner("network");
    const status = () =>
      execFileSync("git", ["status", "--porcelain", "--", "Pulumi*"], { cwd: ROOT, encoding: "utf8" });
    const before = status();
    const { code, json, stdout } = await runner.run("cycle");
    assert.equal(json.error, undefined);
    assert.equal(code, 0);
    assert.deepEqual(
      json.operations.map(({ kind, changes }) => [kind, Object.keys(changes)]),
      [
        ["up", ["create"]],
        ["preview", ["same"]],
        ["refresh", ["same"]],
        ["destroy", ["delete"]],
      ],
    );
    assert.equal(JSON.parse(stdout).stack, runner.stack);
    assert.deepEqual(runner.cloud(), []);
    assert.deepEqual(runner.leftRunning(), []);
    assert.equal(status(), before);
  });

  it("fails a cycle whose second preview finds something to change, and names it", async () => {
    runner = new Runner("drifting");
    const { code, json } = await runner.run("cycle");
    assert.equal(code, 1);
    assert.deepEqual(
      json.operations.map(({ kind, ok }) => [kind, ok]),
      [
        ["up", true],
        ["preview", false],
      ],
    );
    assert.match(
      json.error ?? "",
      /a preview right after the up would change 1 resources\n {2}update urn:\S+::log \(tags/,
    );
  });

  it("runs a program that is an async function, afresh for each operation, with its own folder around it", async () => {
    runner = new Runner("shapes");
    const { json, stderr } = await runner.run("cycle");
    assert.equal(json.error, undefined, stderr.slice(-3000));
    assert.ok(json.unmodelled.includes("aws:ses/domainIdentity:DomainIdentity"), json.unmodelled.join());
    await runner.run("up");
    const outputs = runner.state().resources?.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs;
    assert.equal(outputs?.greeting, "hello 1");
    assert.equal(outputs?.besideMe, "hello");
    assert.doesNotMatch(JSON.stringify(outputs), /hush/);
  });

  it("shows a mistake of the config as the program words it, without a stack trace", async () => {
    runner = new Runner("broken");
    const { code, json, stderr } = await runner.run("up");
    assert.equal(code, 1);
    assert.equal(json.ok, false);
    assert.match(json.error ?? "", /^Pulumi\.dev\.yaml has 1 problem\n\n {2}network\.cidr {2}10\.0\.0\.0\/8/);
    assert.doesNotMatch(stderr, /\n\s+at .*[:(]\d+/);
  });

  it("refuses a second run on the same stack, says who has it, and disturbs nothing", async () => {
    runner = new Runner("network");
    const first = runner.start("up");
    await runner.until(first, /Updating/);
    const second = await runner.run("up");
    assert.equal(second.code, 1);
    assert.match(
      second.json.error ?? "",
      new RegExp(`another run \\(pid ${first.child.pid}\\) is working on the stack`),
    );
    assert.equal((await first.done).code, 0);
    assert.deepEqual(runner.disagreements(), []);
  });

  it("stops cleanly on Ctrl-C: nothing pending, nothing running, and the next run goes on without recovery", async () => {
    runner = new Runner("network");
    const run = runner.start("up");
    await runner.until(run, /Subnet subnet-\d creating/);
    run.child.kill("SIGINT");
    const { code, json } = await run.done;
    assert.equal(code, 1);
    assert.equal(json.ok, false);
    assert.deepEqual(runner.disagreements(), []);
    assert.deepEqual(runner.leftRunning(), []);
    const next = await runner.run("up");
    assert.equal(next.json.error, undefined, next.stderr.slice(-3000));
    assert.equal(next.json.recovered, undefined);
  });

  it("gives encrypted values a placeholder, since it can't decrypt them", async () => {
    runner = new Runner("network");
    runner.configure({ token: { secure: "AAABADQw" } });
    const { json, stderr } = await runner.run("preview");
    assert.equal(json.error, undefined);
    assert.match(stderr, /Encrypted values get a placeholder in the sandbox: runner-network:token/);
  });
});

describe("a wrong call of the sandbox", function () {
  this.timeout(60_000);
  const call = (...args: string[]) =>
    spawnSync(process.execPath, ["sandbox/setup/run.mjs", "sandbox", ...args], { cwd: ROOT, encoding: "utf8" });

  const cases: [string, string[], RegExp][] = [
    ["an unknown operation", ["deploy"], /"deploy" is no operation/],
    [
      "a stack without a config",
      ["up", "--stack", "nowhere"],
      /no Pulumi\.nowhere\.yaml[^]*Stacks with a config: .*dev/,
    ],
    [
      "a config file that is not there",
      ["up", "--file", "no/such.yaml"],
      /--file no\/such\.yaml: there is no such file/,
    ],
    ["a program folder without Pulumi.yaml", ["up", "--program", "docs"], /docs has no Pulumi\.yaml/],
    ["a policy pack without PulumiPolicy.yaml", ["up", "--policy-pack", "docs"], /docs has no PulumiPolicy\.yaml/],
  ];
  for (const [what, args, message] of cases) {
    it(`exits with 2 and a line about ${what}`, () => {
      const { status, stderr, stdout } = call(...args);
      assert.equal(status, 2);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /);
      assert.equal(stdout, "");
    });
  }

  it("answers with JSON all the same when it was asked for JSON", () => {
    const folder = mkdtempSync(join(tmpdir(), "stack-file-"));
    const file = join(folder, "Pulumi.dev.yaml");
    writeFileSync(file, "config: [");
    const { status, stdout } = call("up", "--json", "--file", file);
    rmSync(folder, { recursive: true });
    assert.equal(status, 2);
    assert.match(JSON.parse(stdout).error, /Pulumi\.dev\.yaml could not be read/);
  });
});
