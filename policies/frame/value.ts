import { type Answer, type Verdict, unknown } from "./verdict";

/**
 * What the engine sends in place of a value that a preview can't know, one for each kind of value.
 * Source: UnknownStringValue and its like in https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go
 */
const sentinels = new Set<unknown>([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7", // boolean
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421", // number
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9", // string
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2", // array
  "030794c1-ac77-496b-92df-f27374a8bd58", // asset
  "e48ece36-62e2-4504-bad9-02848725956a", // archive
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff", // object
]);

/** An unknown as the engine sends it, for cases and tests. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Thrown by {@link Value} when a rule asks for something that is not known yet; {@link attempt} turns it into a verdict. */
export class NotKnownYet extends Error {
  constructor(readonly path: string) {
    super(`${path} is known only after the apply`);
  }
}

/** The verdict of `judge`, or `unknown` where it needed a value that is not known yet. */
export function attempt(judge: () => Answer): Answer {
  try {
    return judge();
  } catch (error) {
    if (error instanceof NotKnownYet) {
      return unknown(error.path);
    }
    throw error;
  }
}

/** Judges each part by itself, so that an unknown in one hides nothing in another. */
export function each<T>(parts: Iterable<T>, judge: (part: T) => Answer): Verdict[] {
  const verdicts: Verdict[] = [];
  for (const part of parts) {
    const answer = attempt(() => judge(part));
    if (Array.isArray(answer)) {
      verdicts.push(...(answer as readonly Verdict[]));
    } else {
      verdicts.push(answer as Verdict);
    }
  }
  return verdicts;
}

/** Deeper than any resource goes; stops a walk over hostile input. */
const maximumDepth = 64;

/**
 * A property, read without trust: a wrong type reads as missing, nothing here throws but {@link NotKnownYet}.
 * A value inside an unknown object is unknown itself (https://github.com/pulumi/pulumi/issues/7854).
 */
export class Value {
  constructor(
    readonly raw: unknown,
    /** From the resource's properties on: `tags.Environment`, `ingress[0].fromPort`. */
    readonly path: string = "",
  ) {}

  get isUnknown(): boolean {
    return sentinels.has(this.raw);
  }

  /** Whether the property is not set; can't be said of an unknown. */
  get isMissing(): boolean {
    return this.known() === undefined || this.raw === null;
  }

  at(key: string | number): Value {
    const path = joined(this.path, key);
    if (this.isUnknown) {
      return new Value(this.raw, path);
    }
    const holder = this.raw;
    if (typeof holder !== "object" || holder === null || !Object.hasOwn(holder, key)) {
      return new Value(undefined, path);
    }
    return new Value((holder as Record<string | number, unknown>)[key], path);
  }

  string(): string | undefined {
    const raw = this.known();
    return typeof raw === "string" ? raw : undefined;
  }

  /** A number, also where the provider sends it as a string (`"443"`). */
  number(): number | undefined {
    const raw = this.known();
    if (typeof raw === "number") {
      return Number.isNaN(raw) ? undefined : raw;
    }
    return typeof raw === "string" && /^-?\d+(\.\d+)?$/.test(raw) ? Number(raw) : undefined;
  }

  /** A boolean, also where the provider sends it as a string (`"true"`). */
  boolean(): boolean | undefined {
    const raw = this.known();
    if (raw === "true" || raw === "false") {
      return raw === "true";
    }
    return typeof raw === "boolean" ? raw : undefined;
  }

  /** The elements of a list; none where it is missing or no list. Elements may be unknown. */
  list(): Value[] {
    const raw = this.known();
    return Array.isArray(raw) ? raw.map((element, index) => new Value(element, joined(this.path, index))) : [];
  }

  /** The elements of a list, or the one element that stands in place of it, as IAM documents allow. */
  oneOrMany(): Value[] {
    const raw = this.known();
    return raw === undefined || raw === null ? [] : Array.isArray(raw) ? this.list() : [this];
  }

  /** The known strings of a list; throws for an unknown element. */
  strings(): string[] {
    return this.list()
      .map((element) => element.string())
      .filter((text) => text !== undefined);
  }

  entries(): [string, Value][] {
    const raw = this.known();
    if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
      return [];
    }
    return Object.keys(raw).map((key) => [key, this.at(key)]);
  }

  /** What a JSON document in a string holds; an object stays as it is; missing where it is no JSON. */
  json(): Value {
    const raw = this.known();
    if (typeof raw !== "string") {
      return this;
    }
    try {
      return new Value(JSON.parse(raw), this.path);
    } catch {
      return new Value(undefined, this.path);
    }
  }

  /** Every string in it, however deep, also inside JSON in a string; unknown ones as they are. */
  *everyString(depth = 0): Generator<Value> {
    if (this.isUnknown) {
      yield this;
    } else if (typeof this.raw === "string") {
      const nested = depth < maximumDepth && /^\s*[[{]/.test(this.raw) ? this.json() : undefined;
      if (nested && typeof nested.raw === "object" && nested.raw !== null) {
        yield* nested.everyString(depth + 1);
      } else {
        yield this;
      }
    } else if (depth < maximumDepth && typeof this.raw === "object" && this.raw !== null) {
      const keys = Array.isArray(this.raw) ? this.raw.keys() : Object.keys(this.raw);
      for (const key of keys) {
        yield* this.at(key).everyString(depth + 1);
      }
    }
  }

  private known(): unknown {
    if (this.isUnknown) {
      throw new NotKnownYet(this.path);
    }
    return this.raw;
  }
}

function joined(path: string, key: string | number): string {
  if (typeof key === "number") {
    return `${path}[${key}]`;
  }
  if (!/^[\w$-]+$/.test(key)) {
    return `${path}[${JSON.stringify(key)}]`;
  }
  return path === "" ? key : `${path}.${key}`;
}
