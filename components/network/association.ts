/**
 * Which IPv4 blocks a VPC may have, and which may be added to which.
 *
 * Source: https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html (sizes, reserved ranges, "IPv4 CIDR block
 * association restrictions").
 */
import { type Block, block, contains, formatBlock, overlaps } from "./cidr";

/** A VPC's blocks and its subnets alike. */
export const LARGEST_PREFIX = 16;
export const SMALLEST_PREFIX = 28;

export const SHARED_SPACE = block("100.64.0.0/10");
export const DOCKER_BRIDGE = block("172.17.0.0/16");

const NEVER: readonly { range: Block; name: string }[] = [
  { range: block("0.0.0.0/8"), name: "this network" },
  { range: block("127.0.0.0/8"), name: "loopback" },
  { range: block("169.254.0.0/16"), name: "link-local, where instance metadata answers" },
  { range: block("224.0.0.0/4"), name: "multicast" },
];

const TEN = block("10.0.0.0/8");
const ONE_SEVEN_TWO = block("172.16.0.0/12");
const ONE_NINE_TWO = block("192.168.0.0/16");
const BENCHMARK = block("198.19.0.0/16");

/** The ranges of RFC 1918. */
export const PRIVATE_RANGES: readonly Block[] = [TEN, ONE_SEVEN_TWO, ONE_NINE_TWO];

/** Within one range AWS keeps these for its own services, once the VPC has a block of the range (or of `with`). */
const RESTRICTED_WITHIN: readonly { with: Block; refused: Block }[] = [
  { with: block("10.0.0.0/15"), refused: block("10.0.0.0/16") },
  { with: ONE_SEVEN_TWO, refused: block("172.31.0.0/16") },
];

/** What is refused in a VPC that has a block of the range. A range that isn't listed is public or 100.64.0.0/10. */
const REFUSED_BY: readonly { has: Block; refused: readonly Block[] }[] = [
  { has: TEN, refused: [ONE_SEVEN_TWO, ONE_NINE_TWO, BENCHMARK] },
  { has: ONE_SEVEN_TWO, refused: [TEN, ONE_NINE_TWO, BENCHMARK] },
  { has: ONE_NINE_TWO, refused: [TEN, ONE_SEVEN_TWO, BENCHMARK] },
  { has: BENCHMARK, refused: PRIVATE_RANGES },
];
const REFUSED_BY_PUBLIC: readonly Block[] = [...PRIVATE_RANGES, BENCHMARK];

/** What must not be proposed as a secondary block, whatever the VPC has. */
export const NEVER_PROPOSED: readonly Block[] = [
  DOCKER_BRIDGE,
  block("10.0.0.0/15"),
  ...RESTRICTED_WITHIN.map((rule) => rule.refused),
];

/** Why no VPC can have this block (VPC-02); undefined when one can. */
export function forbiddenRange(candidate: Block): string | undefined {
  const hit = NEVER.find(({ range }) => overlaps(range, candidate));
  return hit && `lies in ${formatBlock(hit.range)} (${hit.name}), which no VPC can have`;
}

/** Whether EC2 has blocks and subnets of this size. */
export function isVpcSize(prefix: number): boolean {
  return Number.isInteger(prefix) && prefix >= LARGEST_PREFIX && prefix <= SMALLEST_PREFIX;
}

/** The restricted range that a block lies in; undefined for a public block or one of 100.64.0.0/10. */
export function rangeOf(candidate: Block): Block | undefined {
  return REFUSED_BY.map((rule) => rule.has).find((range) => contains(range, candidate));
}

/**
 * Why AWS refuses to add `candidate` to a VPC that has these blocks (VPC-03); undefined when it accepts.
 * Overlaps are another rule's (VPC-04).
 */
export function associationRefusal(associated: readonly Block[], candidate: Block): string | undefined {
  for (const has of associated) {
    const refusedHere = REFUSED_BY.find((rule) => contains(rule.has, has))?.refused ?? REFUSED_BY_PUBLIC;
    const range = refusedHere.find((refused) => contains(refused, candidate));
    if (range) {
      return `can't be added to a VPC that has ${formatBlock(has)}: AWS then refuses every block of ${formatBlock(range)}`;
    }
    const kept = RESTRICTED_WITHIN.find((rule) => contains(rule.with, has) && contains(rule.refused, candidate));
    if (kept) {
      return `can't be added to a VPC that has ${formatBlock(has)}: AWS then keeps ${formatBlock(kept.refused)} for itself`;
    }
  }
  return undefined;
}

/**
 * The secondary blocks in an order in which each is accepted if any order does.
 *
 * Blocks of the primary's own range go before public ones and 100.64.0.0/10: the table, read literally, refuses every RFC 1918
 * block once one of those is there. Of them 10.0.0.0/16 goes first, because it is refused once 10.1.0.0/16 is there, not
 * the other way round. Otherwise the given order stays, so that a block added at the end is associated last.
 */
export function associationOrder<T>(secondaries: readonly T[], blockOf: (item: T) => Block): T[] {
  const first = RESTRICTED_WITHIN.map((rule) => rule.refused);
  const rank = (item: T) => {
    const candidate = blockOf(item);
    if (first.some((range) => contains(range, candidate))) {
      return 0;
    }
    return rangeOf(candidate) ? 1 : 2;
  };
  return [...secondaries].sort((a, b) => rank(a) - rank(b));
}
