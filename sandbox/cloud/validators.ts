/**
 * What the provider's Check says of a bad value, in the words of the Terraform AWS provider (asked of version 5.100.0 with
 * `terraform validate`).
 */
import { canonicalCidr, isIpv4, parseCidr } from "./ipv4";
import { snake } from "./check";
import { CheckFailure, Properties, Validator } from "./table";

/** `expected traffic_type to be one of ["ACCEPT" "REJECT" "ALL"], got x` */
export function oneOf(...allowed: (string | number)[]): Validator {
  const shown = allowed.map((value) => (typeof value === "string" ? JSON.stringify(value) : String(value))).join(" ");
  return (value, path) =>
    allowed.includes(value as string)
      ? undefined
      : `expected ${last(path)} to be one of [${shown}], got ${String(value)}`;
}

/** A whole number between the two. */
export function between(least: number, most: number): Validator {
  return (value, path) =>
    typeof value === "number" && value >= least && value <= most
      ? undefined
      : `expected ${last(path)} to be in the range (${least} - ${most}), got ${String(value)}`;
}

/** The text has a length between the two. */
export function length(least: number, most: number): Validator {
  return (value, path) =>
    String(value).length >= least && String(value).length <= most
      ? undefined
      : `expected length of ${last(path)} to be in the range (${least} - ${most}), got ${String(value)}`;
}

/** A network without host bits whose mask has a length between the two. */
export function cidrNetwork(least: number, most: number): Validator {
  return (value, path) => {
    const name = last(path);
    const cidr = parseCidr(String(value));
    if (!cidr)
      return `expected ${name} to contain a valid Value, got: ${String(value)} with err: invalid CIDR address: ${String(value)}`;
    const canonical = canonicalCidr(cidr);
    if (canonical !== value)
      return `expected ${name} to contain a valid network Value, expected ${canonical}, got ${String(value)}`;
    if (cidr.prefix >= least && cidr.prefix <= most) return undefined;
    return `expected "${name}" to contain a network Value with between ${least} and ${most} significant bits, got: ${cidr.prefix}`;
  };
}

/** A network without host bits, of any size. */
export const ipv4Network: Validator = (value) => {
  const cidr = parseCidr(String(value));
  if (!cidr) return `"${String(value)}" is not a valid CIDR block: invalid CIDR address: ${String(value)}`;
  const canonical = canonicalCidr(cidr);
  return canonical === value
    ? undefined
    : `"${String(value)}" is not a valid IPv4 CIDR block; did you mean "${canonical}"?`;
};

/** The same in the words of the provider's newer half. */
export const ipv4NetworkAttribute: Validator = (value, path) => {
  const cidr = parseCidr(String(value));
  if (cidr && canonicalCidr(cidr) === value) return undefined;
  return (
    `Invalid Attribute Value. Attribute ${last(path)} value must be a valid IPv4 CIDR that represents a network address, ` +
    `got: ${String(value)}`
  );
};

/** An address such as 10.0.0.4. */
export const ipv4Address: Validator = (value, path) =>
  isIpv4(String(value)) ? undefined : `expected ${last(path)} to contain a valid IPv4 address, got: ${String(value)}`;

/** Any ARN. */
export const anArn: Validator = (value, path) =>
  /^arn:[\w-]+:[^:]*:[^:]*:[^:]*:.+/.test(String(value))
    ? undefined
    : `"${last(path)}" (${String(value)}) is an invalid ARN: arn: invalid prefix`;

/** JSON, as policies are. */
export const json: Validator = (value, path) => {
  try {
    JSON.parse(String(value));
    return undefined;
  } catch (error) {
    return `"${last(path)}" contains an invalid JSON: ${(error as Error).message}`;
  }
};

/** Exactly one of the properties must be there. */
export function exactlyOneOf(inputs: Properties, ...properties: string[]): CheckFailure[] {
  const given = properties.filter((property) => inputs[property] !== undefined);
  if (given.length === 1) return [];
  const all = [...properties].map(snake).sort().join(",");
  const property = given[0] ?? properties[0] ?? "";
  const reason = given.length
    ? `"${snake(property)}": only one of \`${all}\` can be specified, but \`${given.map(snake).sort().join(",")}\` were specified`
    : `"${snake(property)}": one of \`${all}\` must be specified`;
  return [{ property, reason: `Invalid combination of arguments. ${reason}` }];
}

/** At least one of the properties must be there. */
export function atLeastOneOf(inputs: Properties, ...properties: string[]): CheckFailure[] {
  if (properties.some((property) => inputs[property] !== undefined)) return [];
  const property = properties[0] ?? "";
  const all = [...properties].map(snake).sort().join(",");
  return [{ property, reason: `Missing required argument. "${snake(property)}": one of \`${all}\` must be specified` }];
}

/** The first may not stand beside any of the others. */
export function conflicts(inputs: Properties, property: string, ...others: string[]): CheckFailure[] {
  if (inputs[property] === undefined) return [];
  return others
    .filter((other) => inputs[other] !== undefined)
    .map((other) => ({
      property,
      reason: `Conflicting configuration arguments. "${snake(property)}": conflicts with ${snake(other)}`,
    }));
}

function last(path: string): string {
  return snake(path.replace(/\[\]/g, "").split(".").at(-1) ?? path);
}
