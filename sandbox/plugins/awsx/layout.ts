/**
 * Which subnets `awsx.ec2.Vpc` makes, and where, for each of its four strategies. The results and the words of the errors are those
 * of the real plugin (https://www.pulumi.com/registry/packages/awsx/api-docs/ec2/vpc/), measured: tests/engine/awsx-standin.json.
 */
import type { SubnetSpec, SubnetStrategy, VpcArguments } from "./arguments";
import {
  bitsFor,
  blockAfter,
  blockAt,
  contains,
  formatAddress,
  formatBlock,
  lastUsable,
  overlap,
  parseBlock,
  sizeOf,
  type Block,
} from "./block";
import { subnetNames, type NameTagStrategy } from "./naming";
import { normalizeSpecs, mergeWithDefaults } from "./specs";

/** A subnet as it will be made; `Unused` ones only take their addresses. */
export interface PlacedSubnet extends Pick<SubnetSpec, "type" | "tags" | "assignIpv6AddressOnCreation"> {
  zone: string;
  cidrBlock: string;
  resourceName: string;
  nameTag: string;
}

/** An entry of the output `subnetLayout`. */
export type LayoutEntry = Pick<SubnetSpec, "type" | "name" | "cidrBlocks" | "cidrMask" | "size">;

export interface Layout {
  subnets: PlacedSubnet[];
  entries: LayoutEntry[];
  /** The strategy was left to its default although the specs ask for a layout: the plugin warns. */
  warns: boolean;
}

/** Places the subnets of a VPC. Throws with the plugin's own words when the specs do not fit. */
export function layOut(vpc: string, vpcCidr: string, zones: string[], args: VpcArguments): Layout {
  const strategy: SubnetStrategy = args.subnetStrategy ?? "Legacy";
  const block = parseBlock(vpcCidr);
  const specs = normalizeSpecs(args.subnetSpecs, strategy, zones.length);
  const explicit = specs?.some((spec) => spec.cidrBlocks !== undefined) ?? false;

  const namer = (spec: SubnetSpec, zoneIndex: number): Omit<PlacedSubnet, "cidrBlock"> => ({
    type: spec.type,
    zone: zones[zoneIndex] ?? "",
    ...subnetNames(vpc, spec, zones[zoneIndex] ?? "", zoneIndex + 1, nameTags(args)),
    assignIpv6AddressOnCreation: spec.assignIpv6AddressOnCreation,
    tags: spec.tags,
  });

  let subnets: PlacedSubnet[];
  // "Exact" without specs has nothing to be exact about: the plugin falls back to the default layout.
  if (strategy === "Legacy" || (strategy === "Exact" && specs === undefined)) {
    subnets = legacy(block, zones.length, specs, namer);
  } else if (specs && explicit) {
    subnets = zones.flatMap((_, i) =>
      specs.map((spec) => ({ ...namer(spec, i), cidrBlock: spec.cidrBlocks?.[i] ?? "" })),
    );
  } else {
    subnets = auto(block, zones.length, specs, strategy, args.availabilityZoneCidrMask, namer);
  }
  return {
    subnets,
    entries:
      strategy === "Legacy" || strategy === "AutoMerge" || specs === undefined
        ? describe(subnets, zones.length)
        : specs.map(({ name, cidrBlocks, cidrMask, size, type }) => ({ name, cidrBlocks, cidrMask, size, type })),
    warns: args.subnetStrategy === undefined && specs !== undefined && !explicit,
  };
}

const nameTags = (args: VpcArguments): NameTagStrategy => args.subnetNameTagStrategy ?? "Legacy";

type Namer = (spec: SubnetSpec, zoneIndex: number) => Omit<PlacedSubnet, "cidrBlock">;

