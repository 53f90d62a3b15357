/**
 * Create, read, update and delete of one object, the same for every type: references, uniqueness, refusals, outputs, one durable step.
 */
import { CallFailed, NotReady } from "./answer";
import { ActiveCall } from "./call";
import { genericService, genericType } from "./generic";
import { checkReferences, checkUnique } from "./relations";
import { emptyValue, shapeOf } from "./shape";
import { GLOBAL, sameObject, Step, TypeTable } from "./step";
import { Store } from "./store";
import { CloudRecord, Properties, ResourceType, Scope, Service } from "./table";
import { isTagged } from "./tags";
import { UNKNOWN } from "./value";

/** What the engine knows of an object. */
export interface Identity {
  type: string;
  urn: string;
  /** Pulumi's logical name. */
  name: string;
}

export interface CloudSettings {
  quotas: Record<string, number>;
}

export class Cloud implements TypeTable {
  private readonly types = new Map<string, { type: ResourceType; service: Service }>();
  private readonly unmodelled = new Set<string>();

  constructor(
    readonly store: Store,
    readonly services: Service[],
    readonly settings: CloudSettings,
    /** Told once of each type that no service models. */
    private readonly onUnmodelled: (type: string) => void,
  ) {
    for (const service of services) {
      for (const type of service.types) this.types.set(type.type, { type, service });
    }
  }

  typeOf(type: string): ResourceType | undefined {
    return this.types.get(type)?.type;
  }

  /** The type's own entry, or a generic one. */
  entryOf(type: string): { type: ResourceType; service: Service } {
    const entry = this.types.get(type);
    if (entry) return entry;
    if (!this.unmodelled.has(type)) {
      this.unmodelled.add(type);
      this.onUnmodelled(type);
    }
    return { type: genericType(type), service: genericService };
  }

  /** A look at everything, for data sources. */
  view(scope: Scope): Step {
    return new Step(this.store, this, scope.region);
  }

  /** What a create would give, as far as it is known beforehand. Asks AWS nothing, so it refuses nothing. */
  previewCreate(typeToken: string, inputs: Properties, scope: Scope): Properties {
    const { type } = this.entryOf(typeToken);
    const shape = shapeOf(typeToken);
    const outputs: Properties = { ...withoutMarks(inputs) };
    for (const [name, { always }] of shape?.outputs ?? []) {
      if (always && outputs[name] === undefined) outputs[name] = UNKNOWN;
    }
    return { ...outputs, ...known(type, typeToken, inputs, scope) };
  }

  /** What an update would give: what AWS computed stays, as the real provider plans it. */
  previewUpdate(
    typeToken: string,
    old: { outputs: Properties; inputs: Properties },
    inputs: Properties,
    scope: Scope,
  ): Properties {
    const { type } = this.entryOf(typeToken);
    const shape = shapeOf(typeToken);
    const kept = Object.fromEntries(
      Object.entries(old.outputs).filter(([name]) => !shape?.inputs.has(name) || shape.outputs.get(name)?.always),
    );
    const anew = (type.anew?.(old.inputs, inputs) ?? []).map((name) => [name, UNKNOWN]);
    return { ...kept, ...withoutMarks(inputs), ...Object.fromEntries(anew), ...known(type, typeToken, inputs, scope) };
  }

  /** @throws CallFailed when AWS refuses; NotReady with the record when it was made but failed afterwards. */
  create(identity: Identity, inputs: Properties, scope: Scope): { record: CloudRecord; failure?: NotReady } {
    const { type, service } = this.entryOf(identity.type);
    const step = this.view(scope);
    const call = new ActiveCall(this, step, { kind: "create", type, service, identity, inputs, scope });
    checkReferences(call, step, type);
    call.begin(type.id(call));
    checkUnique(call, step, type);
    type.refuses?.(call);
    const record = this.recordOf(call, type, new Date().toISOString());
    step.put(record);
    return this.finish(call, step, type, record);
  }

  /** @throws CallFailed when AWS refuses or the object is gone. */
  update(
    identity: Identity,
    id: string,
    inputs: Properties,
    scope: Scope,
  ): { record: CloudRecord; failure?: NotReady } {
    const { type, service } = this.entryOf(identity.type);
    const step = this.view(scope);
    const old = step.find(identity.type, id);
    if (!old) throw new CallFailed(`updating ${type.noun} (${id}): couldn't find resource`);
    const call = new ActiveCall(this, step, { kind: "update", type, service, identity, inputs, scope, old });
    call.begin(id);
    checkReferences(call, step, type);
    checkUnique(call, step, type);
    type.refuses?.(call);
    const record = this.recordOf(call, type, old.createdAt);
    step.put(old.madeBy ? { ...record, madeBy: old.madeBy } : record);
    return this.finish(call, step, type, record);
  }

