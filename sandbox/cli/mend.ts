import type { CloudRecord } from "../cloud/store";
import type { Deployment, StateResource } from "./state";

/**
 * Writes into a state what really happened to operations that never came to their end.
 *
 * Pulumi's `refresh --import-pending-creates` does not do it: the 3.225 engine turns the pending create into a pending
 * import and forgets that with the next write of the state, and the object is lost. So this writes what the engine
 * would have written had the answer reached it; a refresh then reads the rest.
 *
 * @param deployment as exported; its pending creates are settled here, other pending operations by the refresh.
 * @param lost objects in the cloud that the state does not know.
 * @returns the resources as they are to be imported, and what was done, for people.
 */
export function mend(deployment: Deployment, lost: CloudRecord[]): { resources: StateResource[]; said: string[] } {
  const resources = [...(deployment.resources ?? [])];
  const left = [...lost].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const said: string[] = [];

  for (const { resource, type } of deployment.pending_operations ?? []) {
    if (type !== "creating") {
      said.push(`${nameOf(resource.urn)} was ${type} when the engine ended: looked up in the cloud`);
      continue;
    }
    const at = left.findIndex(({ urn }) => urn === resource.urn);
    const [found] = at < 0 ? [] : left.splice(at, 1);
    if (found) {
      adopt(resources, { ...resource, id: found.id });
      said.push(`${nameOf(resource.urn)} had been created as ${found.id}: kept`);
    } else {
      said.push(`${nameOf(resource.urn)} had not been created yet: forgotten`);
    }
  }
  for (const record of left) {
    const derived = derive(resources, record);
    if (!derived) {
      said.push(`${nameOf(record.urn)} exists as ${record.id} and its provider is not in the state: left alone`);
      continue;
    }
    const place = resources.findIndex(({ urn, delete: waits }) => urn === record.urn && !waits);
    if (place < 0) {
      adopt(resources, derived);
      said.push(`${nameOf(record.urn)} exists as ${record.id} and its answer was lost: kept`);
    } else {
      // The state has another one under this name: this one is too many.
      resources.splice(place + 1, 0, { ...derived, delete: true });
      said.push(`${nameOf(record.urn)} exists twice, ${record.id} is too many: deleted by the next up or destroy`);
    }
  }
  return { resources, said };
}

/** Enters a created resource as the engine does: an older one of that name now waits for its deletion, or is gone. */
function adopt(resources: StateResource[], created: StateResource): void {
  const older = resources.findIndex(({ urn, delete: waits }) => urn === created.urn && !waits);
  const old = resources[older];
  if (old?.pendingReplacement) resources.splice(older, 1);
  else if (old) resources[older] = { ...old, delete: true };
  // Behind everything that it refers to, before anything that may refer to it.
  const needs = new Set(references(created));
  const last = resources.reduce((at, { urn }, index) => (needs.has(urn) ? index : at), -1);
  // The engine stamps a resource when it is done with it.
  const state = { ...created, created: undefined, modified: undefined, outputs: created.outputs ?? {} };
  resources.splice(last + 1, 0, state);
}

function references({ parent, provider, dependencies, propertyDependencies, deletedWith }: StateResource): string[] {
  const providerUrn = provider?.slice(0, provider.lastIndexOf("::"));
  const all = [
    parent,
    providerUrn,
    deletedWith,
    ...(dependencies ?? []),
    ...Object.values(propertyDependencies ?? {}).flat(),
  ];
  return all.filter((urn): urn is string => Boolean(urn));
}

/** What the state would say of an object that only the cloud knows; the next up fills in its true parent. */
function derive(resources: StateResource[], record: CloudRecord): StateResource | undefined {
  const provider = providerOf(resources, record);
  if (!provider) return undefined;
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const byId = new Map<string, string>();
  for (const { urn, id, outputs, type } of resources) {
    if (!id || type.startsWith("pulumi:")) continue;
    byId.set(id, urn);
    if (typeof outputs?.arn === "string") byId.set(outputs.arn, urn);
  }
  const dependencies = [...new Set(strings(record.inputs).flatMap((value) => byId.get(value) ?? []))];
  return {
    urn: record.urn,
    custom: true,
    id: record.id,
    type: record.type,
    inputs: record.inputs,
    provider,
    dependencies,
    ...(stack ? { parent: stack.urn } : {}),
  };
}

/** The provider of the object's package: that of its own region, if there are several. */
function providerOf(resources: StateResource[], { type, region }: CloudRecord): string | undefined {
  const token = `pulumi:providers:${type.split(":")[0]}`;
  const candidates = resources.filter((resource) => resource.type === token && resource.id);
  const chosen = candidates.find(({ inputs }) => inputs?.region === region) ?? candidates[0];
  return chosen && `${chosen.urn}::${chosen.id}`;
}

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(strings);
}

/** A resource for people: its type's last part and its name, `Subnet network-private-0`. */
function nameOf(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.split("$").at(-1)?.split(":").at(-1)} ${name}`;
}
