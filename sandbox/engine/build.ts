// Builds the Pulumi CLI from Go modules, for machines that reach package registries and no download site.
// The npm package `pulumi` is no way out: it downloads the CLI too. Recipe: go.mod beside this file.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { withLock } from "../setup/lock.mjs";
import { startProgress, type Progress } from "../setup/progress.mjs";
import { EngineError } from "./executables";

const PACKAGE = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const BINARY = process.platform === "win32" ? "pulumi.exe" : "pulumi";
const RECIPE_FILES = ["go.mod", "go.sum"].map((name) => join(__dirname, name));

/** The version that go.mod pins, `3.225.0`. */
export function engineVersion(): string {
  const match = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(readFileSync(join(__dirname, "go.mod"), "utf8"));
  if (!match?.[1]) throw new Error("sandbox/engine/go.mod does not name github.com/pulumi/pulumi/pkg/v3");
  return match[1];
}

/** Where a build of this recipe lies, or would lie. */
export function builtEngine(): string {
  return join(cacheRoot(), "engine", recipeHash(), BINARY);
}

function cacheRoot(): string {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  return process.env.CONTAINER_PLATFORM_CACHE || join(cache, "container-platform");
}

/**
 * What the binary depends on: the pinned modules, the Go version that go.mod asks for, and the system. The toolchain
 * that happens to be installed is left out on purpose: a build stays good when Go is updated, or removed.
 */
function recipeHash(): string {
  const hash = createHash("sha256");
  for (const file of RECIPE_FILES) hash.update(readFileSync(file));
  return hash.update(`${process.platform} ${process.arch}`).digest("hex").slice(0, 16);
}

/**
 * Builds the CLI into the cache and returns its path. Of several that ask at once, one builds and the others wait.
 *
 * @param signal ends the build; what is compiled by then need not be compiled again.
 * @throws EngineError with the compiler's last lines and what to do.
 */
export async function buildEngine(signal?: AbortSignal): Promise<string> {
  const target = builtEngine();
  const folder = join(target, "..");
  let waiting: Progress | undefined;
  return withLock(
    `${folder}.lock`,
    (holder) => (waiting ??= startProgress(`Waiting for another run (pid ${holder.pid}) to build the engine`)),
    async () => {
      waiting?.done("The other run is through");
      if (existsSync(target)) return target;
      // The build works on copies: Go never gets to rewrite the repository's go.mod.
      const work = `${folder}.building`;
      rmSync(work, { recursive: true, force: true });
      mkdirSync(work, { recursive: true });
      for (const file of RECIPE_FILES) copyFileSync(file, join(work, file.slice(__dirname.length + 1)));
      await build(work, signal);
      mkdirSync(folder, { recursive: true });
      renameSync(join(work, BINARY), target);
      rmSync(work, { recursive: true, force: true });
      return target;
    },
  );
}

async function build(work: string, signal: AbortSignal | undefined): Promise<void> {
  const version = engineVersion();
  const progress = startProgress(`Building the Pulumi engine ${version} (once, some 3 minutes)`);
  const go = new Go(work, signal);
  try {
    await download(go, progress);
    await compile(go, progress, version);
    const binary = join(work, BINARY);
    chmodSync(binary, 0o755);
    const said = (await go.run(["version"], binary)).trim();
    if (said.replace(/^v/, "") !== version) throw new GoFailure([`pulumi version says "${said}"`]);
  } catch (error) {
    if (signal?.aborted) {
      progress.fail("Stopped building the Pulumi engine; the next run goes on from there");
      throw new EngineError("stopped");
    }
    progress.fail("Building the Pulumi engine failed");
    if (!(error instanceof GoFailure)) throw error;
    throw new EngineError(
      `${error.lines.slice(-15).join("\n")}\n\n` +
        "The Pulumi engine could not be built, Go's last lines are above. Behind a firewall, set GOPROXY to a module " +
        "proxy that you reach (https://go.dev/ref/mod#environment-variables) and run the same command again; it goes " +
        "on where it stopped. Or install Pulumi: https://www.pulumi.com/docs/iac/download-install/",
    );
  }
  progress.done(`Built the Pulumi engine ${version}`);
}

/** Every module of go.mod; a module counts once its archive lies whole in Go's cache. */
async function download(go: Go, progress: Progress): Promise<void> {
  const { GOMODCACHE } = JSON.parse(await go.run(["env", "-json", "GOMODCACHE"])) as { GOMODCACHE: string };
  const archives = moduleArchives(readFileSync(join(__dirname, "go.mod"), "utf8"));
  const count = () => {
    const there = archives.filter((path) => existsSync(join(GOMODCACHE, "cache", "download", path))).length;
    progress.update(`module ${there} of ${archives.length}`);
  };
  count();
  const timer = setInterval(count, 1000);
  try {
    await go.run(["mod", "download"]);
  } finally {
    clearInterval(timer);
  }
}

