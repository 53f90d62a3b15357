export interface ProcessRecord {
  pid: number;
  /** From `startedAt`. */
  started?: string;
}
export function startedAt(pid: number): string | undefined;
export function isAlive(record: ProcessRecord | undefined): boolean;
export function self(): ProcessRecord;
