/** A component plugin beside the cloud: a child process that prints its port, as every Pulumi plugin does. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The files that a plugin may start with, in the order of preference. */
const ENTRIES = ["serve.ts", "main.ts", "index.ts"];

/**
 * Starts it and answers with its port.
 *
 * @param directory the plugin's folder
 * @throws Error when it ends, or prints something else, before it says a port
 */
export function startPlugin(directory: string): Promise<number> {
  const entry = ENTRIES.map((name) => join(directory, name)).find((file) => existsSync(file));
  if (!entry) return Promise.reject(new Error(`${directory} has none of ${ENTRIES.join(", ")}`));
  const tsx = require.resolve("tsx/cjs");
  const child = spawn(process.execPath, ["--require", tsx, entry], { stdio: ["pipe", "pipe", "inherit"] });
  process.on("exit", () => child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    let printed = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${entry} ended (${code ?? "signal"}) before it listened`)));
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const port = Number(printed.split("\n")[0]);
      if (printed.includes("\n") && Number.isInteger(port) && port > 0) resolve(port);
      else if (printed.includes("\n")) reject(new Error(`${entry} printed ${JSON.stringify(printed)} for its port`));
    });
  });
}
