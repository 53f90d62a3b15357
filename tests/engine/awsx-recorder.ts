/**
 * The engine's end of a component plugin, as a recorder: takes Construct's registrations, answers them like an AWS where everything
 * works, and writes down what was asked. It serves the stand-in and the real plugin alike.
 *
 * Ids come from names (`Subnet-net-public-1`), so that two recordings can be compared byte for byte.
 */
import * as grpc from "@grpc/grpc-js";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb";
import * as provider from "@pulumi/pulumi/proto/provider_pb";
import * as resource from "@pulumi/pulumi/proto/resource_pb";

/** One registered resource; URNs are written as `Subnet net-public-1`. */
export interface Child {
  type: string;
  name: string;
  parent: string;
  inputs: Record<string, unknown>;
  dependencies: string[];
  /** Only properties that depend on something. */
  propertyDependencies: Record<string, string[]>;
}

export interface Recording {
  children: Child[];
  /** What the component returned: resources as `Subnet net-public-1`. */
  outputs: Record<string, unknown>;
  /** The resources that each output waits for; for all but `vpcId`, those that `vpcId` does not wait for. */
  outputDependencies: Record<string, string[]>;
  warnings: string[];
  /** Why the plugin refused, in place of all of the above. */
  error?: string;
}

const ZONES = ["a", "b", "c", "d"].map((letter) => `us-east-1${letter}`);

/** `urn:…$aws:ec2/subnet:Subnet::net-public-1` is `Subnet net-public-1`. */
const short = (urn: string): string => urn.replace(/^urn:.*[:$]([^:$]+)::([^:]*)$/, "$1 $2");

const kindOf = (type: string): string => type.split(":").at(-1) ?? type;

/** A server for one plugin, and a client of it. */
export class Recorder {
  private readonly server = new grpc.Server();
  private readonly recordings = new Map<string, Recording>();
  private address = "";
  private client?: grpc.Client;

  /** Starts to listen and attaches to the plugin on this port. */
  async attach(port: number): Promise<void> {
    // The generated services have no declarations of their own.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { ResourceMonitorService } = require("@pulumi/pulumi/proto/resource_grpc_pb");
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { EngineService } = require("@pulumi/pulumi/proto/engine_grpc_pb");
    this.server.addService(ResourceMonitorService, {
      supportsFeature: answer(() => new resource.SupportsFeatureResponse().setHassupport(true)),
      registerResource: answer((request: resource.RegisterResourceRequest) => this.register(request)),
      registerResourceOutputs: answer(() => new Empty()),
      invoke: answer(() => zones()),
    });
    this.server.addService(EngineService, {
      log: answer((request: { getMessage(): string; getUrn(): string }) => {
        this.recordings.get(nameOf(request.getUrn()))?.warnings.push(request.getMessage());
        return new Empty();
      }),
    });
    this.address = await new Promise((resolve, reject) => {
      this.server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(`127.0.0.1:${bound}`),
      );
    });
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { ResourceProviderClient } = require("@pulumi/pulumi/proto/provider_grpc_pb");
    this.client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure()) as grpc.Client;
    const attach = new PluginAttach();
    attach.setAddress(this.address);
    await this.call("attach", attach);
  }

  close(): void {
    this.client?.close();
    this.server.forceShutdown();
  }

  /** Has the plugin build a component. No two at once may share a name. */
  async construct(name: string, inputs: object, type = "awsx:ec2:Vpc"): Promise<Recording> {
    const recording: Recording = { children: [], outputs: {}, outputDependencies: {}, warnings: [] };
    this.recordings.set(name, recording);
    const request = new provider.ConstructRequest();
    request.setProject("proj").setStack("dev").setMonitorendpoint(this.address).setParallel(10);
    request.setType(type).setName(name).setAcceptsOutputValues(true);
    request.setInputs(Struct.fromJavaScript(inputs as Record<string, JavaScriptValue>));
    try {
      const response = (await this.call("construct", request)) as provider.ConstructResponse;
      recording.outputs = plain(response.getState()?.toJavaScript() ?? {}) as Record<string, unknown>;
      recording.outputDependencies = dependenciesOf(response);
    } catch (error) {
      recording.error = (error as grpc.ServiceError).details;
    }
    recording.children.sort((a, b) => (order(a) < order(b) ? -1 : 1));
    return recording;
  }

  private call(method: string, request: unknown): Promise<unknown> {
    const client = this.client as unknown as Record<
      string,
      (r: unknown, done: (e: unknown, a: unknown) => void) => void
    >;
    return new Promise((resolve, reject) =>
      client[method]!(request, (error, response) => (error ? reject(error) : resolve(response))),
    );
  }

  private register(request: resource.RegisterResourceRequest): resource.RegisterResourceResponse {
    const [type, name] = [request.getType(), request.getName()];
    const parent = request.getParent();
    const path = parent ? `${parent.split("::")[2]}$${type}` : type;
    const urn = `urn:pulumi:dev::proj::${path}::${name}`;
    const inputs = request.getObject()?.toJavaScript() ?? {};
    if (request.getCustom()) {
      const dependencies: Record<string, string[]> = {};
      request.getPropertydependenciesMap().forEach((urns, key) => {
        if (urns.getUrnsList().length > 0) dependencies[key] = urns.getUrnsList().map(short).sort();
      });
      this.recordings.get(componentOf(name, this.recordings))?.children.push({
        type,
        name,
        parent: short(parent),
        inputs: inputs as Record<string, unknown>,
        dependencies: [...new Set(request.getDependenciesList().map(short))].sort(),
        propertyDependencies: sorted(dependencies),
      });
    }
    const response = new resource.RegisterResourceResponse();
    response.setUrn(urn);
    if (request.getCustom()) response.setId(`${kindOf(type)}-${name}`);
    response.setObject(Struct.fromJavaScript({ ...inputs, ...computed(kindOf(type), name, inputs) }));
    return response;
  }
}