/** Equal parts for the zones; within a zone one spec after the other, each on a boundary of its size. */
function auto(
  vpc: Block,
  zoneCount: number,
  given: SubnetSpec[] | undefined,
  strategy: SubnetStrategy,
  givenZoneMask: number | undefined,
  namer: Namer,
): PlacedSubnet[] {
  const zoneMask = givenZoneMask ?? vpc.mask + bitsFor(zoneCount);
  let specs = given;
  if (strategy === "AutoMerge") specs = mergeWithDefaults(given ?? [], defaultSpecs(zoneMask));
  specs ??= defaultSpecs(zoneMask);
  if (specs.length === 0) throw new Error("No subnets specified");

  const otherwise = zoneMask + bitsFor(specs.length);
  const need = specs.reduce((sum, spec) => sum + sizeOf(spec.cidrMask ?? otherwise), 0);
  if (need > sizeOf(zoneMask)) {
    throw new Error(
      `Subnets are too large for VPC. VPC has ${sizeOf(zoneMask)} addresses, but subnets require ${need} addresses.`,
    );
  }
  const placed: PlacedSubnet[] = [];
  for (let i = 0; i < zoneCount; i++) {
    let previous: Block | undefined;
    for (const spec of specs) {
      const mask = spec.cidrMask ?? otherwise;
      const block: Block = previous
        ? blockAfter(previous, mask)
        : blockAt(blockAt(vpc.start, zoneMask).start + i * sizeOf(zoneMask), mask);
      placed.push({ ...namer(spec, i), cidrBlock: formatBlock(block) });
      previous = block;
    }
  }
  return placed;
}

/** Half of a zone for the private subnet, a quarter for the public one, from at most a /16. */
function defaultSpecs(zoneMask: number): SubnetSpec[] {
  if (zoneMask > 26) {
    throw new Error(
      `Automatic subnet creation requires a VPC with at least /26 available per AZ, but only /${zoneMask} is available.` +
        "If you do need very small subnets, please specify them explicitly.",
    );
  }
  const mask = Math.max(zoneMask, 16);
  return [
    { type: "Private", cidrMask: mask + 1 },
    { type: "Public", cidrMask: mask + 2 },
  ];
}

/** The oldest strategy: private, public, isolated, whatever the order of the specs; explicit blocks are not looked at. */
function legacy(vpc: Block, zoneCount: number, specs: SubnetSpec[] | undefined, namer: Namer): PlacedSubnet[] {
  const zoneMask = vpc.mask + bitsFor(zoneCount);
  const zoneBlocks = Array.from({ length: zoneCount }, (_, i) => checkedBlock(vpc, zoneMask, i));
  if (specs === undefined) {
    const privates = zoneBlocks.map((zone) => checkedBlock(zone, zoneMask + 1, 0));
    const publics = privates.map((block) => checkedBlock(blockAfter(block), block.mask + 1, 0));
    return [
      ...privates.map((block, i) => ({ ...namer({ type: "Private" }, i), cidrBlock: formatBlock(block) })),
      ...publics.map((block, i) => ({ ...namer({ type: "Public" }, i), cidrBlock: formatBlock(block) })),
    ];
  }
  // One subnet alone may have its whole zone, several start from half of it.
  const halved = zoneMask + (specs.length === 1 ? 0 : 1);
  return zoneBlocks.flatMap((zone, i) => {
    const placed: PlacedSubnet[] = [];
    let current: Block | undefined;
    for (const [type, smallest] of legacyOrder) {
      const from: Block = current ? blockAfter(current) : zone;
      for (const [j, spec] of specs.filter((one) => one.type === type).entries()) {
        const mask = spec.cidrMask ?? Math.max(halved, smallest);
        let block = checkedBlock(from, mask, j);
        if (current && overlap(current, block)) block = blockAfter(current, mask);
        placed.push({ ...namer(spec, i), cidrBlock: formatBlock(block) });
        current = block;
      }
    }
    return placed;
  });
}

const legacyOrder = [
  ["Private", 19],
  ["Public", 20],
  ["Isolated", 24],
] as const;

