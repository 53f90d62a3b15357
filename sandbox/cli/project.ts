import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parse, stringify } from "yaml";
import { UsageError, type Request } from "./usage";

/** The repository's root. */
export const ROOT = dirname(dirname(__dirname));

/** One stack of one program, and where the sandbox keeps what belongs to it. */
export interface Project {
  /** `name` in Pulumi.yaml. */
  name: string;
  stack: string;
  /** Folder with Pulumi.yaml. */
  directory: string;
  /** The program's entry, a folder or a file: `main` in Pulumi.yaml. */
  main: string;
  /** Whether it is a program other than the repository's own. */
  foreign: boolean;
  /** `aws:region` of the stack's config. */
  region: string;
  /** The stack's folder, `.sandbox/<stack>`; everything below is in it. */
  home: string;
  /** Where the engine runs, with copies of the project's and the stack's settings. */
  workDir: string;
  backend: string;
  pulumiHome: string;
  cloud: string;
  /** The lock of the run that is going on. */
  lock: string;
  /** `pulumi stack export` of the last operation. */
  stateFile: string;
}

interface StackSettings {
  config?: Record<string, unknown>;
  encryptionsalt?: string;
  [key: string]: unknown;
}

/** A program without a region is not for AWS; the simulated cloud needs one all the same. */
const DEFAULT_REGION = "us-east-1";

/**
 * Finds the program and the stack's config that a request is about. Reads only.
 *
 * @throws UsageError naming the file at fault and what is there instead.
 */
export function findProject(request: Request): Project & { settings: StackSettings } {
  const directory = request.program ? realpathSync(existing(request.program, "--program")) : ROOT;
  const projectFile = ["Pulumi.yaml", "Pulumi.yml"]
    .map((name) => join(directory, name))
    .find((path) => existsSync(path));
  if (!projectFile) throw new UsageError(`${shown(directory)} has no Pulumi.yaml`);
  const { name, main } = readYaml(projectFile) as { name?: unknown; main?: unknown };
  if (typeof name !== "string") throw new UsageError(`${shown(projectFile)} has no name`);

  const foreign = directory !== ROOT;
  const settings = readSettings(request, directory, foreign);
  const region = settings.config?.["aws:region"];
  const home = join(ROOT, ".sandbox", foreign ? `${request.stack}@${name}` : request.stack);
  return {
    name,
    stack: request.stack,
    directory,
    main: resolve(directory, typeof main === "string" ? main : "."),
    foreign,
    region: typeof region === "string" ? region : DEFAULT_REGION,
    home,
    workDir: join(home, "work"),
    backend: join(home, "backend"),
    pulumiHome: join(home, "home"),
    cloud: join(home, "cloud"),
    lock: join(home, "run.json"),
    stateFile: join(home, "state.json"),
    settings,
  };
}

function readSettings(request: Request, directory: string, foreign: boolean): StackSettings {
  if (request.file) return readYaml(existing(request.file, "--file")) as StackSettings;
  const path = [`Pulumi.${request.stack}.yaml`, `Pulumi.${request.stack}.yml`]
    .map((name) => join(directory, name))
    .find((candidate) => existsSync(candidate));
  if (path) return readYaml(path) as StackSettings;
  // Many a small program needs no config at all.
  if (foreign) return {};
  const stacks = readdirSync(directory).flatMap((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1] ?? []);
  throw new UsageError(
    `there is no Pulumi.${request.stack}.yaml for the stack "${request.stack}". ` +
      (stacks.length ? `Stacks with a config: ${stacks.join(", ")}. ` : "") +
      "Or name a config with --file.",
  );
}

/** An existing path that a person wrote, relative to where they are: `npm run` itself moves to the repository's root. */
export function existing(path: string, option: string): string {
  const places = [process.cwd(), process.env.INIT_CWD ?? process.cwd()].map((from) => resolve(from, path));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new UsageError(`${option} ${path}: there is no such file or folder`);
  return found;
}

function readYaml(path: string): object {
  let read: unknown;
  try {
    read = parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`${shown(path)} could not be read: ${(error as Error).message}`);
  }
  if (read === null) return {};
  if (typeof read !== "object" || Array.isArray(read)) throw new UsageError(`${shown(path)} is not a mapping`);
  return read;
}

/** A path for people: relative to the repository where it lies in it. */
export function shown(path: string): string {
  const inside = relative(ROOT, path);
  return inside && !inside.startsWith("..") ? inside : path;
}

/**
 * Writes the copies that the engine works on, so that it never touches the project's own files.
 *
 * @returns keys whose values are encrypted for another backend: they get a placeholder, the sandbox can't decrypt them.
 */
export function prepareWorkDir(project: Project & { settings: StackSettings }): string[] {
  for (const folder of [project.workDir, project.backend, project.pulumiHome, project.cloud]) {
    mkdirSync(folder, { recursive: true });
  }
  const stackFile = join(project.workDir, `Pulumi.${project.stack}.yaml`);
  const earlier = existsSync(stackFile) ? (readYaml(stackFile) as StackSettings) : {};
  for (const name of readdirSync(project.workDir))
    rmSync(join(project.workDir, name), { recursive: true, force: true });

  writeFileSync(
    join(project.workDir, "Pulumi.yaml"),
    // The engine takes `main` for the program's folder, from which it reads files that assets name.
    stringify({ name: project.name, main: project.main, runtime: "nodejs", ...projectConfig(project) }),
  );
  const hidden: string[] = [];
  const config = Object.fromEntries(
    Object.entries(project.settings.config ?? {}).map(([key, value]) => [key, withoutSecrets(value, key, hidden)]),
  );
  writeFileSync(
    stackFile,
    stringify({ config, ...(earlier.encryptionsalt ? { encryptionsalt: earlier.encryptionsalt } : {}) }),
  );
  return hidden;
}

/** What a project declares for all its stacks: default config values, plugins. */
function projectConfig(project: Project): object {
  const file = readdirSync(project.directory).find((name) => /^Pulumi\.ya?ml$/.test(name)) ?? "Pulumi.yaml";
  const { config, options } = readYaml(join(project.directory, file)) as { config?: unknown; options?: unknown };
  return { ...(config ? { config } : {}), ...(options ? { options } : {}) };
}

/** Values as `pulumi config set --secret` writes them hold nothing but `secure`. */
function withoutSecrets(value: unknown, path: string, hidden: string[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withoutSecrets(item, `${path}[${index}]`, hidden));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === "secure") {
    hidden.push(path);
    return "sandbox-secret";
  }
  return Object.fromEntries(entries.map(([key, inner]) => [key, withoutSecrets(inner, `${path}.${key}`, hidden)]));
}

/** Drops the stack's state and its cloud; a lock that is held stays. */
export function dropEverything(project: Project): void {
  if (!existsSync(project.home)) return;
  for (const name of readdirSync(project.home)) {
    if (!name.startsWith(basename(project.lock))) rmSync(join(project.home, name), { recursive: true, force: true });
  }
}

/** A folder with a policy pack, checked. */
export function findPolicyPack(request: Request): string | undefined {
  if (!request.policies) return undefined;
  const folder = request.policyPack ? existing(request.policyPack, "--policy-pack") : join(ROOT, "policies");
  if (!statSync(folder).isDirectory() || !existsSync(join(folder, "PulumiPolicy.yaml"))) {
    throw new UsageError(`${shown(folder)} has no PulumiPolicy.yaml`);
  }
  return folder;
}
