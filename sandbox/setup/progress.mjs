// Progress of long work on standard error, so that standard output stays a command's answer.
// On a terminal one line that moves; elsewhere a plain line now and then. Nobody looks at silence for 5 seconds.
import { cursorTo, clearLine } from "readline";

const SILENCE_MS = 4000;
const FRAMES = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

/**
 * Shows that something is going on until `done` or `fail`.
 *
 * `update(text)` changes what the line says, `note(text)` prints a line above it.
 */
export function startProgress(label, stream = process.stderr) {
  const begun = Date.now();
  const live = Boolean(stream.isTTY) && !process.env.CI;
  let text = "";
  let shown = 0;
  let frame = 0;

  const line = () => `${label}${text ? `: ${text}` : ""}`;
  const wipe = () => {
    if (!live) return;
    cursorTo(stream, 0);
    clearLine(stream, 0);
  };
  const draw = () => {
    const said = `${line()} (${elapsed(begun)})`;
    if (live) {
      wipe();
      stream.write(`${FRAMES[frame++ % FRAMES.length]} ${said}`.slice(0, (stream.columns || 80) - 1));
    } else {
      stream.write(`${said}\n`);
    }
    shown = Date.now();
  };

  if (live) draw();
  else {
    stream.write(`${label} ...\n`);
    shown = Date.now();
  }
  const timer = setInterval(() => (live || Date.now() - shown >= SILENCE_MS) && draw(), live ? 100 : 250);

  const end = (said) => {
    clearInterval(timer);
    wipe();
    if (said) stream.write(`${said} (${elapsed(begun)})\n`);
  };
  return {
    update(next) {
      text = next;
    },
    note(said) {
      wipe();
      stream.write(`${said}\n`);
    },
    done(said = `${label}: done`) {
      end(said);
    },
    fail(said = `${label}: failed`) {
      end(said);
    },
  };
}

/** Time since `begun` (milliseconds since the epoch) for people: `8 s`, `2 min 5 s`. */
export function elapsed(begun) {
  const seconds = Math.round((Date.now() - begun) / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
