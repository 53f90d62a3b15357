import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Thrown when there is no engine and none can be had; the message is one that a person can act on. */
export class EngineError extends Error {}

/** The first executable of that name on PATH; undefined when there is none. */
export function executableOnPath(name: string, path = process.env.PATH ?? ""): string | undefined {
  const endings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];
  for (const folder of path.split(delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const candidate = join(folder, name + ending);
      try {
        accessSync(candidate, constants.X_OK);
        if (statSync(candidate).isFile()) return candidate;
      } catch {
        // Not here: the next folder.
      }
    }
  }
  return undefined;
}
