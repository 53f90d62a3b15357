import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseDocument } from "yaml";
import { type CheckResult, checkPlatform } from "./check";
import { isMapping } from "./paths";
import { isSecret } from "./parse";
import { nearest } from "./suggest";

/** A config that can't be judged because it can't be read. The message names the file and says why. */
export class UnreadableConfig extends Error {}

/** Which config to read. */
export interface ConfigSource {
  /** Name of the stack, as Pulumi knows it (`prod` or `organization/container-platform/prod`). @default from the file's name */
  stack?: string | undefined;
  /** Path of the file. @default `Pulumi.<stack>.yaml` of `root` */
  file?: string | undefined;
  /** Folder of the stacks' files. */
  root: string;
  /** The day of the check, YYYY-MM-DD. @default today in UTC */
  today?: string | undefined;
}

export interface LoadedConfig extends CheckResult {
  stack: string;
  /** Path of the file that was read. */
  file: string;
}

/**
 * Reads and checks a stack's config file.
 *
 * @throws UnreadableConfig when there is no such file or stack, the YAML is broken, or `aws:region` is missing
 */
export function loadConfig({ stack, file, root, today }: ConfigSource): LoadedConfig {
  const name = stack?.split("/").at(-1) ?? stackOfFile(file);
  if (!name) {
    throw new UnreadableConfig(`Which stack? Name one with --stack: ${listStacks(root)}`);
  }
  const path = file ?? findStack(name, root);
  const { config, notes } = readStackFile(path);
  const result = checkPlatform(config, { stack: name, ...(today ? { today } : {}) });
  return { ...result, notes: [...notes, ...result.notes], stack: name, file: path };
}

function stackOfFile(file: string | undefined): string | undefined {
  return file === undefined ? undefined : /^Pulumi\.(.+)\.ya?ml$/.exec(basename(file))?.[1];
}

/** The stacks that have a file in the folder. */
export function stackNames(root: string): string[] {
  return readdirSync(root).flatMap((name) => stackOfFile(name) ?? []);
}

function listStacks(root: string): string {
  const names = stackNames(root);
  return names.length > 0 ? `there are ${names.join(", ")}.` : `there is no Pulumi.<stack>.yaml in ${root}.`;
}

function findStack(stack: string, root: string): string {
  const path = [`Pulumi.${stack}.yaml`, `Pulumi.${stack}.yml`]
    .map((name) => join(root, name))
    .find((p) => existsSync(p));
  if (path === undefined) {
    const meant = nearest(stack, stackNames(root));
    const hint = meant ? ` Did you mean ${meant}?` : "";
    throw new UnreadableConfig(`Pulumi.${stack}.yaml does not exist.${hint} Of stacks ${listStacks(root)}`);
  }
  return path;
}

interface StackFile {
  /** The `config` mapping: keys with their namespace. */
  config: Record<string, unknown>;
  notes: string[];
}

function readStackFile(path: string): StackFile {
  const content = parseYaml(path, readText(path));
  if (!isMapping(content)) {
    throw new UnreadableConfig(`${path} is not a mapping: it must start with "config:".`);
  }
  const { config } = content;
  if (!isMapping(config)) {
    const what = config === undefined || config === null ? "has no config" : "has a config that is not a mapping";
    throw new UnreadableConfig(`${path} ${what}: write "config:" and below it at least aws:region.`);
  }
  requireRegion(path, config);
  // https://www.pulumi.com/docs/esc/: what such an environment sets is only known to the service.
  const imports = content["environment"];
  const notes =
    imports === undefined ? [] : ["The file imports ESC environments: config that they set is not seen here."];
  return { config, notes };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = { ENOENT: "does not exist", EISDIR: "is a folder", EACCES: "may not be read" }[code ?? ""];
    throw new UnreadableConfig(`${path} ${why ?? `can't be read (${code})`}.`);
  }
}

function parseYaml(path: string, text: string): unknown {
  const document = parseDocument(text, { merge: true, prettyErrors: true });
  const [error] = document.errors;
  if (error) {
    const at = error.linePos?.[0];
    const why = error.message.split("\n")[0]?.replace(/ at line \d+, column \d+:?$/, "");
    throw new UnreadableConfig(`${path}${at ? `:${at.line}:${at.col}` : ""} is not YAML: ${why}.`);
  }
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (failure) {
    throw new UnreadableConfig(`${path} is not usable YAML: ${(failure as Error).message}.`);
  }
}

function requireRegion(path: string, config: Record<string, unknown>): void {
  const region = config["aws:region"];
  if (isSecret(region)) {
    throw new UnreadableConfig(
      `${path} has an encrypted aws:region, without which nothing can be checked. ` +
        "Write it as plain text: pulumi config set --plaintext aws:region REGION.",
    );
  }
  if (region === undefined || region === null || region === "") {
    const keys = Object.keys(config);
    const misspelt = keys.find((key) => nearest(key, ["aws:region"]));
    const hint = misspelt ? `; ${misspelt} is probably meant` : "";
    throw new UnreadableConfig(
      `${path} has no aws:region${hint}. Add it to config, for example aws:region: ap-southeast-1.`,
    );
  }
}
