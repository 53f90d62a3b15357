/** An IPv4 block, as arithmetic wants it. */
export interface Block {
  /** First address, with the host bits off. */
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
  /** As EC2 writes it: no host bits, no leading zeros. */
  readonly canonical: string;
}

/** Reads `a.b.c.d/n`, also with host bits set or leading zeros; undefined when it is no IPv4 block. */
export function readBlock(text: string): Block | undefined {
  const match = /^(\d{1,10})\.(\d{1,10})\.(\d{1,10})\.(\d{1,10})\/(\d{1,3})$/.exec(text);
  if (!match) {
    return undefined;
  }
  const [a, b, c, d, prefix] = match.slice(1).map(Number) as [number, number, number, number, number];
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) {
    return undefined;
  }
  const size = 2 ** (32 - prefix);
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  const first = address - (address % size);
  return { first, last: first + size - 1, prefix, canonical: `${dotted(first)}/${String(prefix)}` };
}

export function contains(outer: Block, inner: Block): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(one: Block, other: Block): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** Whether a block is the whole of IPv4 or IPv6, however it is written (`0.0.0.0/0`, `::/0`, `0::/0`). */
export function isAnywhere(cidr: string): "ipv4" | "ipv6" | undefined {
  if (!/\/0+$/.test(cidr)) {
    return undefined;
  }
  return cidr.includes(":") ? "ipv6" : "ipv4";
}

function dotted(address: number): string {
  return [2 ** 24, 2 ** 16, 2 ** 8, 1].map((unit) => Math.floor(address / unit) % 256).join(".");
}
