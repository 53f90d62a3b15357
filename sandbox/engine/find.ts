import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildEngine, builtEngine, engineVersion } from "./build";
import { EngineError, executableOnPath } from "./executables";

/** A Pulumi CLI that the sandbox can use. */
export interface Engine {
  /** Absolute path of the executable. */
  command: string;
  /** Its version, `3.225.0`. */
  version: string;
  /** Where it came from: a `pulumi` on PATH, one that was built here before, or one that was built just now. */
  source: "path" | "cache" | "built";
}

/**
 * The versions whose behaviour the sandbox relies on: `--client` for inline programs and engine events over gRPC.
 * A new major version may change either.
 */
const OLDEST = [3, 200] as const;
const BELOW_MAJOR = 4;

/**
 * Finds a Pulumi CLI, or builds one from Go modules: a suitable `pulumi` on PATH, then one built before, then a build.
 *
 * @param note told in a line of what a person may want to know (a `pulumi` on PATH that is too old).
 * @param signal ends a build that is under way.
 * @throws EngineError when neither Pulumi nor Go is there, or the build failed.
 */
export async function findEngine(
  note: (line: string) => void = () => undefined,
  signal?: AbortSignal,
): Promise<Engine> {
  const onPath = executableOnPath("pulumi");
  if (onPath) {
    const version = probe(onPath);
    if (version && isSuitable(version)) return { command: onPath, version, source: "path" };
    note(
      `The pulumi on PATH (${onPath}) is ${version ? `version ${version}` : "of an unknown version"}: ` +
        `the sandbox needs ${OLDEST.join(".")} or newer, below ${BELOW_MAJOR}. It uses one of its own.`,
    );
  }
  const built = builtEngine();
  if (existsSync(built)) return { command: built, version: engineVersion(), source: "cache" };
  if (!executableOnPath("go")) {
    throw new EngineError(
      "Neither Pulumi nor Go is on PATH. Install Pulumi (https://www.pulumi.com/docs/iac/download-install/), or Go " +
        "(https://go.dev/dl/) from which the engine is then built.",
    );
  }
  return { command: await buildEngine(signal), version: engineVersion(), source: "built" };
}

/** Whether the sandbox can work with this version: `3.225.0`, with or without a leading v and a suffix. */
export function isSuitable(version: string): boolean {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version);
  if (!match) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) && major < BELOW_MAJOR;
}

/** `pulumi version`, remembered until the file changes: the question alone takes a quarter of a second. */
function probe(command: string): string | undefined {
  const { mtimeMs, size } = statSync(command);
  const key = `${command} ${size} ${mtimeMs}`;
  const memory = join(dirname(dirname(builtEngine())), "versions.json");
  let known: Record<string, string> = {};
  try {
    known = JSON.parse(readFileSync(memory, "utf8")) as Record<string, string>;
  } catch {
    // Nothing remembered yet.
  }
  if (known[key]) return known[key];
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const said = execFileSync(command, ["version"], { encoding: "utf8", env, timeout: 20000 });
    const version = said.trim().replace(/^v/, "");
    mkdirSync(dirname(memory), { recursive: true });
    writeFileSync(memory, JSON.stringify({ [key]: version }));
    return version;
  } catch {
    return undefined;
  }
}
