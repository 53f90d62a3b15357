import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CheckOutput, checkText, runCheck } from "../fixtures/config/run-check";

const root = join(__dirname, "..", "..");
const everyKey = join(root, "tests/fixtures/config/every-key.yaml");

describe("check-config reads a file", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "check-config-"));
    writeFileSync(join(folder, "Pulumi.dev.yaml"), "config:\n  aws:region: eu-west-1\n");
    writeFileSync(join(folder, "Pulumi.prod.yaml"), "config:\n  aws:region: eu-west-1\n");
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const unreadable = (text: string, message: RegExp) => {
    writeFileSync(join(folder, "Pulumi.dev.yaml"), text);
    const { exit, err, out } = runCheck(["--stack", "dev"], folder);
    assert.match(err, message);
    assert.match(err, /Pulumi\.dev\.yaml/);
    assert.equal(out, "");
    assert.equal(exit, 2);
  };

  it("answers 0 for a stack with nothing but its region", () => {
    assert.equal(runCheck(["--stack", "dev"], folder).exit, 0);
  });

  it("takes the stack's name from a file's name", () => {
    const { out } = runCheck(["--file", "Pulumi.prod.yaml", "--json"], folder);
    assert.equal((JSON.parse(out) as CheckOutput).stack, "prod");
  });

  it("takes the last part of a stack's full name", () => {
    assert.equal(runCheck(["--stack", "organization/container-platform/prod"], folder).exit, 0);
  });

  it("lists the stacks that exist for one that doesn't, and proposes the nearest", () => {
    const { exit, err } = runCheck(["--stack", "prd"], folder);
    assert.match(err, /Pulumi\.prd\.yaml does not exist\. Did you mean prod\? .*dev, prod/);
    assert.equal(exit, 2);
  });

  it("lists the stacks when none is named", () => {
    const { exit, err } = runCheck([], folder);
    assert.match(err, /dev, prod/);
    assert.equal(exit, 2);
  });

  it("answers 2 for a file that doesn't exist", () => {
    const { exit, err } = runCheck(["--stack", "dev", "--file", "nowhere.yaml"], folder);
    assert.match(err, /nowhere\.yaml does not exist/);
    assert.equal(exit, 2);
  });

  it("answers 2 for a folder in place of a file", () => {
    mkdirSync(join(folder, "sub"));
    const { exit, err } = runCheck(["--stack", "dev", "--file", "sub"], folder);
    assert.match(err, /sub is a folder/);
    assert.equal(exit, 2);
  });

  it("answers 2 for an option that it doesn't know", () => {
    const { exit, err } = runCheck(["--stak", "dev"], folder);
    assert.match(err, /--stak/);
    assert.equal(exit, 2);
  });

  it("names line and column of broken YAML", () =>
    unreadable(
      "config:\n  aws:region: eu-west-1\n  container-platform:network: {cidr: [}\n",
      /yaml:3:\d+ is not YAML/,
    ));
  it("refuses a key that is there twice, as Pulumi does", () =>
    unreadable("config:\n  aws:region: eu-west-1\n  aws:region: eu-west-2\n", /yaml:3:3 is not YAML: .*unique/));
  it("refuses an alias without its anchor", () => unreadable("config:\n  aws:region: *nowhere\n", /nowhere/));
  it("refuses aliases that multiply without end", () => {
    const bombs = Array.from({ length: 12 }, (_, i) => `  x:a${i + 1}: &a${i + 1} [${`*a${i},`.repeat(9)}]`);
    unreadable(["config:", "  aws:region: eu-west-1", "  x:a0: &a0 [1]", ...bombs].join("\n"), /alias/);
  });
  it("refuses a second document", () => unreadable("config: {}\n---\nconfig: {}\n", /document/));
  it("refuses what is not a mapping", () => unreadable("- config\n", /not a mapping/));
  it("refuses an empty file", () => unreadable("", /not a mapping/));
  it("refuses a file without config", () => unreadable("encryptionsalt: v1:x\n", /has no config/));
  it("refuses a config that is a list", () => unreadable("config: [1]\n", /not a mapping/));
  it("refuses a config without a region", () => unreadable("config: {}\n", /has no aws:region/));
  it("sees that the region's key is misspelt", () =>
    unreadable("config:\n  aws:regoin: eu-west-1\n", /aws:regoin is probably meant/));
  it("refuses an encrypted region", () =>
    unreadable("config:\n  aws:region: {secure: v1:x}\n", /encrypted aws:region/));

  it("with --json says in one object why it could not read", () => {
    const { exit, out, err } = runCheck(["--stack", "nope", "--json"], folder);
    const answer = JSON.parse(out) as CheckOutput;
    assert.equal(answer.ok, false);
    assert.equal(`${answer.error}\n`, err);
    assert.equal(exit, 2);
  });
});

