/** IPv4 arithmetic, as far as EC2 does it. */

/** A block; `start` may have host bits. */
export interface Cidr {
  start: number;
  prefix: number;
}

/** The block, or undefined when the text is none. Leading zeros are none, as in EC2. */
export function parseCidr(value: string): Cidr | undefined {
  const [address = "", prefix = "", ...rest] = value.split("/");
  if (rest.length > 0 || !isIpv4(address) || !/^(0|[1-9]\d?)$/.test(prefix) || Number(prefix) > 32) return undefined;
  return { start: toNumber(address), prefix: Number(prefix) };
}

export function isIpv4(value: string): boolean {
  const parts = value.split(".");
  return parts.length === 4 && parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

export function sizeOf({ prefix }: Cidr): number {
  return 2 ** (32 - prefix);
}

/** The first address of the block. */
export function firstOf(cidr: Cidr): number {
  return Math.floor(cidr.start / sizeOf(cidr)) * sizeOf(cidr);
}

/** Without host bits: `10.0.0.0/16`. */
export function canonicalCidr(cidr: Cidr): string {
  return `${toText(firstOf(cidr))}/${cidr.prefix}`;
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return firstOf(a) < firstOf(b) + sizeOf(b) && firstOf(b) < firstOf(a) + sizeOf(a);
}

/** Whether the first holds all of the second. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.prefix <= inner.prefix && overlaps(outer, inner);
}

export function toNumber(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function toText(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** The block, which must be one: for literals and for what has been checked. */
export function cidrOf(value: string): Cidr {
  const cidr = parseCidr(value);
  if (!cidr) throw new Error(`${value} is no block`);
  return cidr;
}
