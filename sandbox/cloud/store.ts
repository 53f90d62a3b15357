/**
 * What exists in the simulated cloud, on disk: the cloud's own record, apart from Pulumi's state, so that drift, orphans and doubles
 * can be seen.
 *
 * A folder with `journal.jsonl`: one line a step, each line whole or not there. A step (an object together with everything that it
 * brings about) is on disk before anybody hears of it, so a killed process loses nothing that was answered; a torn last line is
 * a step that nobody heard of, and is dropped when the folder is opened again. Opening rewrites a long journal as one step.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { CloudRecord } from "./table";

export type { CloudRecord } from "./table";

/** One change of a step. */
export type Change = { put: CloudRecord } | { remove: { type: string; id: string; region: string } };

/** How many lines a journal may have before it is rewritten at the next opening. */
const COMPACT_ABOVE = 2000;

const JOURNAL = "journal.jsonl";

function keyOf({ type, id, region }: { type: string; id: string; region: string }): string {
  return `${type} ${region} ${id}`;
}

export class Store {
  private readonly byType = new Map<string, Map<string, CloudRecord>>();
  private readonly journal: string;
  private descriptor: number | undefined;

  /** @param directory made when it is not there and the store may write */
  constructor(
    readonly directory: string,
    private readonly options: { readOnly: boolean; compactAbove?: number },
  ) {
    this.journal = join(directory, JOURNAL);
    if (!options.readOnly) mkdirSync(directory, { recursive: true });
    const lines = this.replay();
    if (!options.readOnly && (lines.torn || lines.count > (options.compactAbove ?? COMPACT_ABOVE))) this.compact();
  }

  /** Every object, those that AWS made by itself included; oldest first. */
  list(): CloudRecord[] {
    return [...this.byType.values()].flatMap((records) => [...records.values()]);
  }

  /** The objects of one type. */
  ofType(type: string): CloudRecord[] {
    return [...(this.byType.get(type)?.values() ?? [])];
  }

  get(type: string, id: string, region: string): CloudRecord | undefined {
    return this.byType.get(type)?.get(keyOf({ type, id, region }));
  }

  /** Whether anything at all is of this type. */
  types(): string[] {
    return [...this.byType.keys()];
  }

  /** Puts a step on disk, then into effect. */
  commit(changes: Change[]): void {
    if (this.options.readOnly) throw new Error(`${this.directory} was opened for reading only`);
    if (changes.length === 0) return;
    this.descriptor ??= openSync(this.journal, "a");
    writeFileSync(this.descriptor, `${JSON.stringify(changes)}\n`);
    fsyncSync(this.descriptor);
    this.apply(changes);
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  private apply(changes: Change[]): void {
    for (const change of changes) {
      const { type } = "put" in change ? change.put : change.remove;
      const records = this.byType.get(type) ?? new Map<string, CloudRecord>();
      this.byType.set(type, records);
      if ("put" in change) records.set(keyOf(change.put), change.put);
      else records.delete(keyOf(change.remove));
      if (records.size === 0) this.byType.delete(type);
    }
  }

  private replay(): { count: number; torn: boolean } {
    if (!existsSync(this.journal)) return { count: 0, torn: false };
    const lines = readFileSync(this.journal, "utf8").split("\n");
    const torn = lines.pop() !== "";
    lines.forEach((line) => this.apply(JSON.parse(line) as Change[]));
    return { count: lines.length, torn };
  }

  private compact(): void {
    const next = `${this.journal}.next`;
    const descriptor = openSync(next, "w");
    writeFileSync(descriptor, this.list().length > 0 ? `${JSON.stringify(this.list().map((put) => ({ put })))}\n` : "");
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(next, this.journal);
  }
}

/** Opens a cloud's folder to look at it: tests, recovery, drift. Sees what is on disk now; open again to see more. */
export function openStore(directory: string): Store {
  return new Store(directory, { readOnly: true });
}

/**
 * Opens a cloud's folder for the one process that serves it.
 *
 * @param options how many steps the journal may have before it is rewritten; default 2,000
 */
export function openStoreForWriting(directory: string, options: { compactAbove?: number } = {}): Store {
  return new Store(directory, { readOnly: false, ...options });
}