describe("check-config understands YAML as Pulumi does", () => {
  const ok = (text: string) => {
    const { exit, out, err } = checkText(text);
    assert.equal(exit, 0, out + err);
    return JSON.parse(out) as CheckOutput;
  };

  it("follows aliases and merge keys", () => {
    const { plan } = ok(`
config:
  aws:region: eu-west-1
  container-platform:eks:
    nodeGroups:
      first: &group {instanceTypes: [m6i.xlarge], min: 3, desired: 3, max: 6}
      second: {<<: *group, instanceTypes: [m7g.xlarge]}
`);
    assert.deepEqual(
      plan.nodeGroups.map(({ name, architecture }) => `${name} ${architecture}`),
      ["first amd64", "second arm64"],
    );
  });

  it("takes structured values as JSON text too", () => {
    const { plan } = ok(`
config:
  aws:region: eu-west-1
  container-platform:network: '{"cidr": "10.9.0.0/16", "podCidr": null}'
  container-platform:eks: "null"
`);
    assert.equal(plan.subnets[0]?.cidr, "10.9.0.0/24");
    assert.deepEqual(plan.nodeGroups, []);
  });

  it("takes an empty text for null, which Pulumi hands to the program in its place", () => {
    assert.deepEqual(ok('config:\n  aws:region: eu-west-1\n  container-platform:eks: ""\n').plan.nodeGroups, []);
  });

  it("takes off without quotes for the text that Pulumi reads", () => {
    ok("config:\n  aws:region: eu-west-1\n  container-platform:observability: {containerInsights: off}\n");
  });

  it("takes the older spelling of keys", () => {
    const { plan } = ok("config:\n  aws:region: eu-west-1\n  container-platform:config:network: {cidr: 10.9.0.0/16}\n");
    assert.equal(plan.subnets[0]?.cidr, "10.9.0.0/24");
  });

  it("leaves the secrets of other namespaces alone", () => {
    ok("config:\n  aws:region: eu-west-1\n  datadog:apiKey: {secure: v1:abc}\nencryptionsalt: v1:x\n");
  });

  it("says that config of imported ESC environments is not seen", () => {
    const { notes } = ok("environment: [shared]\nconfig:\n  aws:region: eu-west-1\n");
    assert.match(String(notes), /ESC/);
  });
});

