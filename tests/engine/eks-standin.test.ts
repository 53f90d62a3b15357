/**
 * The eks stand-in against what the real plugin registered for the same arguments (eks-standin.jsonl, measured).
 *
 * To measure again, start the real plugin (it prints its port; it wants an `aws` on PATH) and run
 * `EKS_PORT=<port> EKS_VERSION=<version> EKS_ENDPOINT=<url> npx mocha tests/engine/eks-standin.test.ts`: it rewrites the recording. At EKS_ENDPOINT,
 * which has the form https://127.0.0.1:8443, something should answer /healthz, or the plugin waits five minutes for it.
 */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { InputPropertiesError } from "@pulumi/pulumi";
import { readClusterArguments } from "../../sandbox/plugins/eks/arguments";
import { readNodeGroupArguments } from "../../sandbox/plugins/eks/node-group-arguments";
import { builds, mistakes } from "./eks-cases";
import { Bench, type Registered, start } from "./eks-recording";

const file = join(__dirname, "eks-standin.jsonl");
const real = process.env["EKS_PORT"];

type Line =
  Registered | { outputs: Record<string, unknown> } | { refusals: Record<string, string> } | { plugin: string };

describe("the eks stand-in", function () {
  this.timeout(600_000);
  let golden: Line[];
  let bench: Bench;
  let plugin: { port: string; stop: () => Promise<void> } | undefined;
  let seen: Awaited<ReturnType<Bench["record"]>>;

  before(async () => {
    plugin = real ? undefined : await start(join(__dirname, "../../sandbox/plugins/eks/serve.ts"));
    bench = await Bench.open(real ?? plugin!.port, process.env["EKS_ENDPOINT"]);
    seen = await bench.record();
    if (real) await measure();
    golden = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Line);
  });

  after(async () => {
    await bench?.close();
    await plugin?.stop();
  });

  /** The component of this name and everything below it or named after it. */
  const partOf = (name: string, all: Registered[]): Registered[] => {
    const longer = Object.keys(builds).filter((other) => other.startsWith(`${name}-`));
    const isPart = ({ name: other }: Registered) =>
      (other === name || other.startsWith(`${name}-`)) &&
      !longer.some((each) => other === each || other.startsWith(`${each}-`));
    return all.filter(isPart);
  };

  for (const name of Object.keys(builds)) {
    it(`registers what the plugin registers: ${name}`, () => {
      const expected = partOf(
        name,
        golden.filter((line): line is Registered => "type" in line),
      );
      assert.ok(expected.length > 1, "not in the recording");
      assert.deepEqual(partOf(name, seen.registered), expected);
    });

    it(`returns what the plugin returns: ${name}`, () => {
      const expected = golden.find((line) => "outputs" in line && !("type" in line)) as {
        outputs: Record<string, unknown>;
      };
      assert.ok(expected.outputs[name], "not in the recording");
      assert.deepEqual(seen.outputs[name], expected.outputs[name]);
    });
  }

  it("finds nothing to change in a second preview", () => {
    assert.deepEqual(seen.changedAgain, []);
  });

  for (const [name, [type, args]] of Object.entries(mistakes)) {
    it(`refuses in the plugin's words: ${name}`, () => {
      const { refusals } = golden.find((line) => "refusals" in line) as { refusals: Record<string, string> };
      const words = refused(() => (type === "Cluster" ? readClusterArguments(args) : readNodeGroupArguments(args)));
      for (const each of words) assert.ok(refusals[name]?.includes(each), `${each}\nis not in\n${refusals[name]}`);
    });
  }

  it("lets a person see a refusal", async () => {
    assert.match(
      await bench.refusal("public-cidrs-of-a-private-endpoint"),
      /can only be set when `endpointPublicAccess` is true/,
    );
  });

  const needed = { vpcId: "vpc-1", subnetIds: ["subnet-1"], authenticationMode: "API", skipDefaultNodeGroup: true };
  const unable: [string, object, RegExp][] = [
    ["an argument that it does not know", { ...needed, autoMode: { enabled: true } }, /does not know "autoMode"/],
    ["a default node group", { ...needed, skipDefaultNodeGroup: undefined }, /skipDefaultNodeGroup only with true/],
    [
      "a config map for access",
      { ...needed, authenticationMode: "API_AND_CONFIG_MAP" },
      /authenticationMode only with "API"/,
    ],
    ["an OIDC provider", { ...needed, createOidcProvider: true }, /createOidcProvider only with false/],
    ["the default VPC", { ...needed, vpcId: undefined }, /vpcId only when it is given/],
    ["IPv6", { ...needed, ipFamily: "ipv6" }, /ipFamily only with "ipv4"/],
  ];
  for (const [title, args, words] of unable) {
    it(`says what it cannot do, and how to: ${title}`, () => {
      const [said = ""] = refused(() => readClusterArguments(args as Record<string, unknown>));
      assert.match(said, words);
      assert.match(said, /pulumi plugin install resource eks 4\.3\.0/);
    });
  }

  it("says what it cannot do: a launch template of the plugin's own", () => {
    const [said = ""] = refused(() => readNodeGroupArguments({ nodeRoleArn: "arn", enableIMDSv2: true }));
    assert.match(said, /does not know "enableIMDSv2"/);
  });

  async function measure(): Promise<void> {
    const about = {
      ...{ plugin: "eks", version: process.env["EKS_VERSION"], measured: new Date().toISOString().slice(0, 10) },
      inside: "@pulumi/aws 7.25.0; @pulumi/kubernetes 4.21.1 in place of 4.19.0; @pulumi/pulumi 3.200.0",
    };
    const lines: object[] = [
      about,
      { refusals: await bench.refusals() },
      { outputs: seen.outputs },
      ...seen.registered,
    ];
    writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`);
  }
});

function refused(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    return InputPropertiesError.isInstance(error)
      ? (error.errors ?? []).map(({ reason }) => reason)
      : [(error as Error).message];
  }
  assert.fail("it was not refused");
}
