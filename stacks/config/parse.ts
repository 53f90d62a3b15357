import type { z } from "zod";
import type { Problem } from "../../components/problem/problem";
import { formatPath, isMapping, parsePath, type Path, valueAt } from "./paths";
import { exampleAt, shapeProblems } from "./shape-problems";

/** A section as far as it could be read. */
export interface Reading<Value> {
  /** With defaults; in place of what was wrong, its default or an example. Undefined when nothing of it was right. */
  value: Value | undefined;
  problems: Problem[];
  /** What is not as somebody wrote it, as paths within the section: nothing is to be concluded from it. */
  leftOut: Path[];
  /** Whether the key was written in the section, right or wrong. */
  wrote(key: string): boolean;
  /** A path within `value` as it is in the file: list items that were left out shift the others. */
  inFile(path: string): string;
}

const gone = Symbol("left out");

/**
 * Reads one section: every problem of its shape, and the rest of it with defaults.
 *
 * The rest matters because all problems are shown at once: a misspelt key must not hide that the addresses don't fit.
 */
export function parseSection<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
  raw: unknown,
): Reading<z.output<Schema>> {
  const given = copy(raw);
  const problems: Problem[] = [];
  const leftOut: Path[] = [];
  const origins = new WeakMap<unknown[], number[]>();
  const wrote = (key: string) => isMapping(raw) && Object.hasOwn(raw, key);

  let current = removeSecrets(name, given, problems, leftOut);
  current = compact(current, origins);
  // Each round takes out what is wrong or puts in what is missing; a reasonable file takes two or three.
  for (let round = 0; ; round++) {
    const result = schema.safeParse(current);
    if (result.success) {
      const usable = !leftOut.some((path) => path.length === 0);
      const value = usable ? result.data : undefined;
      return { value, problems, leftOut, wrote, inFile: (path) => inFile(name, path, current, origins) };
    }
    const { issues } = result.error;
    if (round > 1000) {
      throw new Error(`the shape of ${name} can't be repaired: ${issues[0]?.message}`);
    }
    if (round === 0) {
      const found = shapeProblems(name, schema, current, issues);
      const known = new Set(leftOut.map((path) => formatPath([name, ...path])));
      const placed = found.map((problem) => ({ ...problem, path: inFile(name, problem.path, current, origins) }));
      problems.push(...placed.filter(({ path }) => !known.has(path)));
    }
    const bad = issues.flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => [...(issue.path as Path), key])
        : [issue.path as Path],
    );
    for (const path of bad) {
      const missing = path.length > 0 && valueAt(current, path) === undefined;
      const example = missing ? exampleAt(schema, path) : undefined;
      const place = missing && example === undefined ? present(current, path) : path;
      leftOut.push(parsePath(inFile(name, formatPath([name, ...place]), current, origins)).slice(1));
      current = example === undefined ? leaveOut(current, place) : standIn(current, path, copy(example));
    }
    current = compact(current, origins);
  }
}

/** The path itself, or when there is nothing (a required key is missing), the nearest thing around it that there is. */
function present(root: unknown, path: Path): Path {
  const value = valueAt(root, path);
  return path.length > 0 && value === undefined ? present(root, path.slice(0, -1)) : path;
}

/** A required value that is missing, so that the rules can judge what is around it. */
function standIn(root: unknown, path: Path, example: unknown): unknown {
  const parent = valueAt(root, path.slice(0, -1));
  if (isMapping(parent)) {
    parent[String(path.at(-1))] = example;
  }
  return root;
}

function leaveOut(root: unknown, path: Path): unknown {
  if (path.length === 0) {
    return undefined;
  }
  const parent = valueAt(root, path.slice(0, -1));
  const key = path.at(-1);
  if (Array.isArray(parent) && typeof key === "number") {
    parent[key] = gone;
  } else if (isMapping(parent) && typeof key === "string") {
    Reflect.deleteProperty(parent, key);
  }
  return root;
}

/** Takes out list items that were left out, and remembers where the others stood. */
function compact(value: unknown, origins: WeakMap<unknown[], number[]>): unknown {
  if (Array.isArray(value)) {
    const before = origins.get(value) ?? value.map((_, index) => index);
    const kept = value.flatMap((item, index) => (item === gone ? [] : [index]));
    const origin = kept.map((index) => before[index] ?? index);
    const items = kept.map((index) => compact(value[index], origins));
    value.splice(0, value.length, ...items);
    origins.set(value, origin);
  } else if (isMapping(value)) {
    Object.values(value).forEach((item) => compact(item, origins));
  }
  return value;
}

function inFile(name: string, path: string, current: unknown, origins: WeakMap<unknown[], number[]>): string {
  const [section, ...within] = parsePath(path);
  if (section !== name) {
    return path;
  }
  let value = current;
  const original = within.map((part) => {
    const origin = Array.isArray(value) && typeof part === "number" ? (origins.get(value)?.[part] ?? part) : part;
    value = valueAt(value, [part]);
    return origin;
  });
  return formatPath([name, ...original]);
}

/** Whether a value of the file is encrypted: `secure: v1:…`. */
export function isSecret(value: unknown): boolean {
  return isMapping(value) && Object.keys(value).length === 1 && typeof value["secure"] === "string";
}

export function secretProblem(path: Path): Problem {
  return {
    path: formatPath(path),
    value: "[secret]",
    rule: "CFG-SECRET",
    message: "is encrypted, and the platform needs it as plain text: it decides what is built, and is no secret in AWS",
    fix: `write it as plain text: pulumi config set --plaintext --path 'container-platform:${formatPath(path)}' VALUE`,
  };
}

function removeSecrets(name: string, value: unknown, problems: Problem[], leftOut: Path[], path: Path = []): unknown {
  if (isSecret(value)) {
    problems.push(secretProblem([name, ...path]));
    leftOut.push(path);
    return path.length === 0 ? undefined : gone;
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      value[index] = removeSecrets(name, item, problems, leftOut, [...path, index]);
    });
  } else if (isMapping(value)) {
    for (const [key, item] of Object.entries(value)) {
      const kept = removeSecrets(name, item, problems, leftOut, [...path, key]);
      if (kept === gone) {
        Reflect.deleteProperty(value, key);
      }
    }
  }
  return value;
}

/** A copy to take things out of. `undefined` in a mapping is as good as an absent key. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => (item === undefined ? null : copy(item)));
  }
  if (isMapping(value)) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [key, copy(item)]),
    );
  }
  return value;
}
