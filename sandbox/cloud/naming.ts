/**
 * Auto-naming as the real provider does it in Check.
 *
 * The rules are those of the Terraform bridge that pulumi-aws is built on: a name that is not given becomes the logical name, a dash
 * and seven hexadecimal digits; a name that was made so stays for the life of the resource; the engine's own auto-naming
 * settings come first. https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming
 */
import { createHash, randomBytes } from "node:crypto";
import { AutoName } from "./table";
import { text } from "./value";

const RANDOM_DIGITS = 7;

/** What the engine says about names for this resource: `pulumi:autonaming` in the config. */
export interface EngineNaming {
  proposedName: string;
  mode: "propose" | "enforce" | "disable";
}

export interface NamingRequest {
  logicalName: string;
  rule: AutoName;
  /** The name before, if the provider had made it. */
  previous: unknown;
  /** The engine's seed: the same resource gets the same name in preview and update. */
  randomSeed: Uint8Array;
  engine?: EngineNaming;
}

/** The name to use, or undefined when the engine turned naming off; throws when it would be too long. */
export function autoName({ logicalName, rule, previous, randomSeed, engine }: NamingRequest): string | undefined {
  const kept = text(previous);
  if (kept) return kept;
  const transform = rule.transform ?? ((name: string) => name);
  if (engine?.mode === "disable") return undefined;
  if (engine?.mode === "enforce") return engine.proposedName;
  if (engine?.mode === "propose") return prefixed(rule, transform(engine.proposedName));

  const front = transform(logicalName) + (rule.separator ?? "-");
  if (front.length + RANDOM_DIGITS > rule.maxLength) {
    throw new Error(
      `name '${front}' plus ${RANDOM_DIGITS} random chars is longer than maximum length ${rule.maxLength}`,
    );
  }
  return prefixed(rule, front + digits(randomSeed));
}

function prefixed(rule: AutoName, name: string): string {
  return rule.prefix && !name.startsWith(rule.prefix) ? rule.prefix + name : name;
}

function digits(seed: Uint8Array): string {
  const bytes = seed.length > 0 ? createHash("sha256").update(seed).digest() : randomBytes(4);
  return bytes.toString("hex").slice(0, RANDOM_DIGITS);
}
