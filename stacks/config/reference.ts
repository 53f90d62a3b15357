/** The page that lists every key of a stack's config, made from the same schema that checks it. */
import { stackFileSchema } from "./json-schema";

interface Node {
  type?: string | string[];
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Node>;
  items?: Node;
  additionalProperties?: Node | boolean;
  anyOf?: Node[];
}

interface Row {
  key: string;
  type: string;
  meaning: string;
}

const intro = `# Every key of a stack's config

Made from the schema by \`npm run schema\`. A key that isn't written has its default. The checks are said by
\`npm run check-config -- --stack <name>\`; an editor with a YAML language server shows this text at the key.
`;

/** The page as Markdown: a section for each key of the file, a row for each key below it. */
export function configReference(): string {
  const config = (stackFileSchema() as Node).properties?.["config"];
  const sections = Object.entries(config?.properties ?? {}).map(([key, node]) => section(key, node));
  return `${intro}\n${sections.join("\n")}`;
}

function section(key: string, node: Node): string {
  const rows = below("", node);
  const head = `## \`${key}\`\n\n${node.description ?? ""}\n`;
  if (rows.length === 0) {
    return head;
  }
  const lines = rows.map(({ key: name, type, meaning }) => `| \`${name}\` | ${cell(type)} | ${cell(meaning)} |`);
  return `${head}\n| Key | Takes | Meaning |\n|---|---|---|\n${lines.join("\n")}\n`;
}

/** The rows of an object's own keys and of all below them, depth first. */
function below(path: string, node: Node): Row[] {
  const shape = objectOf(node);
  const named = Object.entries(shape?.properties ?? {}).map(
    ([key, child]) => [path ? `${path}.${key}` : key, child] as const,
  );
  const free = shape?.additionalProperties;
  const children = typeof free === "object" ? [...named, [`${path ? `${path}.` : ""}<name>`, free] as const] : named;
  return children.flatMap(([name, child]) => {
    const item = arrayOf(child)?.items;
    return [
      { key: name, type: typeText(child), meaning: child.description ?? "" },
      ...below(name, child),
      ...(item ? below(`${name}[]`, item) : []),
    ];
  });
}

function alternatives(node: Node): Node[] {
  return node.anyOf ? node.anyOf.flatMap(alternatives) : [node];
}

function objectOf(node: Node): Node | undefined {
  return alternatives(node).find(({ type }) => type === "object");
}

function arrayOf(node: Node): Node | undefined {
  return alternatives(node).find(({ type }) => type === "array");
}

function typeText(node: Node): string {
  const names = alternatives(node).map((one) => {
    if (one.enum) {
      return one.enum.map((value) => `\`${value}\``).join(", ");
    }
    if (one.const !== undefined) {
      return `\`${one.const}\``;
    }
    return one.type === "array" ? `list of ${one.items ? plural(one.items) : "values"}` : words[String(one.type)];
  });
  return [...new Set(names)].join(" or ");
}

const words: Record<string, string> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  object: "mapping",
  null: "null",
};

function plural(item: Node): string {
  return item.type === "object" ? "mappings" : item.type === "string" ? "texts" : "values";
}

/** A pipe would end the table's cell. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}
