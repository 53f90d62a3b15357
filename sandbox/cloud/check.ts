/**
 * Check: what the provider does with the inputs before anything else, as pulumi-aws does it: default tags, defaults, auto-names (all
 * listed in `__defaults`), simple types made right, required inputs, the validators of the type.
 */
import { autoName, EngineNaming } from "./naming";
import { Shape, shapeOf } from "./shape";
import { AutoName, CheckFailure, Properties, ResourceType, Scope } from "./table";
import { isTagged, mergeTags, reservedTag } from "./tags";
import { list, texts, UNKNOWN, valuesAt } from "./value";

export interface CheckRequest {
  type: ResourceType;
  /** Pulumi's logical name. */
  logicalName: string;
  /** The inputs of the last time; empty at the first. */
  olds: Properties;
  news: Properties;
  randomSeed: Uint8Array;
  engineNaming?: EngineNaming;
  scope: Scope;
}

export interface Checked {
  inputs: Properties;
  failures: CheckFailure[];
}

/** The bridge's mark: which inputs the provider, not the person, set. */
export const DEFAULTS = "__defaults";

export function check(request: CheckRequest): Checked {
  const { type, scope } = request;
  const shape = shapeOf(type.type);
  const inputs = shape ? coerced(request.news, shape) : { ...request.news };
  const failures: CheckFailure[] = [];
  const defaulted: string[] = [];

  if (isTagged(shape)) {
    const tags = mergeTags(inputs["tags"], scope.defaultTags);
    if (tags !== undefined) inputs["tags"] = tags;
  }
  for (const [name, value] of Object.entries(type.defaults ?? {})) {
    if (inputs[name] !== undefined) continue;
    inputs[name] = value;
    defaulted.push(name);
  }
  nameIt(request, inputs, shape, defaulted, failures);
  inputs[DEFAULTS] = defaulted.sort();

  failures.push(...missing(inputs, shape, request));
  const found = [...invalid(inputs, type), ...(type.check?.(inputs, scope) ?? [])];
  failures.push(
    ...found.map(({ property, reason }) => ({
      property,
      reason: `${reason}. Examine values at '${request.logicalName}.${property}'.`,
    })),
  );
  const reserved = isTagged(shape) && reservedTag(inputs["tags"]);
  if (reserved)
    failures.push({ property: "tags", reason: `tag key ${JSON.stringify(reserved)}: the prefix aws: is reserved` });
  return { inputs, failures };
}

/** The naming rule of a type: its own, or the bridge's for every input called `name`. */
export function namingOf(type: ResourceType, shape: Shape | undefined): AutoName | undefined {
  if (type.autoName === null) return undefined;
  if (type.autoName) return type.autoName;
  return shape?.inputs.has("name") && type.type.startsWith("aws:") ? { maxLength: 255 } : undefined;
}

function nameIt(
  request: CheckRequest,
  inputs: Properties,
  shape: Shape | undefined,
  defaulted: string[],
  failures: CheckFailure[],
): void {
  const rule = namingOf(request.type, shape);
  const property = rule?.property ?? "name";
  // A name prefix asks AWS for a name, so the provider makes none.
  if (!rule || inputs[property] !== undefined || inputs[`${property}Prefix`] !== undefined) return;
  const wasMade = texts(request.olds[DEFAULTS]).includes(property);
  try {
    const name = autoName({
      logicalName: request.logicalName,
      rule,
      previous: wasMade ? request.olds[property] : undefined,
      randomSeed: request.randomSeed,
      ...(request.engineNaming ? { engine: request.engineNaming } : {}),
    });
    if (name === undefined) return;
    inputs[property] = name;
    defaulted.push(property);
  } catch (error) {
    failures.push({ property, reason: (error as Error).message });
  }
}

function missing(inputs: Properties, shape: Shape | undefined, { type, logicalName }: CheckRequest): CheckFailure[] {
  return [...(shape?.required ?? [])]
    .filter((name) => inputs[name] === undefined)
    .map((name) => ({
      property: name,
      reason:
        `Missing required argument. The argument "${snake(name)}" is required, but no definition was found.. ` +
        `Examine values at '${logicalName}.${name}'.`,
    }))
    .filter(({ property }) => property !== (type.autoName?.property ?? ""));
}

function invalid(inputs: Properties, type: ResourceType): CheckFailure[] {
  return Object.entries(type.valid ?? {}).flatMap(([path, validators]) =>
    valuesAt(inputs, path).flatMap((value) => {
      if (value === UNKNOWN) return [];
      const reason = [validators]
        .flat()
        .map((validator) => validator(value, path))
        .find((text) => text !== undefined);
      return reason === undefined ? [] : [{ property: path.replace(/\[\]/g, ""), reason }];
    }),
  );
}

/** Simple values in the type that the schema has: `"443"` becomes 443 for a number, 256 becomes `"256"` for a text. */
function coerced(news: Properties, shape: Shape): Properties {
  return Object.fromEntries(
    Object.entries(news).map(([name, value]) => {
      const kind = shape.outputs.get(name)?.kind;
      if (kind === "number" && typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value))) {
        return [name, Number(value)];
      }
      if (kind === "boolean" && (value === "true" || value === "false")) return [name, value === "true"];
      if (kind === "string" && (typeof value === "number" || typeof value === "boolean")) return [name, String(value)];
      return [name, value];
    }),
  );
}

/** `cidrBlock` as Terraform has it: `cidr_block`. */
export function snake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
}

/** The inputs that the provider set by itself. */
export function defaultedNames(inputs: Properties): string[] {
  return list(inputs[DEFAULTS]).map(String);
}