/** The block number `index` of `mask`, counted from the start of `from`. */
function checkedBlock(from: Block, mask: number, index: number): Block {
  if (mask > 32) {
    throw new Error(`Requested ${mask - from.mask} new bits, but only ${32 - from.mask} are available.`);
  }
  return { start: from.start + index * sizeOf(mask), mask };
}

/** The layout of strategies that have none of their own: the first zone's share of the subnets, gaps as `Unused`. */
function describe(subnets: PlacedSubnet[], zoneCount: number): LayoutEntry[] {
  const entries: LayoutEntry[] = [];
  let previous: Block | undefined;
  for (const subnet of subnets.slice(0, subnets.length / zoneCount)) {
    const block = parseBlock(subnet.cidrBlock);
    if (previous)
      entries.push(...gapBetween(previous, block).map(({ mask }) => ({ type: "Unused" as const, cidrMask: mask })));
    entries.push({ type: subnet.type, cidrMask: block.mask });
    previous = block;
  }
  return entries;
}

/** The widest aligned blocks between two, in the order of their addresses. */
function gapBetween(a: Block, b: Block): Block[] {
  const [start, end] = a.start < b.start ? [a, b] : [b, a];
  const gaps: Block[] = [];
  let previous = a;
  let next = blockAfter(start);
  while (next.start < end.start) {
    for (;;) {
      const wider = blockAt(next.start, next.mask - 1);
      if (contains(wider, lastUsable(previous)) || contains(wider, firstUsable(end))) break;
      next = wider;
    }
    gaps.push(next);
    previous = next;
    next = blockAfter(next);
  }
  return gaps;
}

const firstUsable = ({ start, mask }: Block): number => (mask <= 30 ? start + 1 : start);

/** What the plugin checks of every layout before it makes anything. */
export function refuseBadLayout(subnets: PlacedSubnet[], strategy: SubnetStrategy | undefined, vpcCidr: string): void {
  const blocks = subnets.map((subnet) => ({ subnet, block: parseBlock(subnet.cidrBlock) }));
  const clashing = blocks.filter((one) => blocks.some((other) => one !== other && overlap(one.block, other.block)));
  if (clashing.length > 0) {
    throw new Error(
      "The following subnets overlap with at least one other subnet. Make the CIDR for the VPC larger, reduce the size of the subnets per AZ, or use less Availability Zones:\n\n" +
        clashing.map(({ subnet }, i) => `${i + 1}. ${subnet.resourceName}: ${subnet.cidrBlock}\n`).join(""),
    );
  }
  if (strategy === "Exact") refuseGaps(blocks, vpcCidr);
}

function refuseGaps(blocks: { subnet: PlacedSubnet; block: Block }[], vpcCidr: string): void {
  const vpc = parseBlock(vpcCidr);
  const gaps: string[] = [];
  for (const [i, { subnet, block }] of blocks.entries()) {
    const before = blocks[i - 1];
    if (!before) {
      if (block.start !== vpc.start) {
        gaps.push(
          `${subnet.resourceName} (${subnet.cidrBlock}) does not start at the beginning of the VPC (${vpcCidr})`,
        );
      }
    } else if (block.start !== blockAfter(before.block).start) {
      gaps.push(
        `${before.subnet.resourceName} (${before.subnet.cidrBlock}) <=> ${subnet.resourceName} (${subnet.cidrBlock})`,
      );
    }
  }
  const last = blocks.at(-1);
  if (last && lastUsable(last.block) !== lastUsable(vpc)) {
    gaps.push(
      `${last.subnet.resourceName} (ending ${formatAddress(lastUsable(last.block))}) ends before VPC ends (at ${formatAddress(lastUsable(vpc))}})`,
    );
  }
  if (gaps.length > 0) {
    throw new Error(`There are gaps in the subnet ranges. Please fix the following gaps: ${gaps.join(", ")}`);
  }
}