/** Children are named after their component, endpoints after their service: those belong to the last component. */
const componentOf = (name: string, known: Map<string, unknown>): string =>
  [...known.keys()]
    .filter((each) => name === each || name.startsWith(`${each}-`))
    .sort()
    .at(-1) ??
  [...known.keys()].at(-1) ??
  "";

const nameOf = (urn: string): string => urn.split("::").at(-1) ?? "";

const order = (child: Child): string => `${child.type} ${child.name}`;

const sorted = <T>(record: Record<string, T>): Record<string, T> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)));

function dependenciesOf(response: provider.ConstructResponse): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  response.getStatedependenciesMap().forEach((urns, key) => (all[key] = urns.getUrnsList().map(short).sort()));
  const shared = all["vpcId"] ?? [];
  const further = Object.entries(all)
    .filter(([key]) => key !== "vpcId")
    .map(([key, urns]) => [key, urns.filter((urn) => !shared.includes(urn))] as const)
    .filter(([, urns]) => urns.length > 0);
  return sorted({ vpcId: shared, ...Object.fromEntries(further) });
}

/** What AWS would add, as far as the component reads it. */
function computed(kind: string, name: string, inputs: Record<string, unknown>): Record<string, string> {
  if (kind === "Eip") return { allocationId: `eipalloc-${name}` };
  if (kind === "Vpc") return { ipv6CidrBlock: inputs["assignGeneratedIpv6CidrBlock"] ? "2600:1f16:abc:de00::/56" : "" };
  return {};
}

function zones(): provider.InvokeResponse {
  const response = new provider.InvokeResponse();
  response.setReturn(Struct.fromJavaScript({ id: "us-east-1", names: ZONES, zoneIds: [], groupNames: [] }));
  return response;
}

/** Resource references and output values as a person would write them. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const each = value as Record<string, unknown>;
  if (typeof each["urn"] === "string") return short(each["urn"]);
  const marked = Object.keys(each).some((key) => key === "4dabf18193072939515e22adb298388d");
  return marked
    ? plain(each["value"])
    : sorted(Object.fromEntries(Object.entries(each).map(([k, v]) => [k, plain(v)])));
}

function answer<Request, Response>(handle: (request: Request) => Response) {
  return (call: { request: Request }, done: (error: Error | null, response: Response) => void): void =>
    done(null, handle(call.request));
}