describe("check-config speaks to people", () => {
  const human = (text: string) => checkText(text, { stack: "prod", json: false });

  it("shows where, value, rule, message and fix of a problem", () => {
    const { exit, out } = human("config:\n  aws:region: eu-west-1\n  container-platform:network: {nat: perzone}\n");
    const [title, , where, message, fix] = out.split("\n");
    assert.equal(title, "Pulumi.prod.yaml has 1 problem");
    assert.match(String(where), /^ {2}container-platform:network\.nat {2}perzone {2,}CFG-VALUE$/);
    assert.equal(message, "    is not none, single or perZone.");
    assert.equal(fix, "    Did you mean perZone? Write one of none, single or perZone.");
    assert.equal(exit, 1);
  });

  it("counts several problems", () => {
    const { out } = human("config:\n  aws:region: eu-west-1\n  container-platform:network: {nat: x, cidr: y}\n");
    assert.match(out, /^Pulumi\.prod\.yaml has 2 problems\n/);
  });

  it("shows a good config's addresses zone by zone, what is left, node groups and services", () => {
    const { exit, out } = runCheck(["--stack", "prod", "--file", everyKey], root);
    assert.equal(exit, 0);
    assert.match(out, /every-key\.yaml is good: stack prod, environment prod, ap-southeast-1/);
    assert.match(out, /ap-southeast-1b\n.*\n.*public +10\.20\.1\.0\/24 +251 +250/);
    assert.match(out, /load balancer +10\.20\.3\.32\/27 +27 +24/);
    assert.match(out, /Left unallocated\n(.*\n)* {2}10\.20\.0\.0\/16 /);
    assert.match(out, /graviton +arm64 +44 +88/);
    assert.match(out, /web +2 +1 +3 to 6/);
    assert.match(out, /Note: The cluster's endpoint is private/);
  });
});

describe("the process check-config", function () {
  this.timeout(60_000);

  const run = (...args: string[]) => {
    const script = join(root, "stacks/config/check-config.ts");
    return spawnSync(process.execPath, ["--require", "tsx/cjs", script, ...args], {
      cwd: root,
      encoding: "utf8",
      env: { ...process.env, INIT_CWD: root, CI: "true" },
    });
  };

  it("prints one JSON object and nothing else, and exits with 0", () => {
    const { status, stdout, stderr } = run("--stack", "prod", "--file", everyKey, "--json");
    assert.equal((JSON.parse(stdout) as CheckOutput).ok, true);
    assert.equal(stdout.trim().split("\n").length, 1);
    assert.equal(stderr, "");
    assert.equal(status, 0);
  });

  it("exits with 1 for a bad config, without colours when nobody looks at a terminal", () => {
    const { status, stdout } = run("--stack", "bad", "--file", "tests/fixtures/config/five-mistakes.yaml");
    assert.match(stdout, /has 5 problems/);
    assert.equal(stdout.includes("\u001b"), false);
    assert.equal(status, 1);
  });

  it("exits with 2 for a stack that doesn't exist", () => {
    const { status, stdout, stderr } = run("--stack", "nowhere");
    assert.match(stderr, /china, dev, prod/);
    assert.equal(stdout, "");
    assert.equal(status, 2);
  });

  it("runs when the set-up requires its file and names it in argv", () => {
    const start = `const script = require.resolve("./stacks/config/check-config.ts");
      require("tsx/cjs"); process.argv.splice(1, 1, script, "--stack", "nowhere"); require(script);`;
    const { status, stderr } = spawnSync(process.execPath, ["-e", start, "-"], { cwd: root, encoding: "utf8" });
    assert.match(stderr, /nowhere/);
    assert.equal(status, 2);
  });

  it("loads no Pulumi SDK, which alone would take longer than the answer may", () => {
    const probe = `require("tsx/cjs"); require("./stacks/config/check-config");
      console.log(Object.keys(require.cache).filter((file) => file.includes("@pulumi")).length)`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", probe], { cwd: root, encoding: "utf8" });
    assert.equal(stdout.trim(), "0", stderr);
  });

  it("answers within two seconds of processor time, so within two seconds where nothing else is busy", () => {
    const start = `process.on("exit", () => {
        const { user, system } = process.cpuUsage();
        process.stderr.write(String((user + system) / 1e6));
      });
      const script = require.resolve("./stacks/config/check-config.ts");
      require("tsx/cjs");
      process.argv.splice(1, 1, script, "--stack", "prod", "--file", ${JSON.stringify(everyKey)}, "--json");
      require(script);`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", start, "-"], { cwd: root, encoding: "utf8" });
    assert.equal((JSON.parse(stdout) as CheckOutput).ok, true);
    assert.ok(Number(stderr) < 2, `took ${stderr} s`);
  });
});
