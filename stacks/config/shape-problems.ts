import { z } from "zod";
import type { Problem } from "../../components/problem/problem";
import { formatPath, isMapping, type Path, valueAt } from "./paths";
import { type Hint, hints } from "./schema/shapes";
import { alternatives, nearest } from "./suggest";

/** A schema without its defaults, and what was said about it on the way in. */
interface Place {
  schema: z.ZodType;
  hint: Hint;
  says: string;
  example: unknown;
  nullable: boolean;
}

/** A value that is right at this place of a schema, if the schema names one. */
export function exampleAt(schema: z.ZodType, path: Path): unknown {
  return placeAt(schema, path).example;
}

/** zod gives the path of an issue, not the schema that raised it: what that one knows is looked up by the path. */
function placeAt(root: z.ZodType, path: Path): Place {
  return path.reduce<Place>((place, part) => unwrap(childOf(place.schema, part)), unwrap(root));
}

function unwrap(schema: z.ZodType): Place {
  const place: Place = { schema, hint: {}, says: "", example: undefined, nullable: false };
  for (;;) {
    const { description, examples } = place.schema.meta() ?? {};
    place.hint = { ...hints.get(place.schema), ...place.hint };
    place.says ||= description ?? "";
    place.example ??= Array.isArray(examples) ? examples[0] : undefined;
    if (
      place.schema instanceof z.ZodDefault ||
      place.schema instanceof z.ZodPrefault ||
      place.schema instanceof z.ZodOptional ||
      place.schema instanceof z.ZodNullable
    ) {
      place.nullable ||= place.schema instanceof z.ZodNullable;
      place.schema = place.schema.unwrap() as z.ZodType;
    } else {
      return place;
    }
  }
}

function childOf(schema: z.ZodType, part: string | number): z.ZodType {
  const child =
    schema instanceof z.ZodObject
      ? schema.shape[part]
      : schema instanceof z.ZodRecord
        ? schema.valueType
        : schema instanceof z.ZodArray
          ? schema.element
          : undefined;
  return (child as z.ZodType | undefined) ?? z.unknown();
}

/**
 * What zod found, in the platform's words: path, value, rule, message and fix.
 *
 * @param section key of the config, the first part of every path
 * @param raw the value that was judged
 */
export function shapeProblems(
  section: string,
  schema: z.ZodType,
  raw: unknown,
  issues: readonly z.core.$ZodIssue[],
): Problem[] {
  const problems = issues.flatMap((issue) => {
    const path = issue.path as Path;
    const place = placeAt(schema, path);
    const value = valueAt(raw, path);
    if (issue.code === "invalid_key") {
      const mapping = placeAt(schema, path.slice(0, -1));
      return [badName([section, ...path], value, mapping)];
    }
    return issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownKey([section, ...path, key], valueAt(raw, [...path, key]), place))
      : [oneProblem([section, ...path], value, place)];
  });
  // Two checks of one value may both fail; the first says enough.
  return problems.filter((problem, index) => problems.findIndex(({ path }) => path === problem.path) === index);
}

function unknownKey(path: Path, value: unknown, place: Place): Problem {
  const known = place.schema instanceof z.ZodObject ? Object.keys(place.schema.shape) : [];
  const key = String(path.at(-1));
  const meant = nearest(key, known);
  const where = formatPath(path.slice(0, -1));
  return {
    path: formatPath(path),
    value,
    rule: "CFG-UNKNOWN-KEY",
    message: `is not a key of ${where}`,
    fix: meant
      ? `did you mean ${meant}? The keys of ${where} are ${known.join(", ")}`
      : `remove it: the keys of ${where} are ${known.join(", ")}`,
  };
}

function oneProblem(path: Path, value: unknown, place: Place): Problem {
  const at = { path: formatPath(path), value };
  if (value === undefined) {
    const says = place.says.replace(/ ?Required\.$/, "").replace(/\.$/, "");
    return { ...at, rule: "CFG-MISSING", message: `is missing (${lowerFirst(says)})`, fix: addIt(path, place) };
  }
  const wrongType = typeProblem(value, place);
  if (wrongType) {
    return { ...at, rule: "CFG-TYPE", ...wrongType };
  }
  const allowed = allowedValues(place.schema);
  return {
    ...at,
    rule: place.hint.rule ?? "CFG-VALUE",
    message: place.hint.message ?? (allowed ? `is not ${alternatives(allowed.map(String))}` : "is not allowed here"),
    fix: place.hint.fix ?? rightValue(value, place),
  };
}

/** A bad name of a mapping's item. The path ends in the name itself. */
function badName(path: Path, value: unknown, mapping: Place): Problem {
  const key = mapping.schema instanceof z.ZodRecord ? unwrap(mapping.schema.keyType as z.ZodType).hint : {};
  return {
    path: formatPath(path),
    value,
    rule: key.rule ?? "CFG-VALUE",
    message: `has a bad name: ${JSON.stringify(path.at(-1))} ${key.message ?? "is not allowed here"}`,
    fix: key.fix ?? "rename it",
  };
}

