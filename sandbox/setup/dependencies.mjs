// Installs what package-lock.json says, when it is not there already. Plain Node: nothing is installed yet.
import { spawn } from "child_process";
import { createHash } from "crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "fs";
import { basename, join } from "path";
import { withLock } from "./lock.mjs";
import { startProgress } from "./progress.mjs";

const STAMP = ".container-platform";

/** A set-up step that failed, told in words for the person at the terminal: its message is all they need. */
export class SetupError extends Error {}

/** Makes `node_modules` match the lock file; returns at once when it does. */
export async function installDependencies(root) {
  const wanted = fingerprint(root);
  if (readStamp(root) === wanted) return;

  let waiting;
  await withLock(
    join(root, ".sandbox", "install.lock"),
    (holder) => (waiting = waiting || startProgress(`Waiting for another run (pid ${holder.pid}) to install`)),
    async () => {
      if (waiting) waiting.done("The other run is through");
      if (readStamp(root) === wanted) return;
      if (!matchesLock(root)) await install(root);
      mkdirSync(join(root, "node_modules"), { recursive: true });
      writeFileSync(join(root, "node_modules", STAMP), wanted);
    },
  );
}

/** The lock file's content and what else decides which files npm puts there. */
function fingerprint(root) {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
}

function readStamp(root) {
  try {
    // npm removes node_modules before it installs, and the stamp with it: a broken install never looks whole.
    return readFileSync(join(root, "node_modules", STAMP), "utf8");
  } catch {
    return undefined;
  }
}

function lockedPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages || {};
}

/** Whether an install that somebody made by hand already holds exactly the locked versions. */
export function matchesLock(root) {
  let installed;
  try {
    installed = lockedPackages(join(root, "node_modules", ".package-lock.json"));
  } catch {
    return false;
  }
  const wanted = lockedPackages(join(root, "package-lock.json"));
  const present = (path) => existsSync(join(root, path, "package.json"));
  for (const [path, entry] of Object.entries(wanted)) {
    if (!path.startsWith("node_modules/") || entry.link) continue;
    const found = installed[path];
    // Packages for other systems are listed and not installed.
    if (!found) {
      if (entry.optional || entry.devOptional || entry.peer) continue;
      return false;
    }
    if (found.version !== entry.version || found.integrity !== entry.integrity || !present(path)) return false;
  }
  return Object.keys(installed).every((path) => !path.startsWith("node_modules/") || wanted[path]);
}

async function install(root) {
  const paths = Object.entries(lockedPackages(join(root, "package-lock.json")))
    .filter(([path, entry]) => path.startsWith("node_modules/") && !entry.link && !entry.optional)
    .map(([path]) => join(root, path, "package.json"));
  const progress = startProgress("Installing npm packages");
  const count = setInterval(() => {
    const there = paths.filter((path) => existsSync(path)).length;
    progress.update(there ? `${there} of ${paths.length}` : "fetching");
  }, 1000);

  const { status, output, missing } = await npm(root, [
    "ci",
    "--ignore-scripts",
    // NODE_ENV=production or an `omit` in somebody's .npmrc would leave out what the tests need.
    "--include=dev",
    "--include=optional",
    "--no-audit",
    "--no-fund",
    "--loglevel=notice",
  ]);
  clearInterval(count);
  if (status === 0) {
    progress.done(`Installed ${paths.length} npm packages`);
    return;
  }
  progress.fail("Could not install the npm packages");
  if (missing) throw new SetupError("npm is not on PATH. It comes with Node: https://nodejs.org/en/download");
  throw new SetupError(
    `${whatNpmSays(output)}\n\n` +
      "`npm ci` failed, what it says is above. Behind a proxy, tell npm: `npm config set proxy`, `https-proxy` or " +
      "`registry` (https://docs.npmjs.com/cli/using-npm/config). Then run the same command again.",
  );
}

/** npm's own words begin at its first error; after them it prints how to use it. */
function whatNpmSays(output) {
  const lines = output.trim().split("\n");
  const first = lines.findIndex((line) => line.startsWith("npm error"));
  return (first < 0 ? lines.slice(-15) : lines.slice(first, first + 15)).join("\n");
}

function npm(root, args) {
  // Under `npm run` this is the very npm that started us; otherwise the one on PATH.
  const own = process.env.npm_execpath;
  const viaNode = own && /^npm(-cli)?\.(c?js)$/.test(basename(own)) && existsSync(own);
  return new Promise((resolve) => {
    const child = viaNode
      ? spawn(process.execPath, [own, ...args], { cwd: root, stdio: ["ignore", "pipe", "pipe"] })
      : spawn("npm", args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    let output = "";
    const keep = (data) => (output = (output + data).slice(-20000));
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => resolve({ status: 1, output: String(error), missing: error.code === "ENOENT" }));
    child.on("close", (code, signal) => resolve({ status: signal ? 1 : code, output }));
    const pass = (signal) => {
      child.kill(signal);
      process.exitCode = 130;
    };
    process.once("SIGINT", pass);
    process.once("SIGTERM", pass);
    child.on("close", () => {
      process.off("SIGINT", pass);
      process.off("SIGTERM", pass);
    });
  });
}
