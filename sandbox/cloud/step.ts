/** One step of the cloud: what it looks at and what it changes, all or nothing. */
import { Change, Store } from "./store";
import { CloudRecord, CloudView, Properties, Reference, ResourceType } from "./table";
import { same, valuesAt } from "./value";

/** Which types there are. */
export interface TypeTable {
  typeOf(type: string): ResourceType | undefined;
}

export const GLOBAL = "global";

/** The cloud as it will be when the step has taken effect. Nothing is on disk before `commit`. */
export class Step implements CloudView {
  private readonly changed = new Map<string, CloudRecord | undefined>();

  constructor(
    private readonly store: Store,
    private readonly table: TypeTable,
    private readonly region: string,
  ) {}

  find(type: string, id: string): CloudRecord | undefined {
    return this.get(type, id, this.region) ?? this.get(type, id, GLOBAL);
  }

  all(type: string, having: Properties = {}): CloudRecord[] {
    return this.ofType(type).filter(
      (record) =>
        (record.region === this.region || record.region === GLOBAL) &&
        Object.entries(having).every(([key, value]) => same(settingsOf(record)[key], value)),
    );
  }

  dependents(record: CloudRecord): CloudRecord[] {
    return this.types().flatMap((type) => {
      const references = (this.table.typeOf(type)?.refersTo ?? []).filter(
        (reference) => reference.holds !== false && [reference.to].flat().includes(record.type),
      );
      if (references.length === 0) return [];
      const holds = ({ holds: rule = true }: Reference, other: CloudRecord) =>
        typeof rule === "function" ? rule(other, record) : rule;
      return this.ofType(type).filter(
        (other) =>
          !sameObject(other, record) &&
          references.some((reference) => names(other, reference, record) && holds(reference, other)),
      );
    });
  }

  /** Objects that the record brought into being, and what those brought into being. */
  madeBy(record: CloudRecord): CloudRecord[] {
    const maker = `${record.type} ${record.id}`;
    return this.types()
      .flatMap((type) => this.ofType(type).filter((other) => other.madeBy === maker))
      .flatMap((child) => [child, ...this.madeBy(child)]);
  }

  put(record: CloudRecord): void {
    this.changed.set(keyOf(record), record);
  }

  remove(record: CloudRecord): void {
    this.changed.set(keyOf(record), undefined);
  }

  /** Puts the whole step on disk. */
  commit(): void {
    const changes = [...this.changed].flatMap(([key, record]): Change[] => {
      if (record) return [{ put: record }];
      const [type = "", region = "", ...id] = key.split(" ");
      return this.store.get(type, id.join(" "), region) ? [{ remove: { type, region, id: id.join(" ") } }] : [];
    });
    this.store.commit(changes);
    this.changed.clear();
  }

  private get(type: string, id: string, region: string): CloudRecord | undefined {
    const key = keyOf({ type, id, region });
    return this.changed.has(key) ? this.changed.get(key) : this.store.get(type, id, region);
  }

  private ofType(type: string): CloudRecord[] {
    const stored = this.store.ofType(type).filter((record) => !this.changed.has(keyOf(record)));
    const fresh = [...this.changed.values()].filter((record): record is CloudRecord => record?.type === type);
    return [...stored, ...fresh];
  }

  private types(): string[] {
    const fresh = [...this.changed.values()].flatMap((record) => (record ? [record.type] : []));
    return [...new Set([...this.store.types(), ...fresh])];
  }
}

/** Settings that a person gave and those that AWS filled in. */
export function settingsOf(record: CloudRecord): Properties {
  return { ...record.outputs, ...record.inputs };
}

export function sameObject(a: CloudRecord, b: CloudRecord): boolean {
  return a.type === b.type && a.id === b.id && a.region === b.region;
}

function names(other: CloudRecord, reference: Reference, record: CloudRecord): boolean {
  const name = reference.by && reference.by !== "id" ? settingsOf(record)[reference.by] : record.id;
  return name !== undefined && valuesAt(settingsOf(other), reference.property).includes(name);
}

function keyOf({ type, id, region }: { type: string; id: string; region: string }): string {
  return `${type} ${region} ${id}`;
}
