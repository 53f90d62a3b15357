export interface Progress {
  update(text: string): void;
  note(text: string): void;
  done(text?: string): void;
  fail(text?: string): void;
}
export function startProgress(label: string, stream?: NodeJS.WriteStream): Progress;
export function elapsed(begun: number): string;
