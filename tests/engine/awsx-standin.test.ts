/**
 * The awsx stand-in against what the real plugin registered for the same arguments (awsx-standin.jsonl, measured).
 *
 * To measure again, start the real plugin (`pulumi-resource-awsx` prints its port) and run
 * `AWSX_PORT=<port> AWSX_VERSION=<version> npx mocha tests/engine/awsx-standin.test.ts`: it rewrites the recording.
 */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { layouts, mistakes } from "./awsx-cases";
import { Recorder, type Recording } from "./awsx-recorder";

const file = join(__dirname, "awsx-standin.jsonl");
const real = process.env["AWSX_PORT"];

describe("the awsx stand-in", function () {
  this.timeout(120_000);
  const recorder = new Recorder();
  let plugin: ChildProcess | undefined;
  let golden: Map<string, Recording>;

  before(async () => {
    let port = Number(real);
    if (!real) {
      const serve = join(__dirname, "../../sandbox/plugins/awsx/serve.ts");
      plugin = spawn(process.execPath, ["--require", "tsx/cjs", serve], { stdio: ["pipe", "pipe", "inherit"] });
      const [line] = await once(createInterface(plugin.stdout!), "line");
      port = Number(line);
    }
    await recorder.attach(port);
    if (real) await measure(recorder);
    golden = read();
  });

  after(async () => {
    recorder.close();
    if (!plugin) return;
    const gone = once(plugin, "exit");
    plugin.stdin?.end();
    await gone;
  });

  for (const [title, args] of Object.entries(layouts)) {
    it(`registers what the plugin registers: ${title}`, async () => {
      const expected = golden.get(title);
      assert.ok(expected && expected.children.length > 0, "not in the recording");
      assert.deepEqual(await recorder.construct("net", args), expected);
    });
  }

  for (const [title, args] of Object.entries(mistakes)) {
    it(`refuses in the plugin's words: ${title}`, async () => {
      const { error, children } = await recorder.construct("net", args);
      assert.equal(error, golden.get(title)?.error);
      assert.ok(error);
      assert.deepEqual(children, []);
    });
  }

  it("builds several components at once, each as if it were alone", async () => {
    const title = "3 zones, NAT perZone";
    const names = ["net1x", "net2x", "net3x", "net4x"];
    const built = await Promise.all(names.map((name) => recorder.construct(name, layouts[title]!)));
    for (const [i, name] of names.entries()) {
      assert.deepEqual(JSON.parse(JSON.stringify(built[i]).replaceAll(name, "net")), golden.get(title));
    }
  });

  const refusals: [string, object, RegExp][] = [
    ["an argument that it does not know", { cidr: "10.0.0.0/16" }, /does not know "cidr"/],
    [
      "a subnet setting that it does not know",
      { subnetSpecs: [{ type: "Public", mask: 24 }] },
      /subnetSpecs\[0\].*"mask"/,
    ],
    ["a strategy that there is not", { subnetStrategy: "auto" }, /subnetStrategy is "auto", it can be Legacy/],
    ["an address pool without a block", { ipv4IpamPoolId: "pool", ipv4NetmaskLength: 20 }, /IPAM pools/],
    ["a block that is none", { cidrBlock: "10.0.0.0/40" }, /Invalid net address: 10.0.0.0\/40/],
  ];
  // The real plugin has other words for these, or none.
  for (const [title, args, words] of real ? [] : refusals) {
    it(`says what it cannot do: ${title}`, async () => {
      const { error } = await recorder.construct("net", args);
      assert.match(error ?? "", words);
    });
  }

  if (real) return;
  it("names the real plugin for a component that it does not have", async () => {
    const { error } = await recorder.construct("service", {}, "awsx:ecs:FargateService");
    assert.match(error ?? "", /no stand-in for awsx:ecs:FargateService.*pulumi plugin install resource awsx/);
  });
});

/** The recording: a line about it, then a line for each child and one for the rest of its case. */
function read(): Map<string, Recording> {
  const cases = new Map<string, Recording>();
  for (const line of readFileSync(file, "utf8").trim().split("\n").slice(1)) {
    const { in: title, ...rest } = JSON.parse(line);
    const recording = cases.get(title) ?? ({ children: [] } as unknown as Recording);
    if (rest.type) recording.children.push(rest);
    else cases.set(title, { ...rest, children: recording.children });
    if (!cases.has(title)) cases.set(title, recording);
  }
  return cases;
}

async function measure(recorder: Recorder): Promise<void> {
  const lines: object[] = [
    { plugin: "awsx", version: process.env["AWSX_VERSION"], measured: new Date().toISOString().slice(0, 10) },
  ];
  for (const [title, args] of Object.entries({ ...layouts, ...mistakes })) {
    const { children, ...rest } = await recorder.construct("net", args);
    for (const each of [...children, rest]) lines.push({ in: title, ...each });
  }
  writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
}
