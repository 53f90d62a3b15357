/** The VPC's own blocks: what is wrong with each (VPC-01 to VPC-06, VPC-12), and a block that would do in its place. */
import type { Problem } from "../problem/problem";
import { type Block, blockAt, firstFit, formatBlock, overlaps, parseBlock, subtract } from "./cidr";
import {
  associationOrder,
  associationRefusal,
  DOCKER_BRIDGE,
  forbiddenRange,
  isVpcSize,
  LARGEST_PREFIX,
  NEVER_PROPOSED,
  PRIVATE_RANGES,
  rangeOf,
  SHARED_SPACE,
  SMALLEST_PREFIX,
} from "./association";
import type { NetworkArgs } from "./types";

export type BlockRole = "primary" | "pod" | "additional";

/** A block as the config names it. */
export interface BlockEntry {
  role: BlockRole;
  path: string;
  text: unknown;
}

interface Fault {
  rule: string;
  message: string;
}

export interface JudgedBlock extends BlockEntry {
  /** What the text means, canonical; undefined when it can't be told. */
  block?: Block;
  /** Whether a VPC can have such a block at all, so that it can be planned with. */
  possible: boolean;
  faults: Fault[];
}

export const DEFAULT_QUOTA = 5;
export const HIGHEST_QUOTA = 50;

/** All blocks of the config: the primary one, the pods', the further ones. */
export function blockEntries(args: Pick<NetworkArgs, "cidr" | "podCidr" | "additionalCidrs">): BlockEntry[] {
  return [
    { role: "primary", path: "network.cidr", text: args.cidr },
    ...(args.podCidr === null ? [] : [{ role: "pod" as const, path: "network.podCidr", text: args.podCidr }]),
    ...args.additionalCidrs.map((text, i) => ({
      role: "additional" as const,
      path: `network.additionalCidrs[${i}]`,
      text,
    })),
  ];
}

/** Judges each block by itself and against the others; of two that don't go together the later one in the config is at fault. */
export function judgeBlocks(entries: readonly BlockEntry[]): JudgedBlock[] {
  const judged = entries.map(judgeAlone);
  const possible = judged.filter((entry): entry is JudgedBlock & { block: Block } => entry.possible);
  const apart = possible.filter((later, i) => {
    const earlier = possible.slice(0, i).find((other) => overlaps(other.block, later.block));
    if (earlier) {
      later.faults.push({ rule: "VPC-04", message: `overlaps ${earlier.path} (${formatBlock(earlier.block)})` });
    }
    return !earlier;
  });
  const [primary, ...secondaries] = apart;
  if (primary?.role === "primary") {
    const associated = [primary.block];
    for (const entry of associationOrder(secondaries, ({ block }) => block)) {
      const refusal = associationRefusal(associated, entry.block);
      if (refusal) {
        entry.faults.push({ rule: "VPC-03", message: refusal });
      } else {
        associated.push(entry.block);
      }
    }
  }
  return judged;
}

/** What can be said of a block without the others. */
export function judgeAlone(entry: BlockEntry): JudgedBlock {
  const parsed = parseBlock(entry.text);
  const faults: Fault[] = [];
  if ("fault" in parsed) {
    faults.push({ rule: "VPC-06", message: WHY_UNREADABLE[parsed.fault.why] });
  }
  const block = "fault" in parsed ? parsed.fault.meant : parsed.block;
  if (!block) {
    return { ...entry, possible: false, faults };
  }
  const rightSize = isVpcSize(block.prefix);
  if (!rightSize) {
    const tooWhat = block.prefix < LARGEST_PREFIX ? "large" : "small";
    faults.push({ rule: "VPC-01", message: `is too ${tooWhat}: EC2 has blocks of /16 to /28` });
  }
  const forbidden = forbiddenRange(block);
  if (forbidden) {
    faults.push({ rule: "VPC-02", message: forbidden });
  } else if (rightSize && overlaps(block, DOCKER_BRIDGE)) {
    faults.push({
      rule: "VPC-12",
      message: `lies in ${formatBlock(DOCKER_BRIDGE)}, the network of Docker's bridge: containers can't reach addresses in it`,
    });
  }
  return { ...entry, block, possible: rightSize && !forbidden, faults };
}

const WHY_UNREADABLE = {
  notABlock: "is not an IPv4 block such as 10.20.0.0/16",
  leadingZeros: "has leading zeros, which some readers take for octal and EKS rejects",
  hostBits: "has address bits set behind its prefix; EC2 drops them in silence and every preview then shows a change",
} as const;

/** Whether what the stack needs fits into a block of this size; where the block lies makes no difference. */
export type Fits = (role: BlockRole, prefix: number) => boolean;