  /** The object as it is now, or undefined when it is gone. */
  read(type: string, id: string, scope: Scope): CloudRecord | undefined {
    const step = this.view(scope);
    const record = step.find(type, id);
    return record && this.refreshed(step, record, scope);
  }

  /** Deletes; an object that is gone already is fine, as with the real provider. @throws CallFailed when AWS refuses. */
  delete(type: string, id: string, scope: Scope): void {
    const step = this.view(scope);
    const record = step.find(type, id);
    if (!record) return;
    const entry = this.entryOf(type);
    const identity = { type, urn: record.urn, name: record.name };
    const call = new ActiveCall(this, step, {
      ...{ kind: "delete", type: entry.type, service: entry.service, identity, scope, old: record },
      inputs: record.inputs,
    });
    call.begin(id);
    entry.type.refusesDelete?.(call);
    const own = step.madeBy(record);
    const holders = step.dependents(record).filter((other) => !own.some((child) => sameObject(child, other)));
    if (holders.length > 0 && entry.type.inUse) call.refuse(entry.type.inUse);
    entry.type.goes?.(call);
    own.forEach((child) => step.remove(child));
    step.remove(record);
    step.commit();
  }

  /** A record with outputs for what the call's inputs say. */
  recordOf(call: ActiveCall, type: ResourceType, createdAt: string): CloudRecord {
    const { identity, scope } = call.request;
    return {
      ...{ type: identity.type, id: call.id, urn: identity.urn, name: identity.name },
      inputs: call.inputs,
      outputs: this.outputsOf(call, type),
      region: type.scope === "global" ? GLOBAL : scope.region,
      account: scope.account,
      createdAt,
    };
  }

  private refreshed(step: Step, record: CloudRecord, scope: Scope): CloudRecord {
    const { type, service } = this.entryOf(record.type);
    const identity = { type: record.type, urn: record.urn, name: record.name };
    const inputs = record.inputs;
    const call = new ActiveCall(this, step, { kind: "read", type, service, identity, inputs, scope, old: record });
    call.begin(record.id);
    return { ...record, outputs: this.outputsOf(call, type) };
  }

  private outputsOf(call: ActiveCall, type: ResourceType): Properties {
    const shape = shapeOf(call.request.identity.type);
    const given = withoutMarks(call.inputs);
    const outputs: Properties = { ...type.filled?.(call), ...given, ...type.computed?.(call), id: call.id };
    if (type.arn) {
      const part = type.arn(call);
      outputs["arn"] = part.startsWith("arn:") ? part : call.arn(part);
    }
    Object.assign(outputs, known(type, call.request.identity.type, call.inputs, call.scope));
    for (const [name, { kind, always }] of shape?.outputs ?? []) {
      if (always && outputs[name] === undefined) outputs[name] = emptyValue(kind);
    }
    return Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== undefined));
  }

  private finish(
    call: ActiveCall,
    step: Step,
    type: ResourceType,
    record: CloudRecord,
  ): { record: CloudRecord; failure?: NotReady } {
    type.takesEffect?.(call);
    const failure = type.settles?.(call);
    // What took effect around it (a rule of a group, an interface) may show in its own outputs.
    const current = step.find(record.type, record.id) ?? record;
    const final = this.refreshed(step, current, call.scope);
    step.put(final);
    step.commit();
    return failure === undefined ? { record: final } : { record: final, failure: new NotReady(failure) };
  }
}

/** Outputs that the provider knows before it asks AWS. */
function known(type: ResourceType, token: string, inputs: Properties, scope: Scope): Properties {
  const shape = shapeOf(token);
  const outputs: Properties = {};
  if (shape?.outputs.has("region") && type.scope !== "global") outputs["region"] = inputs["region"] ?? scope.region;
  if (isTagged(shape)) outputs["tagsAll"] = inputs["tags"] ?? {};
  return outputs;
}

/** Without the bridge's list of defaulted inputs, which is no setting of the object. */
function withoutMarks(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => name !== "__defaults"));
}
