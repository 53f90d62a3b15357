// Runs policies as the engine does, through the SDK's own request handlers: with its proxies, unknowns and configuration.
import type { Policies } from "@pulumi/policy";
import * as server from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

export interface Finding {
  readonly policy: string;
  readonly level: "advisory" | "mandatory";
  readonly urn: string;
  readonly message: string;
}

export interface Sent {
  readonly type: string;
  readonly name: string;
  readonly props?: Readonly<Record<string, unknown>>;
  readonly refs?: Readonly<Record<string, readonly string[]>>;
  readonly dependsOn?: readonly string[];
  readonly parent?: string;
}

export function urnOf({ type, name }: Pick<Sent, "type" | "name">): string {
  return `urn:pulumi:test::container-platform::${type}::${name}`;
}

type Handler = (call: { request: unknown }, callback: (error: unknown, response?: Response) => void) => void;

interface Response {
  getDiagnosticsList: () => {
    getPolicyname: () => string;
    getEnforcementlevel: () => number;
    getUrn: () => string;
    getMessage: () => string;
  }[];
  getNotApplicableList: () => { getPolicyName: () => string }[];
}

const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = server as unknown as Record<
  "makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun",
  (pack: string, version: string, level: string, policies: Policies) => Handler
>;

export class Engine {
  private readonly analyze: Handler;
  private readonly analyzeStack: Handler;

  constructor(policies: Policies) {
    this.analyze = makeAnalyzeRpcFun("container-platform", "1.0.0", "advisory", policies);
    this.analyzeStack = makeAnalyzeStackRpcFun("container-platform", "1.0.0", "advisory", policies);
  }

  /** What the pack says of a resource's inputs, before it is created. */
  async resource(sent: Sent): Promise<{ findings: Finding[]; notApplicable: string[] }> {
    const request = new analyzer.AnalyzeRequest();
    request.setType(sent.type);
    request.setName(sent.name);
    request.setUrn(urnOf(sent));
    request.setProperties(Struct.fromJavaScript((sent.props ?? {}) as never));
    request.setOptions(new analyzer.AnalyzerResourceOptions());
    return read(await answer(this.analyze, request), urnOf(sent));
  }

  /** What the pack says of the whole stack, at the end. */
  async stack(resources: readonly Sent[]): Promise<{ findings: Finding[]; notApplicable: string[] }> {
    const request = new analyzer.AnalyzeStackRequest();
    const urns = new Map(resources.map((sent) => [sent.name, urnOf(sent)]));
    const urn = (name: string): string => urns.get(name) ?? "";
    request.setResourcesList(
      resources.map((sent) => {
        const resource = new analyzer.AnalyzerResource();
        resource.setType(sent.type);
        resource.setName(sent.name);
        resource.setUrn(urnOf(sent));
        resource.setProperties(Struct.fromJavaScript((sent.props ?? {}) as never));
        resource.setOptions(new analyzer.AnalyzerResourceOptions());
        resource.setParent(sent.parent === undefined ? "" : urn(sent.parent));
        resource.setDependenciesList([...Object.values(sent.refs ?? {}).flat(), ...(sent.dependsOn ?? [])].map(urn));
        for (const [property, names] of Object.entries(sent.refs ?? {})) {
          const dependencies = new analyzer.AnalyzerPropertyDependencies();
          dependencies.setUrnsList(names.map(urn));
          resource.getPropertydependenciesMap().set(property, dependencies);
        }
        return resource;
      }),
    );
    return read(await answer(this.analyzeStack, request), "");
  }

  /** A whole operation: each resource, then the stack. */
  async operation(resources: readonly Sent[]): Promise<Finding[]> {
    const findings: Finding[] = [];
    for (const sent of resources) {
      findings.push(...(await this.resource(sent)).findings);
    }
    return [...findings, ...(await this.stack(resources)).findings];
  }
}

function answer(handler: Handler, request: unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    handler({ request }, (error, response) => {
      if (error || !response) {
        reject(error instanceof Error ? error : new Error(String(error)));
      } else {
        resolve(response);
      }
    });
  });
}

function read(response: Response, urn: string): { findings: Finding[]; notApplicable: string[] } {
  return {
    findings: response.getDiagnosticsList().map((finding) => ({
      policy: finding.getPolicyname(),
      level: finding.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY ? "mandatory" : "advisory",
      urn: finding.getUrn() || urn,
      message: finding.getMessage(),
    })),
    notApplicable: response.getNotApplicableList().map((entry) => entry.getPolicyName()),
  };
}