/** The faults of an entry as problems, with the block to use in its place. */
export function faultProblems({ path, text, faults }: JudgedBlock, replacement: Block | undefined): Problem[] {
  const fix = replacement
    ? `use ${formatBlock(replacement)}`
    : "use a private block of /16 to /28 that goes with the VPC's other blocks";
  return faults.map(({ rule, message }) => ({ path, value: text, rule, message, fix }));
}

/** A block in place of one with faults: of the size that was meant, or a larger one where the subnets need it. */
export function proposeReplacement(
  entries: readonly BlockEntry[],
  index: number,
  meant: Block | undefined,
  fits: Fits,
): Block | undefined {
  const wanted = Math.min(Math.max(meant?.prefix ?? LARGEST_PREFIX, LARGEST_PREFIX), SMALLEST_PREFIX);
  return proposeBlock(entries, index, wanted, fits) ?? proposeBlock(entries, index, wanted, () => true);
}

/**
 * A block for this entry that AWS accepts beside the others and in which what the stack needs fits.
 *
 * Nearest to what is there first: the same base address, then the ranges that suit the role; at the size that was wanted, then larger.
 */
export function proposeBlock(
  entries: readonly BlockEntry[],
  index: number,
  wantedPrefix: number,
  fits: Fits,
): Block | undefined {
  const judged = judgeBlocks(entries);
  const entry = judged[index];
  if (!entry) {
    return undefined;
  }
  const others = judged.flatMap(({ block, possible }, i) => (block && possible && i !== index ? [block] : []));
  const ranges = rangesFor(entry.role, judged[0]?.block).map((range) =>
    subtract(range, [...others, ...NEVER_PROPOSED]),
  );
  const candidates: Block[] = [];
  for (let prefix = wantedPrefix; prefix >= LARGEST_PREFIX; prefix--) {
    if (fits(entry.role, prefix)) {
      const near = entry.block ? [blockAt(entry.block.base, prefix)] : [];
      candidates.push(...near, ...ranges.flatMap((free) => firstFit(free, prefix)?.taken ?? []));
    }
  }
  const faultsWith = (candidate: Block) =>
    judgeBlocks(entries.map((other, i) => (i === index ? { ...other, text: formatBlock(candidate) } : other))).map(
      ({ faults }) => faults.length,
    );
  const spoilsNone = (candidate: Block) =>
    faultsWith(candidate).every((count, i) => count === 0 || (i !== index && judged[i]?.faults.length !== 0));
  // No primary block goes with all the others when those are of several private ranges: then they will have to follow.
  return candidates.find(spoilsNone) ?? candidates.find((candidate) => faultsWith(candidate)[index] === 0);
}

function rangesFor(role: BlockRole, primary: Block | undefined): Block[] {
  if (role === "primary") {
    return [...PRIVATE_RANGES, SHARED_SPACE];
  }
  const primaryRange = primary && rangeOf(primary);
  return primaryRange ? [SHARED_SPACE, primaryRange] : [SHARED_SPACE];
}

/** VPC-05: more blocks than the account may have, or a quota that AWS doesn't grant. */
export function quotaProblems(args: Pick<NetworkArgs, "cidrQuota">, entries: readonly BlockEntry[]): Problem[] {
  const problems: Problem[] = [];
  const { cidrQuota } = args;
  const isQuota = Number.isInteger(cidrQuota) && cidrQuota >= DEFAULT_QUOTA && cidrQuota <= HIGHEST_QUOTA;
  if (!isQuota) {
    problems.push({
      path: "network.cidrQuota",
      value: cidrQuota,
      rule: "VPC-05",
      message: `is no quota of IPv4 blocks a VPC: AWS gives ${DEFAULT_QUOTA}, and on request up to ${HIGHEST_QUOTA}`,
      fix: `use a whole number from ${DEFAULT_QUOTA} to ${HIGHEST_QUOTA}, the account's own quota`,
    });
  }
  const quota = isQuota ? cidrQuota : cidrQuota > HIGHEST_QUOTA ? HIGHEST_QUOTA : DEFAULT_QUOTA;
  const beyond = entries[quota];
  if (beyond) {
    const raise =
      entries.length <= HIGHEST_QUOTA
        ? `, or have AWS raise the quota and set network.cidrQuota to ${entries.length}`
        : `: ${HIGHEST_QUOTA} is the most that AWS gives`;
    problems.push({
      path: beyond.path,
      value: beyond.text,
      rule: "VPC-05",
      message: `is block ${quota + 1} of ${entries.length}: the VPC may have ${quota}, the primary one included`,
      fix: `take ${entries.length - quota} of the additional blocks out${raise}`,
    });
  }
  return problems;
}
