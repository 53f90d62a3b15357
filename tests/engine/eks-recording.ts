/**
 * Runs the cases of eks-cases.ts on the engine over the echo provider, with an eks plugin that listens somewhere, and writes down
 * what the plugin registered: at preview, in the state, and as outputs.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { type EngineEvent, LocalWorkspace, Stack } from "@pulumi/pulumi/automation";
import { findEngine } from "../../sandbox/engine/find";
import { builds, given, mistakes } from "./eks-cases";
import { DEFAULT_ENDPOINT } from "./eks-endpoint";

/** One resource as it was registered; URNs are written as `Cluster platform-eksCluster`. */
export interface Registered {
  type: string;
  name: string;
  parent: string;
  provider?: string;
  /** As planned in the first preview; `<unknown>` where it was not known yet. */
  planned: unknown;
  inputs: unknown;
  /** Only of components: the outputs of everything else are the echo's. */
  outputs?: unknown;
  dependencies: string[];
  /** Only properties that depend on something. */
  propertyDependencies: Record<string, string[]>;
  protect?: boolean;
  ignoreChanges?: string[];
}

interface StateResource {
  urn: string;
  type: string;
  custom: boolean;
  parent?: string;
  provider?: string;
  inputs?: Record<string, unknown>;
  outputs?: Record<string, unknown>;
  dependencies?: string[];
  propertyDependencies?: Record<string, string[]>;
  protect?: boolean;
  ignoreChanges?: string[];
}

const serving = join(__dirname, "eks-echo.ts");

