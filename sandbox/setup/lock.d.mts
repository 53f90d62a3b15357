import type { ProcessRecord } from "./processes.mjs";

export interface Lock {
  note(more: object): void;
  release(): void;
}
export function tryLock<T extends object = object>(
  file: string,
  extra?: T,
): { lock: Lock; holder?: undefined; abandoned?: ProcessRecord & T } | { lock?: undefined; holder: ProcessRecord & T };
export function withLock<R>(
  file: string,
  waiting: (holder: ProcessRecord) => void,
  work: () => Promise<R> | R,
): Promise<R>;
