import type { Problem } from "../../components/problem/problem";
import { isSecret } from "./parse";
import { project, type SectionName, sections } from "./schema";
import { nearest } from "./suggest";

const names = Object.keys(sections) as SectionName[];

/** A key as Pulumi splits it: `namespace:name`, or the older `namespace:config:name`. */
function split(key: string): { namespace: string; name: string } | undefined {
  const [namespace, ...rest] = key.split(":");
  const name = rest.length === 2 && rest[0] === "config" ? rest[1] : rest.length === 1 ? rest[0] : undefined;
  return namespace && name ? { namespace, name } : undefined;
}

/** What is wrong with the keys of the `config` mapping themselves. Other namespaces are other people's. */
export function keyProblems(raw: Readonly<Record<string, unknown>>): Problem[] {
  return Object.entries(raw).flatMap(([key, value]): Problem[] => {
    const parts = split(key);
    const problem = (path: string, message: string, fix: string) => [
      { path: visible(path), value: isSecret(value) ? "[secret]" : value, rule: "CFG-UNKNOWN-KEY", message, fix },
    ];
    if (!parts) {
      const meant = nearest(key.split(":").at(-1) ?? key, names);
      const fix = meant ? `write ${project}:${meant}` : "write namespace:name, or remove it";
      return problem(key, "is not a config key: Pulumi wants namespace:name", fix);
    }
    const { namespace, name } = parts;
    if (namespace === project) {
      return names.includes(name as SectionName) ? [] : problem(name, ...unknownName(name));
    }
    if (nearest(namespace, [project])) {
      const meant = nearest(name, names) ?? name;
      return problem(key, `is of namespace ${namespace}, which nothing reads`, `did you mean ${project}:${meant}?`);
    }
    return [];
  });
}

/** A key of blanks only, so that it can be seen. */
function visible(key: string): string {
  return key.trim() === "" ? JSON.stringify(key) : key;
}

function unknownName(name: string): [message: string, fix: string] {
  const all = `keys are ${names.join(", ")}`;
  const [section, ...rest] = name.split(".");
  if (rest.length > 0 && names.includes(section as SectionName)) {
    const fix = `write ${rest.join(".")} under ${project}:${section} (pulumi config set --path '${project}:${name}' VALUE)`;
    return [`is not a key of the platform: ${section} is`, fix];
  }
  const meant = nearest(name, names);
  return [
    "is not a key of the platform",
    meant ? `did you mean ${project}:${meant}? The ${all}` : `remove it: the ${all}`,
  ];
}

const texts: ReadonlySet<SectionName> = new Set(["environment", "owner"]);

/**
 * The platform's own keys without their namespace, structured values as such.
 *
 * A structured value may come as JSON text: that is how a running program gets it, and what `pulumi config set` stores without
 * `--path`. A value that is empty there was `null` in the file: Pulumi hands it on as an empty text.
 */
export function sectionValues(raw: Readonly<Record<string, unknown>>): {
  values: Partial<Record<SectionName, unknown>>;
  problems: Problem[];
} {
  const values: Partial<Record<SectionName, unknown>> = {};
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(raw)) {
    const parts = split(key);
    const name = names.find((known) => known === parts?.name);
    if (parts?.namespace !== project || name === undefined) {
      continue;
    }
    if (typeof value !== "string" || texts.has(name)) {
      values[name] = value;
    } else if (value.trim() === "") {
      values[name] = null;
    } else if (/^\s*(null\s*$|[[{])/.test(value)) {
      try {
        values[name] = JSON.parse(value) as unknown;
      } catch (error) {
        problems.push({
          path: name,
          value,
          rule: "CFG-TYPE",
          message: `is text that looks like JSON and can't be read as such (${(error as Error).message})`,
          fix: "write it as YAML, or mend the JSON",
        });
      }
    } else {
      values[name] = value;
    }
  }
  return { values, problems };
}