/** A child process that prints its port and ends with standard input. */
export async function start(file: string, ...args: string[]): Promise<{ port: string; stop: () => Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, ["--require", "tsx/cjs", file, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const [port] = await once(createInterface(child.stdout!), "line");
  return {
    port: String(port),
    stop: async () => {
      const gone = once(child, "exit");
      child.stdin?.end();
      await gone;
    },
  };
}

/** The engine with this eks plugin and echoes for the rest. */
export class Bench {
  private constructor(
    private readonly workspaces: string,
    private readonly debugProviders: string,
    private readonly engine: string,
    private readonly echoes: { stop: () => Promise<void> }[],
  ) {}

  static async open(eksPort: string, endpoint = DEFAULT_ENDPOINT): Promise<Bench> {
    const { command } = await findEngine();
    const echoes = await Promise.all([start(serving, endpoint), start(serving, endpoint)]);
    const providers = `aws:${echoes[0].port},kubernetes:${echoes[1].port},eks:${eksPort}`;
    return new Bench(mkdtempSync(join(tmpdir(), "eks-bench-")), providers, command, echoes);
  }

  async close(): Promise<void> {
    await Promise.all(this.echoes.map(({ stop }) => stop()));
    rmSync(this.workspaces, { recursive: true, force: true });
  }

  /** Every case, previewed, applied and previewed again. */
  async record(): Promise<{ registered: Registered[]; outputs: Record<string, unknown>; changedAgain: unknown }> {
    const stack = await this.stack("cases", async () => {
      const base = given();
      return Object.fromEntries(Object.entries(builds).map(([name, build]) => [name, outputsOf(build(name, base))]));
    });
    const planned = new Map<string, unknown>();
    await stack.preview({
      onEvent: ({ resourcePreEvent }: EngineEvent) => {
        const metadata = resourcePreEvent?.metadata;
        if (metadata) planned.set(metadata.urn, metadata.new?.inputs);
      },
    });
    const { outputs } = await stack.up();
    const { resources } = (await stack.exportStack()).deployment as { resources: StateResource[] };
    const again = await stack.preview();
    return {
      registered: resources
        .filter((resource) => /::eks:index:|\$eks:index:/.test(resource.urn))
        .map((resource) => describe(resource, planned.get(resource.urn)))
        .sort((a, b) => (`${a.type} ${a.name}` < `${b.type} ${b.name}` ? -1 : 1)),
      outputs: tidy(Object.fromEntries(Object.entries(outputs).map(([key, { value }]) => [key, value]))) as Record<
        string,
        unknown
      >,
      changedAgain: Object.keys(again.changeSummary).filter((op) => op !== "same"),
    };
  }

  /** What a person is told of each mistake. */
  async refusals(): Promise<Record<string, string>> {
    const told: Record<string, string> = {};
    for (const name of Object.keys(mistakes)) told[name] = await this.refusal(name);
    return told;
  }

  async refusal(name: string): Promise<string> {
    const [type, args] = mistakes[name]!;
    const eks = await import("@pulumi/eks");
    const stack = await this.stack(name, async () => {
      new eks[type](name, args as never);
      return undefined;
    });
    const told: string[] = [];
    const onEvent = ({ diagnosticEvent: event }: EngineEvent): void => {
      // The rest is stack traces, and what follows from the first.
      const words = /^.* has a problem: .*(\n\t.*)*/.exec(event?.message.replace(/<\{%[^%]*%\}>/g, "") ?? "")?.[0];
      if (event?.severity === "error" && words) told.push(words);
    };
    await stack.preview({ onEvent }).catch(() => undefined);
    return told[0] ?? "";
  }

  private async stack(name: string, program: () => Promise<Record<string, unknown> | undefined>): Promise<Stack> {
    const workDir = mkdtempSync(join(this.workspaces, `${name}-`));
    const workspace = await LocalWorkspace.create({
      workDir,
      program,
      projectSettings: { name: "proj", runtime: "nodejs", backend: { url: `file://${workDir}` } },
      envVars: {
        PATH: [dirname(this.engine), process.env["PATH"]].join(delimiter),
        PULUMI_HOME: workDir,
        PULUMI_CONFIG_PASSPHRASE: "test",
        PULUMI_SKIP_UPDATE_CHECK: "true",
        PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
        PULUMI_DEBUG_PROVIDERS: this.debugProviders,
      },
    });
    const stack = await Stack.create("dev", workspace);
    await stack.setConfig("aws:profile", { value: "from-config" });
    return stack;
  }
}

/** The outputs of a component that a program may use; the resources among them by their URN. */
function outputsOf(built: unknown): unknown {
  if (typeof built !== "object" || built === null || !("urn" in built)) return built;
  const wanted = [
    ...["kubeconfig", "kubeconfigJson", "clusterSecurityGroupId", "nodeSecurityGroupId", "clusterIngressRuleId"],
    ...["oidcIssuer", "oidcProviderUrl", "oidcProviderArn", "fargateProfileId", "placementGroupName"],
  ];
  return Object.fromEntries(Object.entries(built).filter(([key]) => wanted.includes(key)));
}

function describe(resource: StateResource, planned: unknown): Registered {
  const { urn, type, custom, parent, provider, protect, ignoreChanges } = resource;
  const dependent = Object.entries(resource.propertyDependencies ?? {}).filter(([, urns]) => urns.length > 0);
  return {
    ...{ type, name: urn.split("::").at(-1) ?? "", parent: short(parent ?? "") },
    ...(provider ? { provider: provider.split("::").at(-2) ?? "" } : {}),
    planned: withoutVersion(type, tidy(planned)),
    inputs: withoutVersion(type, tidy(resource.inputs ?? {})),
    ...(custom ? {} : { outputs: tidy(resource.outputs ?? {}) }),
    dependencies: (resource.dependencies ?? []).map(short).sort(),
    propertyDependencies: Object.fromEntries(dependent.map(([key, urns]) => [key, urns.map(short).sort()])),
    ...(protect ? { protect } : {}),
    ...(ignoreChanges ? { ignoreChanges } : {}),
  };
}

/** `urn:…$aws:eks/cluster:Cluster::platform-eksCluster` is `Cluster platform-eksCluster`. */
function short(urn: string): string {
  return urn.replace(/^urn:.*[:$]([^:$]+)::([^:]*)$/, "$1 $2");
}

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** Sorted, with resources as `Cluster platform-eksCluster`, and the endpoint of this run in the form of all runs. */
function tidy(value: unknown): unknown {
  if (value === UNKNOWN) return "<unknown>";
  if (typeof value === "string") return value.replace(/https:\/\/127\.0\.0\.1:\d+/, DEFAULT_ENDPOINT);
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== "object" || value === null) return value;
  const each = value as Record<string, unknown>;
  if (Object.values(each).includes(RESOURCE)) return short(String(each["urn"]));
  return Object.fromEntries(
    Object.entries(each)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, tidy(inner)]),
  );
}

/** The SDK of Kubernetes inside the release was not to be had when it was measured; the next one is no different but for its number. */
function withoutVersion(type: string, value: unknown): unknown {
  if (type !== "pulumi:providers:kubernetes" || typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== "version"));
}
