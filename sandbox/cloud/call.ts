/** One create, update, read or delete, as the functions of a type see it. */
import { arn as arnOf } from "../../components/aws/partition";
import { CallFailed, refusalText } from "./answer";
import type { Cloud, Identity } from "./cloud";
import { randomHex } from "./forms";
import { Step } from "./step";
import { Call, CloudRecord, CloudView, Properties, Refusal, ResourceType, Scope, Service } from "./table";

/** What a call is about. */
export interface CallRequest {
  kind: Call["kind"];
  type: ResourceType;
  service: Service;
  identity: Identity;
  inputs: Properties;
  scope: Scope;
  old?: CloudRecord;
}

const GERUND = { create: "creating", update: "updating", delete: "deleting", read: "reading" };

export class ActiveCall implements Call {
  id = "";
  private readonly fresh = new Map<string, unknown>();

  constructor(
    private readonly owner: Cloud,
    private readonly step: Step,
    readonly request: CallRequest,
  ) {}

  get kind(): Call["kind"] {
    return this.request.kind;
  }
  get scope(): Scope {
    return this.request.scope;
  }
  get urn(): string {
    return this.request.identity.urn;
  }
  get name(): string {
    return this.request.identity.name;
  }
  get inputs(): Properties {
    return this.request.inputs;
  }
  get old(): CloudRecord | undefined {
    return this.request.old;
  }
  get cloud(): CloudView {
    return this.step;
  }

  /** The id is known from here on. */
  begin(id: string): void {
    this.id = id;
  }

  arn(resource: string, service?: string, options: { region?: string; account?: string } = {}): string {
    const { scope, type } = this.request;
    const region = options.region ?? (type.scope === "global" ? "" : scope.region);
    const partition = scope.partition as Parameters<typeof arnOf>[0];
    return arnOf(
      partition,
      service ?? this.request.service.arnService,
      region,
      options.account ?? scope.account,
      resource,
    );
  }

  kept<T>(property: string, make: () => T): T {
    const before = this.old?.outputs[property];
    if (before !== undefined && before !== "") return before as T;
    if (!this.fresh.has(property)) this.fresh.set(property, make());
    return this.fresh.get(property) as T;
  }

  setting(property: string): unknown {
    return this.inputs[property] ?? this.old?.outputs[property];
  }

  refuse(refusal: Refusal, values: Record<string, string> = {}): never {
    const { type, service, identity, scope } = this.request;
    const operations = { ...type.operations, read: type.operations.create };
    const speaker = {
      doing: this.doing(refusal),
      sdkId: service.sdkId,
      operation: operations[this.kind === "update" && !type.operations.update ? "create" : this.kind] ?? "",
      modelledErrors: service.modelledErrors,
    };
    const scalars = Object.entries({ ...this.old?.outputs, ...this.inputs }).filter(
      ([, value]) => typeof value !== "object",
    );
    const known = Object.fromEntries(scalars.map(([name, value]) => [name, String(value)]));
    const place = { id: this.id, region: scope.region, account: scope.account, name: identity.name };
    throw new CallFailed(refusalText(speaker, refusal, { ...place, ...known, id: this.id, ...values }), refusal.code);
  }

  private doing(refusal: Refusal): string {
    const { type } = this.request;
    const own = refusal.saying ?? (this.kind === "read" ? undefined : type.says?.[this.kind]);
    // The provider names the object once it has an id.
    return own ?? `${GERUND[this.kind]} ${type.noun}${this.kind === "create" ? "" : ` (${this.id})`}`;
  }

  fail(message: string): never {
    throw new CallFailed(message);
  }

  make(typeToken: string, inputs: Properties, options: { id?: string; detached?: boolean } = {}): CloudRecord {
    const { type, service } = this.owner.entryOf(typeToken);
    const old = options.id ? this.step.find(typeToken, options.id) : undefined;
    const identity = { type: typeToken, urn: "", name: "" };
    const request: CallRequest = {
      kind: old ? "update" : "create",
      type,
      service,
      identity,
      inputs,
      scope: this.scope,
    };
    const call = new ActiveCall(this.owner, this.step, old ? { ...request, old } : request);
    call.begin(options.id ?? type.id(call));
    const record = this.owner.recordOf(call, type, old?.createdAt ?? new Date().toISOString());
    const made = options.detached ? record : { ...record, madeBy: `${this.request.identity.type} ${this.id}` };
    this.step.put(made);
    return made;
  }

  unmake(record: CloudRecord): void {
    this.step.madeBy(record).forEach((child) => this.step.remove(child));
    this.step.remove(record);
  }

  amend(record: CloudRecord, changes: Properties): void {
    const current = this.step.find(record.type, record.id) ?? record;
    this.step.put({
      ...current,
      inputs: { ...current.inputs, ...changes },
      outputs: { ...current.outputs, ...changes },
    });
  }

  hex(digits: number): string {
    return randomHex(digits);
  }

  quota(name: string, byDefault: number): number {
    return this.owner.settings.quotas[name] ?? byDefault;
  }
}
