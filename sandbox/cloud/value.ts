/**
 * Property values as services see them: plain JSON, with `UNKNOWN` where a preview does not know yet.
 *
 * On the wire Pulumi wraps secrets, outputs and resource references in objects with a signature, and writes unknowns as
 * special strings: https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/properties.go
 */

/** A value that is not known during a preview. */
export const UNKNOWN: unique symbol = Symbol("unknown");

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const OUTPUT = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";
const UNKNOWN_TEXT = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const UNKNOWNS = new Set([
  UNKNOWN_TEXT,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** From the wire: secrets and outputs unwrapped, a resource reference becomes its id, unknowns become `UNKNOWN`, nulls go. */
export function decode(value: unknown): unknown {
  if (typeof value === "string") return UNKNOWNS.has(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map(decode);
  if (!isObject(value)) return value;
  switch (value[SIGNATURE]) {
    case SECRET:
      return decode(value["value"]);
    case OUTPUT:
      return "value" in value ? decode(value["value"]) : UNKNOWN;
    case RESOURCE:
      return "id" in value ? decode(value["id"]) : value["urn"];
    default:
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, inner]) => inner !== null && inner !== undefined)
          .map(([key, inner]) => [key, decode(inner)]),
      );
  }
}

/** To the wire: `UNKNOWN` becomes Pulumi's string for it, `undefined` goes. */
export function encode(value: unknown): unknown {
  if (value === UNKNOWN) return UNKNOWN_TEXT;
  if (Array.isArray(value)) return value.map(encode);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([key, inner]) => [key, encode(inner)]),
  );
}

/** A plain object, not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether an unknown is anywhere inside. */
export function holdsUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(holdsUnknown);
  return isObject(value) && Object.values(value).some(holdsUnknown);
}

/** A known, non-empty string, or undefined. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A list, empty when there is none (or it is unknown). */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The known strings of a list. */
export function texts(value: unknown): string[] {
  return list(value).filter((item): item is string => typeof item === "string");
}

/** The known objects of a list. */
export function objects(value: unknown): Record<string, unknown>[] {
  return list(value).filter(isObject);
}

/** A nested object, empty when there is none. */
export function object(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

/** Every value at a path: `subnetIds[]`, `vpcConfig.subnetIds[]`, `ingress[].cidrBlocks[]`; absent ones are left out. */
export function valuesAt(root: unknown, path: string): unknown[] {
  let found: unknown[] = [root];
  for (const step of path.split(".")) {
    const each = step.endsWith("[]");
    const key = each ? step.slice(0, -2) : step;
    found = found.flatMap((value) => {
      if (value === UNKNOWN) return [UNKNOWN];
      const inner = isObject(value) ? value[key] : undefined;
      if (!each || inner === UNKNOWN) return inner === undefined || inner === null ? [] : [inner];
      return list(inner);
    });
  }
  return found;
}

/** Whether two known values are the same, whatever the order of their keys. */
export function same(a: unknown, b: unknown): boolean {
  return canonicalText(a) === canonicalText(b);
}

/** JSON with sorted keys: equal values give equal texts. */
export function canonicalText(value: unknown): string {
  if (value === UNKNOWN) return "<unknown>";
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (isObject(value)) {
    const entries = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalText(inner)}`).join(",")}}`;
  }
  return JSON.stringify(value) ?? "null";
}
