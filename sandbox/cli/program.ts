import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import type { Project } from "./project";

/**
 * Makes a function that runs a Pulumi program from its start, each time it is called: the Automation API's inline program.
 *
 * It does what Pulumi's own nodejs host does with a program's entry: its folder is the working directory, a function that
 * it exports is called, a default export takes the place of the named ones, and what comes out are the stack's outputs.
 */
export function inlineProgram(project: Project): () => Promise<Record<string, unknown> | undefined> {
  const main = project.main;
  const folder = statSync(main).isDirectory();
  const entry = folder ? entryOf(main) : main;
  const load = createRequire(join(project.directory, "Pulumi.yaml"));
  let own: string[] = [];

  return async () => {
    for (const path of own) Reflect.deleteProperty(load.cache, path);
    const before = new Set(Object.keys(load.cache));
    process.chdir(folder ? main : dirname(main));
    try {
      const exported = load(entry) as unknown;
      const program = defaultOf(exported);
      return (await (typeof program === "function" ? (program as () => unknown)() : program)) as Record<
        string,
        unknown
      >;
    } finally {
      // Packages stay loaded, the program's own modules are read again next time: they create resources when read.
      const loaded = Object.keys(load.cache).filter((path) => !before.has(path));
      own = loaded.filter((path) => !isPackage(path));
      if (loaded.length > own.length) rememberPackages(project, loaded.filter(isPackage));
    }
  };
}

function isPackage(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`);
}

const memory = ({ home }: Project) => join(home, "packages.json");

function rememberPackages(project: Project, paths: string[]): void {
  writeFileSync(memory(project), JSON.stringify(paths));
}

/** Loads the packages that the program used the last time, while there is nothing to do but wait for others. */
export function loadPackagesAhead(project: Project): void {
  let paths: string[];
  try {
    paths = JSON.parse(readFileSync(memory(project), "utf8")) as string[];
  } catch {
    return;
  }
  const load = createRequire(join(project.directory, "Pulumi.yaml"));
  for (const path of paths) {
    try {
      load(path);
    } catch {
      // Gone, or broken: the program itself will say so, if it still wants it.
      return;
    }
  }
}

function entryOf(folder: string): string {
  const manifest = join(folder, "package.json");
  const main = existsSync(manifest)
    ? (JSON.parse(readFileSync(manifest, "utf8")) as { main?: string }).main
    : undefined;
  // With a trailing slash it is the folder, never a .json file of the same name beside it.
  return main && existsSync(join(folder, main)) ? join(folder, main) : folder + sep;
}

function defaultOf(exported: unknown): unknown {
  if (typeof exported !== "object" || exported === null) return exported;
  const { default: only, ...named } = exported as Record<string, unknown>;
  return only !== undefined && Object.keys(named).length === 0 ? only : exported;
}
