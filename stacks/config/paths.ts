/** Where something is in the config: keys and list positions, without the project prefix. */
export type Path = readonly (string | number)[];

const plainKey = /^[A-Za-z_][\w-]*$/;

/** `network.zones[2]`; a key that isn't a plain name is quoted: `labels["example.com/team"]`. */
export function formatPath(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === "number") {
        return `[${part}]`;
      }
      return plainKey.test(part) ? (index === 0 ? part : `.${part}`) : index === 0 ? part : `[${JSON.stringify(part)}]`;
    })
    .join("");
}

/** The reverse of `formatPath`. */
export function parsePath(text: string): Path {
  const parts = text.match(/\[\d+\]|\["(?:[^"\\]|\\.)*"\]|[^.[\]]+/g) ?? [];
  return parts.map((part) => {
    if (!part.startsWith("[")) {
      return part;
    }
    return part.startsWith('["') ? String(JSON.parse(part.slice(1, -1))) : Number(part.slice(1, -1));
  });
}

/** Whether `path` is `parent` or lies below it. */
export function isWithin(parent: Path, path: Path): boolean {
  return parent.length <= path.length && parent.every((part, index) => part === path[index]);
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is at a path; undefined when there is nothing. */
export function valueAt(root: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (Array.isArray(value)) {
      return typeof part === "number" ? value[part] : undefined;
    }
    return isMapping(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }, root);
}
