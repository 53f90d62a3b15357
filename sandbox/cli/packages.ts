import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import Module from "node:module";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { executableOnPath } from "../engine/executables";
import { ROOT, type Project } from "./project";

/** Providers that the simulated cloud is asked to stand in for. */
export interface Packages {
  /** Names for `PULUMI_DEBUG_PROVIDERS`: `aws`, `awsx`. */
  simulated: string[];
  /** Component plugins that are installed for real; the engine runs those. */
  real: string[];
}

/** Components live in plugins of their own, and register children of other packages. */
const COMPONENT_PLUGINS = ["awsx", "eks"];

interface Manifest {
  name?: string;
  version?: string;
  dependencies?: Record<string, string>;
  pulumi?: { resource?: boolean; name?: string };
}

/** Which packages a program can use, told by the SDKs that it has installed. */
export function findPackages(project: Project): Packages {
  const simulated = new Set(["aws", "kubernetes"]);
  const real: string[] = [];
  for (const { name, version } of installedSdks(project)) {
    if (!COMPONENT_PLUGINS.includes(name)) simulated.add(name);
    else if (realPlugin(project, name, version)) real.push(name);
    else if (existsSync(join(ROOT, "sandbox", "plugins", name))) simulated.add(name);
  }
  return { simulated: [...simulated], real };
}

function installedSdks(project: Project): { name: string; version: string }[] {
  const found = new Map<string, string>();
  for (const folder of moduleFolders(project.directory)) {
    const scoped = existsSync(join(folder, "@pulumi"))
      ? readdirSync(join(folder, "@pulumi")).map((name) => `@pulumi/${name}`)
      : [];
    const named = Object.keys(readManifest(dirname(folder)).dependencies ?? {});
    for (const name of new Set([...scoped, ...named])) {
      const { pulumi, version } = readManifest(join(folder, name));
      const provider = pulumi?.name ?? name.replace(/^.*\//, "");
      if (pulumi?.resource && version && !found.has(provider)) found.set(provider, version);
    }
  }
  return [...found].map(([name, version]) => ({ name, version }));
}

/** Where Node looks for a program's packages; ours last, for programs that have none installed. */
function moduleFolders(directory: string): string[] {
  const folders: string[] = [];
  for (let at = directory; ; at = dirname(at)) {
    folders.push(join(at, "node_modules"));
    if (at === dirname(at)) break;
  }
  return [...folders, join(ROOT, "node_modules")].filter((folder) => existsSync(folder));
}

function readManifest(folder: string): Manifest {
  try {
    return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
  } catch {
    return {};
  }
}

/**
 * Whether the plugin itself is installed, as the version that the SDK asks for: the engine would refuse another one and
 * may not download. Installed plugins are linked into the sandbox's own Pulumi home, where nothing else of the person's is.
 */
function realPlugin(project: Project, name: string, version: string): boolean {
  if (executableOnPath(`pulumi-resource-${name}`)) return true;
  const folder = `resource-${name}-v${version}`;
  const installed = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins", folder);
  if (!existsSync(installed)) return false;
  linkPlugin(project, folder, installed);
  return true;
}

/**
 * Puts the policy pack's runner where an engine without a nodejs language plugin looks for it. On PATH it would be found
 * as well, and warned of in every operation.
 */
export function linkPolicyRunner(project: Project): void {
  linkPlugin(project, "analyzer-policy-nodejs-v1.0.0", join(ROOT, "sandbox", "engine", "bin"));
}

/** The engine takes a folder for a plugin, never a link to one: so a folder with links in it. */
function linkPlugin({ pulumiHome }: Project, folder: string, source: string): void {
  const target = join(pulumiHome, "plugins", folder);
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(source)) {
    rmSync(join(target, name), { force: true });
    symlinkSync(join(source, name), join(target, name));
  }
}

/** Lets a program that has no packages of its own use the repository's. */
export function shareOurPackages(): void {
  const nodePath = [process.env.NODE_PATH, join(ROOT, "node_modules")].filter(Boolean).join(delimiter);
  process.env.NODE_PATH = nodePath;
  (Module as unknown as { _initPaths(): void })._initPaths();
}
