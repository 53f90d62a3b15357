/** The forms that ids of AWS take, for the `id` field of a type. */
import { randomBytes } from "node:crypto";
import { Call } from "./table";
import { text } from "./value";

/** Random hexadecimal digits. */
export function randomHex(digits: number): string {
  return randomBytes(Math.ceil(digits / 2))
    .toString("hex")
    .slice(0, digits);
}

/** A random UUID-like id, as KMS keys have it. */
export function randomUuid(): string {
  const hex = randomHex(32);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** `subnet-0` and 16 more hexadecimal digits: EC2's long ids. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html */
export function hexId(prefix: string): (call: Call) => string {
  return (call) => `${prefix}-0${call.hex(16)}`;
}

/** The id is an input, like a role's name. */
export function fromInput(property: string): (call: Call) => string {
  return (call) => text(call.inputs[property]) ?? `${property}-missing`;
}

/** The id is made of inputs: `joined("/", "role", "policyArn")`. */
export function joined(separator: string, ...properties: string[]): (call: Call) => string {
  return (call) => properties.map((property) => String(call.inputs[property] ?? "")).join(separator);
}
