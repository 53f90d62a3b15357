// The entry of every command: `node sandbox/setup/run.mjs <sandbox|check-config|test> [arguments]`.
// Sets up what is missing on a fresh clone, then runs the command in this same process. Only Node's own modules and
// only old syntax here, so that an old Node gets the line below instead of a syntax error.
import { createRequire } from "module";
import { dirname, join } from "path";
import { fileURLToPath } from "url";

const COMMANDS = {
  sandbox: "sandbox/cli/main.ts",
  "check-config": "stacks/config/check-config.ts",
  test: "tests/run/suite.ts",
};

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Node ${process.versions.node} is too old, 20.19 or newer is needed: https://nodejs.org/en/download\n`,
  );
  process.exit(1);
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const command = process.argv[2];
if (!Object.keys(COMMANDS).includes(command)) {
  process.stderr.write(`usage: node sandbox/setup/run.mjs <${Object.keys(COMMANDS).join("|")}> [arguments]\n`);
  process.exit(2);
}

try {
  const { installDependencies } = await import("./dependencies.mjs");
  await installDependencies(root);
} catch (error) {
  process.stderr.write(`${error.constructor.name === "SetupError" ? error.message : error.stack}\n`);
  process.exit(1);
}

const require = createRequire(join(root, "package.json"));
require("tsx/cjs");
require("./sandbox/setup/lean-sdk.cjs");
process.argv.splice(1, 2, join(root, COMMANDS[command]));
require(join(root, COMMANDS[command]));
