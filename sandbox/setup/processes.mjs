// Who is alive, and is it still the same process? Plain Node: it runs before any dependency is there.
import { execFileSync } from "child_process";
import { readFileSync } from "fs";

/**
 * When a process was started, in the system's own notation, or `undefined` when no such process runs.
 *
 * A pid alone proves nothing, the system hands it out again; the pair of pid and start time does.
 */
export function startedAt(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (process.platform === "linux") return startedAtOnLinux(pid);
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return undefined;
  }
  if (process.platform === "win32") return "running";
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

function startedAtOnLinux(pid) {
  try {
    // The command name, in brackets, may hold spaces and brackets of its own: read on from the last one.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (fields[0] === "Z" || fields[0] === "X") return undefined;
    return `${bootId()}/${fields[19]}`;
  } catch {
    return undefined;
  }
}

let boot;
function bootId() {
  if (boot === undefined) {
    try {
      boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim().slice(0, 8);
    } catch {
      boot = "boot";
    }
  }
  return boot;
}

/** Whether the process that wrote this record down still runs: `{pid, started}`. */
export function isAlive(record) {
  return Boolean(record) && record.started !== undefined && startedAt(record.pid) === record.started;
}

/** This process as a record that `isAlive` can judge later. */
export function self() {
  return { pid: process.pid, started: startedAt(process.pid) };
}
