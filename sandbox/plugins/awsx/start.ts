/** Starts the awsx stand-in as a process of its own: a component plugin and a program cannot share one SDK runtime. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";

export interface RunningPlugin {
  /** For `PULUMI_DEBUG_PROVIDERS=awsx:<port>`. */
  port: number;
  /** Ends the process and waits until it is gone. */
  close: () => Promise<void>;
}

/** Resolves when the plugin takes connections. Rejects with what it wrote to standard error if it ends before that. */
export async function startAwsx(): Promise<RunningPlugin> {
  const child = spawn(process.execPath, ["--require", require.resolve("tsx/cjs"), path.join(__dirname, "serve.ts")], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors = (errors + text).slice(-4000);
  });
  const firstLine = once(createInterface(child.stdout), "line").then(([line]) => String(line));
  const port = await Promise.race([
    firstLine.then(Number),
    exited.then(() => Promise.reject(new Error(`The awsx stand-in ended before it served:\n${errors}`))),
  ]);
  return {
    port,
    close: async () => {
      child.stdin.end();
      await exited;
    },
  };
}