/**
 * Where Go's module cache puts the archive of each module that a go.mod requires, relative to its download folder.
 * A capital letter is written as `!` and the small one: https://go.dev/ref/mod#goproxy-protocol
 */
export function moduleArchives(goMod: string): string[] {
  const replaced = new Map<string, string>();
  for (const [, from, to, version] of goMod.matchAll(/^(?:replace )?[ \t]*(\S+)(?: \S+)? => (\S+) (\S+)$/gm)) {
    if (from && to && version) replaced.set(from, `${to} ${version}`);
  }
  const modules: string[] = [];
  for (const [, path, version] of goMod.matchAll(
    /^(?:require )?[ \t]*([\w.-]+\.[^\s()]+) (v\S+)(?: \/\/ indirect)?$/gm,
  )) {
    if (path && version) modules.push(replaced.get(path) ?? `${path} ${version}`);
  }
  return modules.map((module) => {
    const [path = "", version = ""] = module.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`).split(" ");
    return `${path}/@v/${version}.zip`;
  });
}

/** A package that an earlier attempt has compiled is not named again, so fewer may come than are counted. */
async function compile(go: Go, progress: Progress, version: string): Promise<void> {
  progress.update("counting packages");
  const linkerFlags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
  const flags = ["-trimpath", "-ldflags", linkerFlags];
  const listed = await go.run(["list", "-deps", ...flags, PACKAGE]);
  const packages = new Set(listed.split("\n").filter(Boolean));
  let compiled = 0;
  await go.run(["build", "-v", ...flags, "-o", BINARY, PACKAGE], "go", (line) => {
    if (!/^\S+$/.test(line)) return;
    compiled = Math.min(compiled + 1, packages.size);
    progress.update(line === PACKAGE ? "linking" : `package ${compiled} of up to ${packages.size}`);
  });
}

class GoFailure extends Error {
  constructor(readonly lines: string[]) {
    super(lines.at(-1));
  }
}

/** The go command in an environment where nothing that a person has set for other projects gets in the way. */
class Go {
  private readonly env: NodeJS.ProcessEnv;

  constructor(
    private readonly folder: string,
    private readonly signal: AbortSignal | undefined,
  ) {
    // An empty GOFLAGS would let the one of `go env -w` through, so it names what is the default anyway.
    const kept = (process.env.GOFLAGS ?? "").split(/\s+/).filter((flag) => /^-(modcacherw|p=\d+)$/.test(flag));
    const forOthers = /^GO(OS|ARCH|ARM|AMD64|EXPERIMENT|ROOT)$/;
    const inherited = Object.entries(process.env).filter(([name]) => !forOthers.test(name));
    this.env = {
      ...Object.fromEntries(inherited),
      GOFLAGS: ["-mod=readonly", "-buildvcs=false", ...kept].join(" "),
      // A Go older than go.mod asks for fetches the right one from the module proxy.
      GOTOOLCHAIN: "auto",
      GOWORK: "off",
      GO111MODULE: "on",
      // No C compiler needed.
      CGO_ENABLED: "0",
    };
  }

  /** Runs it and returns standard output; `onLine` sees each line of standard error. */
  run(args: string[], command = "go", onLine: (line: string) => void = () => undefined): Promise<string> {
    return new Promise((resolve, reject) => {
      const child = spawn(command, args, {
        cwd: this.folder,
        env: this.env,
        stdio: ["ignore", "pipe", "pipe"],
        signal: this.signal,
      });
      let output = "";
      let rest = "";
      const lines: string[] = [];
      child.stdout.on("data", (data: Buffer) => (output += data.toString()));
      child.stderr.on("data", (data: Buffer) => {
        const parts = (rest + data.toString()).split("\n");
        rest = parts.pop() ?? "";
        for (const line of parts) {
          onLine(line);
          // With -v, a line that is a package's name is no news of a failure.
          if (/\s/.test(line)) lines.push(line);
          if (lines.length > 200) lines.shift();
        }
      });
      const stop = () => child.kill("SIGTERM");
      process.once("exit", stop);
      const ended = (failure?: GoFailure) => {
        process.off("exit", stop);
        if (failure) reject(failure);
        else resolve(output);
      };
      child.on("error", (error) => ended(new GoFailure([error.message])));
      child.on("close", (code, signal) => {
        if (rest) lines.push(rest);
        if (code === 0) ended();
        else ended(new GoFailure([...lines, `${command} ${args[0]} ended with ${signal ?? `exit code ${code}`}`]));
      });
    });
  }
}
