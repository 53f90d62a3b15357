/**
 * The process that is the simulated cloud.
 *
 *     tsx sandbox/cloud/serve.ts --store DIR --region R --account 123456789012 --partition P [--seed FILE] [--fault SPEC]...
 *                                [--quota NAME=N]... --serve aws,kubernetes,awsx
 *
 * Prints one line `{"ports":{"aws":40001}}` when it listens, and a line of JSON for each event after that; everything else goes to
 * standard error. Ends when standard input ends, so it never outlives its parent. A package with a folder in
 * `sandbox/plugins/` (a component plugin) is served by a child process of its own.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Cloud } from "./cloud";
import { Faults, parseFault } from "./faults";
import { startPlugin } from "./plugin";
import { Provider } from "./provider";
import { plant, SeedObject } from "./seed";
import { functions, services } from "./services";
import { openStoreForWriting } from "./store";

const { values } = parseArgs({
  options: {
    store: { type: "string" },
    region: { type: "string" },
    account: { type: "string", default: "123456789012" },
    partition: { type: "string", default: "aws" },
    seed: { type: "string" },
    fault: { type: "string", multiple: true, default: [] },
    quota: { type: "string", multiple: true, default: [] },
    serve: { type: "string", default: "aws" },
  },
});

function emit(event: Record<string, unknown>): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

function required(name: "store" | "region"): string {
  const value = values[name];
  if (!value) throw new Error(`--${name} is missing`);
  return value;
}

function versionOf(packageName: string): string {
  try {
    const file = require.resolve(`@pulumi/${packageName}/package.json`);
    return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  } catch {
    return "0.0.0";
  }
}

async function serve(): Promise<void> {
  const account = { account: values.account, partition: values.partition, region: required("region") };
  const quotas = Object.fromEntries(
    values.quota.map((quota) => [quota.split("=")[0] ?? "", Number(quota.split("=")[1])]),
  );
  const store = openStoreForWriting(required("store"));
  const cloud = new Cloud(store, services, { quotas }, (type) => emit({ event: "unmodelled", type }));
  if (values.seed) plant(cloud, account, JSON.parse(readFileSync(values.seed, "utf8")) as SeedObject[]);
  const faults = new Faults(values.fault.map(parseFault), emit);
  const table = new Map(functions.map((each) => [each.token, each]));

  const ports: Record<string, number> = {};
  for (const packageName of values.serve.split(",").filter((name) => name !== "")) {
    const plugin = join(__dirname, "..", "plugins", packageName);
    if (existsSync(plugin)) {
      ports[packageName] = await startPlugin(plugin);
    } else {
      const version = versionOf(packageName);
      const provider = new Provider({ packageName, version, cloud, account, faults, functions: table, emit });
      ports[packageName] = (await provider.listen()).port;
    }
  }
  emit({ ports });
}

process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
process.stdin.resume();
serve().catch((error: unknown) => {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
});