const typeNames: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  list: "a list",
  mapping: "a mapping of keys to values",
};

function expectedType(schema: z.ZodType): keyof typeof typeNames | undefined {
  if (schema instanceof z.ZodNumber) {
    return schema.format === "safeint" ? "int" : "number";
  }
  if (schema instanceof z.ZodBoolean) return "boolean";
  if (schema instanceof z.ZodArray) return "list";
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return "mapping";
  if (schema instanceof z.ZodLiteral) return typeof [...schema.values][0] === "number" ? "number" : "string";
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodString || schema instanceof z.ZodStringFormat) {
    return "string";
  }
  return undefined;
}

function actualType(value: unknown): string {
  if (Array.isArray(value)) return "list";
  if (isMapping(value)) return "mapping";
  return typeof value;
}

/** Message and fix when the value has another type than the place takes. */
function typeProblem(value: unknown, place: Place): Pick<Problem, "message" | "fix"> | undefined {
  const expected = expectedType(place.schema);
  const actual = actualType(value);
  const fits =
    expected === "int" ? actual === "number" && Number.isInteger(value) : expected === undefined || expected === actual;
  if (fits && !Number.isNaN(value)) {
    return undefined;
  }
  const wanted = typeNames[expected ?? "string"];
  return { message: `must be ${wanted}${place.nullable ? " or null" : ""}`, fix: retyped(value, expected, place) };
}

/** The same thing in the right type, when that is plain; else an example. */
function retyped(value: unknown, expected: string | undefined, place: Place): string {
  if (expected === "string" && (typeof value === "number" || typeof value === "boolean")) {
    return `put it in quotes: "${String(value)}"`;
  }
  if ((expected === "int" || expected === "number") && typeof value === "string" && /^\d+$/.test(value.trim())) {
    return `write it without quotes: ${value.trim()}`;
  }
  if (expected === "boolean" && typeof value === "string" && /^(true|false)$/i.test(value)) {
    return `write it without quotes: ${value.toLowerCase()}`;
  }
  if (expected === "list" && (typeof value === "string" || typeof value === "number")) {
    return `write it as a list: [${JSON.stringify(value)}]`;
  }
  if (value === null) {
    return `leave the key out for the default, or write a value, ${exampleOf(place)}`;
  }
  return rightValue(value, place);
}

function allowedValues(schema: z.ZodType): readonly (string | number)[] | undefined {
  if (schema instanceof z.ZodEnum) return schema.options;
  if (schema instanceof z.ZodLiteral)
    return [...schema.values].filter((v) => typeof v === "number" || typeof v === "string");
  return undefined;
}

function rightValue(value: unknown, place: Place): string {
  const allowed = allowedValues(place.schema);
  if (allowed) {
    const closest =
      typeof value === "number"
        ? [...allowed].sort((a, b) => Math.abs(Number(a) - value) - Math.abs(Number(b) - value))[0]
        : nearest(String(value), allowed.map(String));
    const all = alternatives(allowed.map(String));
    return closest === undefined ? `write one of ${all}` : `did you mean ${closest}? Write one of ${all}`;
  }
  if (place.schema instanceof z.ZodNumber) {
    return `write ${rangeOf(place.schema)}, ${exampleOf(place)}`;
  }
  const expected = expectedType(place.schema) ?? "string";
  return expected === "string"
    ? `use a value such as ${yamlFlow(place.example ?? null)}`
    : `write ${typeNames[expected]}, ${exampleOf(place)}`;
}

function rangeOf(schema: z.ZodNumber): string {
  const kind = schema.format === "safeint" ? "a whole number" : "a number";
  return `${kind} from ${schema.minValue} to ${schema.maxValue}`;
}

function exampleOf(place: Place): string {
  return `for example ${yamlFlow(place.example ?? null)}`;
}

function addIt(path: Path, place: Place): string {
  const key = path.at(-1);
  return `add ${typeof key === "number" ? "" : `${key}: `}${yamlFlow(place.example ?? null)}, or what fits`;
}

/** A value as one would write it on one line of YAML. */
export function yamlFlow(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(yamlFlow).join(", ")}]`;
  }
  if (isMapping(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${yamlFlow(item)}`);
    return `{${entries.join(", ")}}`;
  }
  if (typeof value === "string") {
    const plain = /^[\w/<][\w ./*:<>@-]*$/.test(value) && !/: |:$/.test(value) && Number.isNaN(Number(value));
    return plain && !/^(true|false|null)$/i.test(value) ? value : JSON.stringify(value);
  }
  return String(value);
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
