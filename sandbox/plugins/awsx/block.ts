/**
 * IPv4 blocks as numbers, as far as the VPC component's layouts need them.
 *
 * The component's error texts name "the last address" of a block, and mean the last usable one: `lastUsable` is that.
 */
export interface Block {
  start: number;
  /** Prefix length, 0 to 32. */
  mask: number;
}

/** How many addresses a prefix length holds. */
export const sizeOf = (mask: number): number => 2 ** (32 - mask);

/** The block of `mask` that holds an address. */
export const blockAt = (address: number, mask: number): Block => ({
  start: Math.floor(address / sizeOf(mask)) * sizeOf(mask),
  mask,
});

/** `10.0.0.0/16`, host bits are cut off. Throws for anything that is no IPv4 block. */
export function parseBlock(text: string): Block {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const [, ...numbers] = (match ?? []).map(Number);
  const mask = numbers.pop() ?? 33;
  if (mask > 32 || numbers.some((octet) => octet > 255)) throw new Error(`Invalid net address: ${text}`);
  return blockAt(
    numbers.reduce((address, octet) => address * 256 + octet, 0),
    mask,
  );
}

export const formatAddress = (address: number): string =>
  [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");

export const formatBlock = ({ start, mask }: Block): string => `${formatAddress(start)}/${mask}`;

/** The last address of a block. */
export const lastOf = ({ start, mask }: Block): number => start + sizeOf(mask) - 1;

/** The last address but the broadcast one; the last one of blocks too small to have one. */
export const lastUsable = (block: Block): number => (block.mask <= 30 ? lastOf(block) - 1 : lastOf(block));

/** The block of `mask` after the one of that size in which `block` ends. */
export const blockAfter = (block: Block, mask: number = block.mask): Block => ({
  start: blockAt(lastOf(block), mask).start + sizeOf(mask),
  mask,
});

export const overlap = (a: Block, b: Block): boolean => a.start <= lastOf(b) && b.start <= lastOf(a);

export const contains = (block: Block, address: number): boolean => block.start <= address && address <= lastOf(block);

/** How many bits tell `count` things apart. */
export const bitsFor = (count: number): number => (count < 2 ? 0 : Math.ceil(Math.log2(count)));
