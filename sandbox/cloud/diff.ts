/**
 * Diff: what differs between the inputs of the last time and those of now, and which differences replace the object.
 *
 * What replaces comes from `facts/replaces.json` (measured on the real provider) or the type; which lists are sets from
 * `facts/sets.json`. `ignoreChanges`, `replaceOnChanges` and so on are the engine's.
 */
import { DEFAULTS, defaultedNames, namingOf } from "./check";
import replaces from "./facts/replaces.json";
import sets from "./facts/sets.json";
import { Shape, shapeOf } from "./shape";
import { Properties, ResourceType } from "./table";
import { canonicalText, isObject, same, UNKNOWN, valuesAt } from "./value";

export type Kind = "add" | "delete" | "update";

export interface PropertyChange {
  /** `tags.Name`, `ingress[0].fromPort`. */
  path: string;
  kind: Kind;
  replace: boolean;
}

export interface Difference {
  changes: PropertyChange[];
  deleteBeforeReplace: boolean;
}

export function diff(type: ResourceType, oldInputs: Properties, oldOutputs: Properties, news: Properties): Difference {
  const shape = shapeOf(type.type);
  const walk = new Walk(type);
  for (const name of new Set([...Object.keys(oldInputs), ...Object.keys(news)])) {
    if (name === DEFAULTS) continue;
    const after = news[name];
    const before = oldInputs[name] ?? (after === undefined ? undefined : oldOutputs[name]);
    if (after === undefined && staysAsComputed(name, type, shape)) continue;
    walk.compare(name, name, before, after);
  }
  const changes = walk.changes;
  const replaced = changes.some(({ replace }) => replace);
  return { changes, deleteBeforeReplace: replaced && mustGoFirst(type, shape, news) };
}

/** An optional input that AWS computes keeps its value when the program no longer names it. */
function staysAsComputed(name: string, type: ResourceType, shape: Shape | undefined): boolean {
  return (shape?.outputs.get(name)?.always ?? false) && type.defaults?.[name] === undefined;
}

/** A name that the program chose is taken until the old object is gone; an auto-name leaves room for both. */
function mustGoFirst(type: ResourceType, shape: Shape | undefined, news: Properties): boolean {
  if (type.deleteBeforeReplace) return true;
  const naming = namingOf(type, shape);
  const property = naming?.property ?? "name";
  return !!naming && news[property] !== undefined && !defaultedNames(news).includes(property);
}

function paths(table: Record<string, string>, type: string): string[] {
  return (table[type] ?? "").split(" ").filter((path) => path !== "");
}

class Walk {
  readonly changes: PropertyChange[] = [];
  private readonly replacing: string[];
  private readonly sets: Set<string>;

  constructor(private readonly type: ResourceType) {
    this.replacing = type.replaces ?? paths(replaces.types, type.type);
    this.sets = new Set([...(type.sets ?? []), ...paths(sets.types, type.type)]);
  }

  /** @param pattern the path with `[]` for indexes */
  compare(path: string, pattern: string, before: unknown, after: unknown): void {
    const canonical = this.type.canonical?.[pattern] ?? ((value: unknown) => value);
    if (before === UNKNOWN || after === UNKNOWN) this.note(path, pattern, "update", before);
    else if (isNothing(before) && isNothing(after)) return;
    else if (before === undefined) this.note(path, pattern, "add", after);
    else if (after === undefined) this.note(path, pattern, "delete", before);
    else if (same(canonical(before), canonical(after))) return;
    else if (Array.isArray(before) && Array.isArray(after)) this.compareLists(path, pattern, before, after);
    else if (isObject(before) && isObject(after)) this.compareObjects(path, pattern, before, after);
    else this.note(path, pattern, "update", before, after);
  }

  private compareObjects(path: string, pattern: string, before: Properties, after: Properties): void {
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (name === DEFAULTS) continue;
      const step = /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `["${name}"]`;
      this.compare(path + step, `${pattern}.${name}`, before[name], after[name]);
    }
  }

  private compareLists(path: string, pattern: string, before: unknown[], after: unknown[]): void {
    let left = before.map((value, index) => ({ value, index }));
    let right = after.map((value, index) => ({ value, index }));
    if (this.sets.has(pattern)) {
      const beforeTexts = before.map(canonicalText);
      const afterTexts = after.map(canonicalText);
      left = left.filter(({ value }) => !afterTexts.includes(canonicalText(value)));
      right = right.filter(({ value }) => !beforeTexts.includes(canonicalText(value)));
    }
    for (let position = 0; position < Math.max(left.length, right.length); position++) {
      const index = right[position]?.index ?? left[position]?.index ?? position;
      this.compare(`${path}[${index}]`, `${pattern}[]`, left[position]?.value, right[position]?.value);
    }
  }

  private note(path: string, pattern: string, kind: Kind, ...values: unknown[]): void {
    this.changes.push({ path, kind, replace: values.some((value) => this.replacesAt(pattern, value)) });
  }

  /** The path is one that replaces, lies inside one, or holds one that has a value. */
  private replacesAt(pattern: string, value: unknown): boolean {
    return this.replacing.some((replacing) => {
      if (pattern === replacing || pattern.startsWith(`${replacing}.`) || pattern.startsWith(`${replacing}[]`))
        return true;
      if (replacing.startsWith(`${pattern}[]`))
        return valuesAt({ at: value }, `at${replacing.slice(pattern.length)}`).length > 0;
      return replacing.startsWith(`${pattern}.`) && valuesAt(value, replacing.slice(pattern.length + 1)).length > 0;
    });
  }
}

/** The Terraform SDK does not tell an empty value from one that is not there. */
function isNothing(value: unknown): boolean {
  if (value === undefined || value === null || value === "" || value === false || value === 0) return true;
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}
