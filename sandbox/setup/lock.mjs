// A lock between processes that outlives neither its holder nor a power cut: a file that names the holder.
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
    const holder = read(file);
    if (isAlive(holder)) return { holder };
    abandoned = takeAway(file, holder) || abandoned;
  }
}

/** Removes a dead holder's lock; of several that try at once only one gets it. */
function takeAway(file, dead) {
  const aside = `${file}.${process.pid}.${++serial}`;
  try {
    renameSync(file, aside);
  } catch {
    return undefined;
  }
  const taken = read(aside);
  if (isAlive(taken)) {
    // Between the look and the rename somebody else took over: that lock is alive, give it back.
    try {
      linkSync(aside, file);
    } catch {
      // A third one has the file by now; the living holder notices when it releases.
    }
    unlinkSync(aside);
    return undefined;
  }
  unlinkSync(aside);
  return taken || dead;
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
      const now = read(file);
      if (now && now.pid === process.pid) unlinkSync(file);
    },
  };
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
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
