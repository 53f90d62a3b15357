/**
 * IPv4 block arithmetic, on plain numbers.
 *
 * Parsing is our own because it has to be stricter than the npm libraries are: `netmask` reads `010.0.0.0/8` as 8.0.0.0/8 and
 * `10.1/16` as 10.0.0.0/16, and drops host bits in silence, which are just the mistakes to report (VPC-06).
 */

/** An IPv4 block: `base` is the first address as an unsigned 32-bit number, `prefix` the mask's length, 0 to 32. */
export interface Block {
  readonly base: number;
  readonly prefix: number;
}

/** How a text fails to be a block; `meant` is the block that the author probably had in mind. */
export interface Unreadable {
  readonly why: "notABlock" | "leadingZeros" | "hostBits";
  readonly meant?: Block;
}

const BLOCK = /^(\d{1,10})\.(\d{1,10})\.(\d{1,10})\.(\d{1,10})(?:\/(\d{1,10}))?$/;

/** Reads `a.b.c.d/n` in canonical form only: four decimal octets, no leading zeros, no host bits. Never throws. */
export function parseBlock(text: unknown): { block: Block } | { fault: Unreadable } {
  if (typeof text !== "string") {
    return { fault: { why: "notABlock" } };
  }
  const match = BLOCK.exec(text.trim());
  if (!match) {
    return { fault: { why: "notABlock" } };
  }
  const octets = match.slice(1, 5);
  const numbers = octets.map(Number);
  if (numbers.some((octet) => octet > 255) || Number(match[5] ?? 0) > 32) {
    return { fault: { why: "notABlock" } };
  }
  const address = numbers.reduce((sum, octet) => sum * 256 + octet, 0);
  const block = blockAt(address, match[5] === undefined ? 16 : Number(match[5]));
  if (match[5] === undefined || text !== text.trim()) {
    return { fault: { why: "notABlock", meant: block } };
  }
  if ([...octets, match[5]].some((digits) => digits.length > 1 && digits.startsWith("0"))) {
    return { fault: { why: "leadingZeros", meant: block } };
  }
  return block.base === address ? { block } : { fault: { why: "hostBits", meant: block } };
}

/** The same for blocks that the code itself names. @throws when the text is not a canonical block. */
export function block(text: string): Block {
  const parsed = parseBlock(text);
  if ("fault" in parsed) {
    throw new Error(`${text} is not a canonical IPv4 block`);
  }
  return parsed.block;
}

/** The block of this size that holds the address. */
export function blockAt(address: number, prefix: number): Block {
  return { base: Math.floor(address / 2 ** (32 - prefix)) * 2 ** (32 - prefix), prefix };
}

/** `10.20.0.0/16`. */
export function formatBlock({ base, prefix }: Block): string {
  return `${formatAddress(base)}/${prefix}`;
}

/** `10.20.0.4` of an address as a number. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** How many addresses, those that AWS keeps for itself included. */
export function size({ prefix }: Block): number {
  return 2 ** (32 - prefix);
}

/** AWS keeps the first four addresses and the last one of every subnet: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
export const AWS_RESERVED = 5;

/** The addresses of a subnet that can be given out. */
export function usableAddresses(subnet: Block): number {
  return Math.max(0, size(subnet) - AWS_RESERVED);
}

/** Whether `inner` lies wholly in `outer`; a block contains itself. */
export function contains(outer: Block, inner: Block): boolean {
  return outer.prefix <= inner.prefix && blockAt(inner.base, outer.prefix).base === outer.base;
}

/** Aligned blocks either nest or are apart. */
export function overlaps(a: Block, b: Block): boolean {
  return contains(a, b) || contains(b, a);
}

/** What is left of `whole` without `used`: the largest aligned blocks, lowest first. */
export function subtract(whole: Block, used: readonly Block[]): Block[] {
  return used.reduce<Block[]>((free, taken) => free.flatMap((piece) => without(piece, taken)), [whole]);
}

/** Takes the lowest aligned block of this size out of a list of free blocks (as `subtract` gives it), if there is room. */
export function firstFit(free: readonly Block[], prefix: number): { taken: Block; left: Block[] } | undefined {
  const index = free.findIndex((piece) => piece.prefix <= prefix);
  const piece = free[index];
  if (!piece) {
    return undefined;
  }
  const taken = { base: piece.base, prefix };
  const upperHalves: Block[] = [];
  for (let half = prefix; half > piece.prefix; half--) {
    upperHalves.push({ base: piece.base + 2 ** (32 - half), prefix: half });
  }
  return { taken, left: [...free.slice(0, index), ...upperHalves, ...free.slice(index + 1)] };
}

function without(piece: Block, taken: Block): Block[] {
  if (contains(taken, piece)) {
    return [];
  }
  if (!contains(piece, taken)) {
    return [piece];
  }
  const half = piece.prefix + 1;
  const low = { base: piece.base, prefix: half };
  const high = { base: piece.base + size(low), prefix: half };
  return [...without(low, taken), ...without(high, taken)];
}
