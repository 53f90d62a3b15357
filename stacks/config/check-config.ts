import { existsSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { Command, CommanderError } from "commander";
import { createColors } from "picocolors";
import { formatPlan } from "./address-map";
import { formatProblems } from "./format";
import { type LoadedConfig, loadConfig, UnreadableConfig } from "./loader";

/** Where the command reads and writes. */
export interface CheckConfigIo {
  out(text: string): void;
  err(text: string): void;
  /** Folder of the stacks' files. */
  root: string;
  /** Folders that a relative `--file` is looked for in, in this order. */
  folders: readonly string[];
  /** Whether the output is for a terminal that shows colours. */
  colors: boolean;
  /** The day of the check, YYYY-MM-DD. @default today in UTC */
  today?: string;
}

interface Options {
  stack?: string;
  file?: string;
  json?: boolean;
}

/**
 * The command `check-config`.
 *
 * @param args what follows the command's name
 * @returns exit code: 0 the config is good, 1 it is not, 2 it could not be read
 */
export function checkConfig(args: readonly string[], io: CheckConfigIo): number {
  const options = parseOptions(args, io);
  if (typeof options === "number") {
    return options;
  }
  try {
    const file = options.file === undefined ? undefined : findFile(options.file, io.folders);
    const loaded = loadConfig({ stack: options.stack, file, root: io.root, today: io.today });
    io.out(options.json ? asJson(loaded) : asText(loaded, io));
    return loaded.problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UnreadableConfig)) {
      throw error;
    }
    if (options.json) {
      io.out(`${JSON.stringify({ ok: false, stack: options.stack ?? null, problems: [], error: error.message })}\n`);
    }
    io.err(`${error.message}\n`);
    return 2;
  }
}

function parseOptions(args: readonly string[], io: CheckConfigIo): Options | number {
  const command = new Command("check-config")
    .description("Checks a stack's config and shows the plan of its addresses. Needs no network and no credentials.")
    .option("--stack <name>", "name of the stack; its file is Pulumi.<name>.yaml")
    .option("--file <path>", "the file to check, when it is another one")
    .option("--json", "print one JSON object and nothing else")
    .addHelpText("after", "\nExit code: 0 the config is good, 1 it is not, 2 it could not be read.")
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) });
  try {
    return command.parse(args, { from: "user" }).opts<Options>();
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : 2;
    }
    throw error;
  }
}

function findFile(file: string, folders: readonly string[]): string {
  const candidates = isAbsolute(file) ? [file] : folders.map((folder) => resolve(folder, file));
  return candidates.find((candidate) => existsSync(candidate)) ?? candidates[0] ?? file;
}

/** The object of config.md's interface: its keys and no others, so that what reads it can rely on them. */
function asJson({ stack, problems, plan, notes }: LoadedConfig): string {
  const result = {
    ok: problems.length === 0,
    stack,
    problems: problems.map((problem) => ({ ...problem, value: problem.value ?? null })),
    plan: {
      subnets: (plan.network?.subnets ?? []).map(({ class: subnetClass, zone, cidr, free }) => ({
        class: subnetClass,
        zone,
        cidr,
        free,
      })),
      nodeGroups: plan.nodeGroups.map(({ name, architecture, maxPods, podsPerZoneAtMax, fitsNodes, zones }) => ({
        name,
        architecture,
        maxPods,
        podsPerZoneAtMax,
        fitsNodes,
        zones,
      })),
      services: plan.services,
    },
    ...(notes.length > 0 ? { notes } : {}),
  };
  return `${JSON.stringify(result)}\n`;
}

function asText(loaded: LoadedConfig, io: CheckConfigIo): string {
  const { config, problems, stack, file } = loaded;
  const colors = createColors(io.colors);
  const shown =
    [file, ...io.folders.map((folder) => relative(folder, file))].sort((a, b) => a.length - b.length)[0] ?? file;
  return config
    ? `${formatPlan(`${shown} is good: stack ${stack}, environment ${config.environment}, ${config.region}`, loaded, colors)}\n`
    : `${formatProblems(shown, problems, colors)}\n`;
}

// Also when the set-up has required this file in place of node running it: then it is no main module, yet argv names it.
if (process.argv[1] !== undefined && resolve(process.argv[1]) === __filename) {
  const root = join(__dirname, "..", "..");
  const { INIT_CWD: npmStartedIn, NO_COLOR, TERM } = process.env;
  process.exitCode = checkConfig(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    root,
    // npm runs scripts in the package's folder; the path was written where the person stood.
    folders: [...(npmStartedIn ? [npmStartedIn] : []), process.cwd()],
    colors: process.stdout.isTTY === true && !NO_COLOR && TERM !== "dumb",
  });
}
