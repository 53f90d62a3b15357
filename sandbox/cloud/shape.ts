/**
 * What the installed SDK declares of a resource type: its inputs, its outputs, and which of them always have a value.
 *
 * The SDK's classes are generated from the provider's schema, one file a type, so this is the schema without its 50 MB. Read when
 * a type is first met: `aws:ec2/subnet:Subnet` stands in `@pulumi/aws/ec2/subnet.js` and `.d.ts`.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The kind of an output, as far as an empty value of it is needed. */
export type Kind = "string" | "number" | "boolean" | "list" | "object" | "map";

export interface Shape {
  inputs: Set<string>;
  required: Set<string>;
  /** Every output, those that are inputs as well included. */
  outputs: Map<string, { kind: Kind; /** Required or computed: never absent. */ always: boolean }>;
}

const shapes = new Map<string, Shape | undefined>();

/** The shape of a type, or undefined when no SDK that is installed declares it. */
export function shapeOf(type: string): Shape | undefined {
  if (!shapes.has(type)) shapes.set(type, readShape(type));
  return shapes.get(type);
}

function readShape(type: string): Shape | undefined {
  const [packageName, module, className] = type.split(":");
  const directory = packageName && packageDirectory(packageName);
  if (!directory || !module || !className) return undefined;
  const file = join(directory, ...module.split("/").filter((part) => part !== "index"));
  if (!existsSync(`${file}.js`) || !existsSync(`${file}.d.ts`)) return undefined;
  return parseShape(readFileSync(`${file}.js`, "utf8"), readFileSync(`${file}.d.ts`, "utf8"), className);
}

function packageDirectory(packageName: string): string | undefined {
  try {
    return dirname(require.resolve(`@pulumi/${packageName}/package.json`));
  } catch {
    return undefined;
  }
}

function parseShape(code: string, declarations: string, className: string): Shape {
  const constructor = code.slice(code.indexOf("constructor(name"));
  const names = (pattern: RegExp) => new Set([...constructor.matchAll(pattern)].map((match) => match[1] ?? ""));
  // Both `args?.name` and `args?.password ? pulumi.secret(args.password) : undefined`.
  const inputs = names(/resourceInputs\["(\w+)"\] = \(?args\??\.\w+/g);
  const required = names(/Missing required property '(\w+)'/g);

  const start = declarations.indexOf(`export declare class ${className} `);
  const body = declarations
    .slice(start, declarations.indexOf("constructor(", start))
    .replace(/\/\*\*[\s\S]*?\*\//g, "");
  const outputs: Shape["outputs"] = new Map();
  for (const [, name, type] of body.matchAll(/readonly (\w+): pulumi\.Output<([\s\S]*?)>;\n/g)) {
    if (name && type) outputs.set(name, { kind: kindOf(type), always: !/\| undefined$/.test(type.trim()) });
  }
  return { inputs, required, outputs };
}

function kindOf(type: string): Kind {
  const plain = type.replace(/\| undefined$/, "").trim();
  if (plain.endsWith("[]")) return "list";
  if (plain === "number" || plain === "boolean") return plain;
  if (plain.startsWith("{")) return "map";
  if (/^(outputs|pulumiAws|any)\b/.test(plain)) return plain.includes("enums.") ? "string" : "object";
  return "string";
}

/** What the provider reads back for a computed attribute that AWS leaves empty. */
export function emptyValue(kind: Kind): unknown {
  return { string: "", number: 0, boolean: false, list: [], object: {}, map: {} }[kind];
}
