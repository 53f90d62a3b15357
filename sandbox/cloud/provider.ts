/**
 * The gRPC server that the engine takes for a provider plugin (`PULUMI_DEBUG_PROVIDERS=aws:PORT`).
 *
 * Every provider instance of a package (the default one and each `new aws.Provider`) has a connection of its own to this one server, so
 * the configuration is kept by connection. Protocol: https://pulumi-developer-docs.readthedocs.io/latest/docs/architecture/providers/
 */
import {
  sendUnaryData,
  Server,
  ServerCredentials,
  ServerUnaryCall,
  status,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { CallFailed, NotReady } from "./answer";
import { check } from "./check";
import { Cloud } from "./cloud";
import { Account, Configuration, configure, scopeOf } from "./configuration";
import { diff, Kind } from "./diff";
import { Faults } from "./faults";
import { EngineNaming } from "./naming";
import { shapeOf } from "./shape";
import { CloudFunction, Properties, Scope } from "./table";
import { isObject, text } from "./value";
import { failureOf, fromStruct, notReadyOf, partsOfUrn, toStruct } from "./wire";

export interface ProviderOptions {
  /** `aws`, `kubernetes`. */
  packageName: string;
  /** What GetPluginInfo says. */
  version: string;
  cloud: Cloud;
  account: Account;
  faults: Faults;
  functions: Map<string, CloudFunction>;
  emit: (event: Record<string, unknown>) => void;
}

/** An answer that never comes: the engine is about to be killed. */
const SILENCE = Symbol("silence");

export class Provider {
  private readonly configurations = new Map<string, Configuration>();
  private latest: Configuration | undefined;

  constructor(private readonly options: ProviderOptions) {}

  /** Starts to listen on a free port of the loopback interface. */
  async listen(): Promise<{ port: number; close: () => void }> {
    const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
    server.addService(ResourceProviderService as never, this.handlers());
    const port = await new Promise<number>((resolve, reject) =>
      server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
        error ? reject(error) : resolve(bound),
      ),
    );
    return { port, close: () => server.forceShutdown() };
  }

  private handlers(): UntypedServiceImplementation {
    return {
      handshake: unary(() => {
        const answer = new proto.ProviderHandshakeResponse();
        answer.setSupportsAutonamingConfiguration(true);
        // Secrets, resources and outputs: the engine unwraps them before it asks, and marks the answer's secrets itself.
        return answer;
      }),
      attach: unary(() => new Empty()),
      cancel: unary(() => new Empty()),
      getPluginInfo: unary(() => {
        const answer = new PluginInfo();
        answer.setVersion(this.options.version);
        return answer;
      }),
      getSchema: unary(() => {
        const answer = new proto.GetSchemaResponse();
        answer.setSchema(JSON.stringify({ name: this.options.packageName, version: this.options.version }));
        return answer;
      }),
      checkConfig: unary((call: ServerUnaryCall<proto.CheckRequest, proto.CheckResponse>) => {
        const answer = new proto.CheckResponse();
        answer.setInputs(call.request.getNews());
        return answer;
      }),
      diffConfig: unary((call: ServerUnaryCall<proto.DiffRequest, proto.DiffResponse>) =>
        this.diffConfig(call.request),
      ),
      configure: unary((call: ServerUnaryCall<proto.ConfigureRequest, proto.ConfigureResponse>) => {
        this.configure(call.getPeer(), call.request);
        const answer = new proto.ConfigureResponse();
        answer.setSupportspreview(true);
        answer.setSupportsAutonamingConfiguration(true);
        return answer;
      }),
      check: unary((call: ServerUnaryCall<proto.CheckRequest, proto.CheckResponse>) =>
        this.check(call.getPeer(), call.request),
      ),
      diff: unary((call: ServerUnaryCall<proto.DiffRequest, proto.DiffResponse>) => this.diff(call.request)),
      create: unary((call: ServerUnaryCall<proto.CreateRequest, proto.CreateResponse>) =>
        this.create(call.getPeer(), call.request),
      ),
      read: unary((call: ServerUnaryCall<proto.ReadRequest, proto.ReadResponse>) =>
        this.read(call.getPeer(), call.request),
      ),
      update: unary((call: ServerUnaryCall<proto.UpdateRequest, proto.UpdateResponse>) =>
        this.update(call.getPeer(), call.request),
      ),
      delete: unary((call: ServerUnaryCall<proto.DeleteRequest, Empty>) => this.delete(call.getPeer(), call.request)),
      invoke: unary((call: ServerUnaryCall<proto.InvokeRequest, proto.InvokeResponse>) =>
        this.invoke(call.getPeer(), call.request),
      ),
    };
  }

  private configure(peer: string, request: proto.ConfigureRequest): void {
    const configuration =
      this.options.packageName === "aws"
        ? configure(fromStruct(request.getArgs()), this.options.account)
        : { region: this.options.account.region, defaultTags: {} };
    this.configurations.set(peer, configuration);
    this.latest = configuration;
  }

  private scope(peer: string, ownRegion?: unknown): Scope {
    const fallback = this.latest ?? { region: this.options.account.region, defaultTags: {} };
    const region = this.options.packageName === "aws" ? ownRegion : undefined;
    return scopeOf(this.configurations.get(peer) ?? fallback, this.options.account, region);
  }

  private diffConfig(request: proto.DiffRequest): proto.DiffResponse {
    const answer = new proto.DiffResponse();
    const before = JSON.stringify(fromStruct(request.getOldInputs() ?? request.getOlds()));
    const changed = before !== JSON.stringify(fromStruct(request.getNews()));
    answer.setChanges(changed ? proto.DiffResponse.DiffChanges.DIFF_SOME : proto.DiffResponse.DiffChanges.DIFF_NONE);
    return answer;
  }

  private check(peer: string, request: proto.CheckRequest): proto.CheckResponse {
    const { type, name } = partsOfUrn(request.getUrn());
    const news = fromStruct(request.getNews());
    const naming = engineNaming(request);
    const { inputs, failures } = check({
      type: this.options.cloud.entryOf(type).type,
      logicalName: name,
      olds: fromStruct(request.getOlds()),
      news,
      randomSeed: request.getRandomseed_asU8(),
      ...(naming ? { engineNaming: naming } : {}),
      scope: this.scope(peer, news["region"]),
    });
    const answer = new proto.CheckResponse();
    answer.setInputs(toStruct(inputs));
    for (const { property, reason } of failures) {
      const failure = new proto.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      answer.addFailures(failure);
    }
    return answer;
  }

  private diff(request: proto.DiffRequest): proto.DiffResponse {
    const { type } = this.options.cloud.entryOf(partsOfUrn(request.getUrn()).type);
    const outputs = fromStruct(request.getOlds());
    const olds = request.getOldInputs() ? fromStruct(request.getOldInputs()) : outputs;
    const { changes, deleteBeforeReplace } = diff(type, olds, outputs, fromStruct(request.getNews()));
    const answer = new proto.DiffResponse();
    const { DIFF_SOME, DIFF_NONE } = proto.DiffResponse.DiffChanges;
    answer.setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE);
    answer.setHasdetaileddiff(true);
    answer.setDeletebeforereplace(deleteBeforeReplace);
    const names = (some: typeof changes) => [...new Set(some.map(({ path }) => path.split(/[.[]/)[0] ?? ""))];
    answer.setDiffsList(names(changes));
    answer.setReplacesList(names(changes.filter(({ replace }) => replace)));
    for (const { path, kind, replace } of changes) {
      const detail = new proto.PropertyDiff();
      detail.setKind(wireKind(kind, replace));
      detail.setInputdiff(true);
      answer.getDetaileddiffMap().set(path, detail);
    }
    return answer;
  }

  private async create(peer: string, request: proto.CreateRequest): Promise<proto.CreateResponse | typeof SILENCE> {
    const place = partsOfUrn(request.getUrn());
    const inputs = fromStruct(request.getProperties());
    const scope = this.scope(peer, inputs["region"]);
    const { cloud, faults } = this.options;
    const answer = new proto.CreateResponse();
    if (request.getPreview()) {
      answer.setProperties(toStruct(cloud.previewCreate(place.type, inputs, scope)));
      return answer;
    }
    const { type, service } = cloud.entryOf(place.type);
    await faults.throttle(place, type.operations.create, service);
    faults.beforeCreate(place, type, service);
    const { record, failure } = cloud.create({ ...place, urn: request.getUrn() }, inputs, scope);
    if (faults.afterCreate(place, type, service) === "silence") return SILENCE;
    if (failure) throw new Unready(failure, record.id, record.outputs, inputs);
    answer.setId(record.id);
    answer.setProperties(toStruct(record.outputs));
    return answer;
  }

  private async update(peer: string, request: proto.UpdateRequest): Promise<proto.UpdateResponse> {
    const place = partsOfUrn(request.getUrn());
    const inputs = fromStruct(request.getNews());
    const olds = fromStruct(request.getOlds());
    const scope = this.scope(peer, inputs["region"] ?? olds["region"]);
    const { cloud, faults } = this.options;
    const answer = new proto.UpdateResponse();
    if (request.getPreview()) {
      const before = request.getOldInputs() ? fromStruct(request.getOldInputs()) : olds;
      answer.setProperties(toStruct(cloud.previewUpdate(place.type, { outputs: olds, inputs: before }, inputs, scope)));
      return answer;
    }
    const { type, service } = cloud.entryOf(place.type);
    await faults.throttle(place, type.operations.update ?? type.operations.create, service);
    const { record, failure } = cloud.update({ ...place, urn: request.getUrn() }, request.getId(), inputs, scope);
    if (failure) throw new Unready(failure, record.id, record.outputs, inputs);
    answer.setProperties(toStruct(record.outputs));
    return answer;
  }

  private async delete(peer: string, request: proto.DeleteRequest): Promise<Empty> {
    const place = partsOfUrn(request.getUrn());
    const { cloud, faults } = this.options;
    const { type, service } = cloud.entryOf(place.type);
    await faults.throttle(place, type.operations.delete, service);
    cloud.delete(place.type, request.getId(), this.scope(peer, fromStruct(request.getProperties())["region"]));
    return new Empty();
  }

  private read(peer: string, request: proto.ReadRequest): proto.ReadResponse {
    const { type } = partsOfUrn(request.getUrn());
    const state = fromStruct(request.getProperties());
    const inputs = fromStruct(request.getInputs());
    const record = this.options.cloud.read(
      type,
      request.getId(),
      this.scope(peer, state["region"] ?? inputs["region"]),
    );
    const answer = new proto.ReadResponse();
    if (!record) return answer;
    answer.setId(record.id);
    answer.setProperties(toStruct(record.outputs));
    answer.setInputs(toStruct(inputsAsRead(type, inputs, record.outputs)));
    return answer;
  }

  private invoke(peer: string, request: proto.InvokeRequest): proto.InvokeResponse {
    const run = this.options.functions.get(request.getTok())?.run;
    if (!run) {
      this.options.emit({ event: "unmodelled", type: request.getTok() });
      throw new CallFailed(`the simulated cloud has no data source ${request.getTok()}`);
    }
    const args = fromStruct(request.getArgs());
    const scope = this.scope(peer, args["region"]);
    const fail = (message: string): never => {
      throw new CallFailed(message);
    };
    const answer = new proto.InvokeResponse();
    answer.setReturn(toStruct(run(args, { scope, cloud: this.options.cloud.view(scope), fail })));
    return answer;
  }
}

