// A lock between processes that outlives neither its holder nor a power cut: a file that names the holder.
import { createHash } from "crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "fs";
import { dirname } from "path";
import { isAlive, self } from "./processes.mjs";

let serial = 0;

/**
 * Takes the lock, or says who has it.
 *
 * Returns `{lock}` with `lock.note(extra)` to write more into the file and `lock.release()`, or `{holder}` with what
 * the living holder wrote. A dead holder's record comes back as `{lock, abandoned}`.
 */
export function tryLock(file, extra = {}) {
  mkdirSync(dirname(file), { recursive: true });
  let abandoned;
  for (;;) {
    const mine = `${file}.${process.pid}.${++serial}`;
    writeFileSync(mine, JSON.stringify({ ...self(), ...extra }));
    try {
      // A link appears whole or not at all and never over another: nobody sees a half-written lock.
      linkSync(mine, file);
      return { lock: held(file, extra), abandoned };
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    } finally {
      unlinkSync(mine);
    }
    const text = readText(file);
    if (text === undefined) continue;
    const holder = parse(text);
    if (isAlive(holder)) return { holder };
    if (takeAway(file, text)) abandoned = holder || abandoned;
  }
}

/**
 * Removes a dead holder's lock. Only who holds the marker of that very record may do it, so nobody ever takes away the lock
 * of a living one that was quicker.
 */
function takeAway(file, text) {
  const marker = `${file}.${createHash("sha256").update(text).digest("hex").slice(0, 12)}`;
  try {
    writeFileSync(marker, JSON.stringify(self()), { flag: "wx" });
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!isAlive(parse(readText(marker))) && readText(marker)) unlinkQuietly(marker);
    return false;
  }
  try {
    if (readText(file) !== text) return false;
    unlinkSync(file);
    return true;
  } finally {
    unlinkQuietly(marker);
  }
}

function held(file, first) {
  let extra = first;
  const write = () => {
    const next = `${file}.${process.pid}.${++serial}`;
    writeFileSync(next, JSON.stringify({ ...self(), ...extra }));
    renameSync(next, file);
  };
  return {
    note(more) {
      extra = { ...extra, ...more };
      write();
    },
    release() {
      const now = parse(readText(file));
      if (now && now.pid === process.pid) unlinkSync(file);
    },
  };
}

function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unlinkQuietly(file) {
  try {
    unlinkSync(file);
  } catch {
    // Somebody else was quicker.
  }
}

/** Does the work once nobody else holds the lock; `waiting(holder)` is called while somebody does. */
export async function withLock(file, waiting, work) {
  for (;;) {
    const { lock, holder } = tryLock(file);
    if (lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    waiting(holder);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