class Unready extends Error {
  constructor(
    reason: NotReady,
    readonly id: string,
    readonly outputs: Properties,
    readonly inputs: Properties,
  ) {
    super(reason.message);
  }
}

/** The settings as the cloud has them, for those inputs that the program gave; all of them for an import. */
function inputsAsRead(type: string, before: Properties, outputs: Properties): Properties {
  const shape = shapeOf(type);
  const asked = Object.keys(before);
  if (asked.length === 0) {
    const all = [...(shape?.inputs ?? Object.keys(outputs))];
    return Object.fromEntries(all.filter((name) => name in outputs).map((name) => [name, outputs[name]]));
  }
  const entries = asked.map((name) => {
    // What somebody put into a map (tags, labels) is a change; what AWS filled into a block of settings is none.
    const whole = shape?.outputs.get(name)?.kind === "map";
    if (!(name in outputs)) return [name, before[name]];
    return [name, whole ? outputs[name] : asAsked(before[name], outputs[name])];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Properties;
}

/** Of a block of settings only those that the program gave. */
function asAsked(before: unknown, after: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(after) && before.length === after.length) {
    return before.map((item, i) => asAsked(item, after[i]));
  }
  if (!isObject(before) || !isObject(after)) return after;
  const both = Object.keys(before).filter((name) => name in after);
  return Object.fromEntries(both.map((name) => [name, asAsked(before[name], after[name])]));
}

function engineNaming(request: proto.CheckRequest): EngineNaming | undefined {
  const options = request.getAutonaming();
  if (!options) return undefined;
  const mode = (["propose", "enforce", "disable"] as const)[options.getMode()] ?? "propose";
  return { proposedName: text(options.getProposedName()) ?? "", mode };
}

function wireKind(kind: Kind, replace: boolean): proto.PropertyDiff.Kind {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = proto.PropertyDiff.Kind;
  const [plain, replacing] = {
    add: [ADD, ADD_REPLACE],
    delete: [DELETE, DELETE_REPLACE],
    update: [UPDATE, UPDATE_REPLACE],
  }[kind];
  return (replace ? replacing : plain) as proto.PropertyDiff.Kind;
}

/** A handler that may wait, and that turns whatever it throws into an answer. */
function unary<Request, Response>(
  handle: (call: ServerUnaryCall<Request, Response>) => Response | typeof SILENCE | Promise<Response | typeof SILENCE>,
) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    Promise.resolve()
      .then(() => handle(call))
      .then(
        (answer) => {
          if (answer !== SILENCE) callback(null, answer as Response);
        },
        (error: unknown) => callback(wireError(error)),
      );
  };
}

function wireError(error: unknown) {
  if (error instanceof Unready) return notReadyOf(error.message, error.id, error.outputs, error.inputs);
  if (error instanceof CallFailed) return failureOf(error);
  // A mistake of the sandbox's own: the stack helps whoever mends it.
  process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
  return { code: status.INTERNAL, details: (error as Error).message };
}
