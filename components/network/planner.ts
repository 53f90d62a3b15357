/**
 * The network planner: from the config's network section to every subnet's block, or to what is wrong, as plain data.
 *
 * Pure: the same arguments give the same plan, and nothing a person writes makes it throw.
 */
import type { Problem } from "../problem/problem";
import { associationOrder } from "./association";
import { type Block, formatBlock, size, subtract, usableAddresses } from "./cidr";
import {
  blockEntries,
  type BlockEntry,
  faultProblems,
  type Fits,
  type JudgedBlock,
  judgeBlocks,
  proposeBlock,
  proposeReplacement,
  quotaProblems,
} from "./blocks";
import { defaultPodPrefix, defaultPrefixes, ZONE_LETTERS } from "./layout";
import {
  checkPrefixes,
  CLASSES,
  demandOn,
  findingsIn,
  layoutOf,
  type Needs,
  type OwnPrefixes,
  type Place,
  type PlacedZone,
  subnetProblems,
} from "./subnets";
import type {
  Demand,
  NetworkArgs,
  NetworkPlan,
  PlannedSubnet,
  PlanResult,
  ReservedBlock,
  SubnetClass,
  Unallocated,
} from "./types";
import { checkWayOut, checkZones } from "./zones";

export type * from "./types";

type Judged = JudgedBlock & { block: Block };

/**
 * Plans a VPC of our own.
 *
 * @param demands what the platform will take of the subnets (NAT gateways and endpoints included): it lowers `free` and is checked to fit
 */
export function planNetwork(args: NetworkArgs, demands: readonly Demand[] = []): PlanResult {
  const { placed, problems: zoneProblems } = checkZones(args.zones);
  const entries = blockEntries(args);
  const judged = judgeBlocks(entries);
  const usable = judged.filter((entry): entry is Judged => entry.possible);
  const primary = usable.find(({ role }) => role === "primary");
  const pod = usable.find(({ role }) => role === "pod");
  const { valid: own, problems: prefixProblems } = checkPrefixes(args.subnetPrefixes, {
    ...(primary && defaultPrefixes(primary.block.prefix)),
    ...(pod && { pod: defaultPodPrefix(pod.block.prefix) }),
  });
  const needs: Needs = { zones: placed, classes: classesOf(args), demands };

  const problems: Problem[] = [
    ...problemsOfBlocks(entries, judged, own, needs),
    ...quotaProblems(args, entries),
    ...zoneProblems,
    ...checkWayOut(args),
    ...prefixProblems,
  ];
  return { plan: primary && buildPlan(args, usable, primary, own, needs), problems };
}

/** What is wrong with each block or with the subnets in it. All the replacements that the fixes name go together. */
function problemsOfBlocks(
  entries: readonly BlockEntry[],
  judged: readonly JudgedBlock[],
  own: OwnPrefixes,
  needs: Needs,
): Problem[] {
  const fits =
    (prefixes: OwnPrefixes): Fits =>
    (role, prefix) =>
      role === "additional" || findingsIn(role, { base: 0, prefix }, prefixes, needs).length === 0;
  const mended = [...entries];
  return judged.flatMap((entry, i) => {
    const { role, block, faults, text } = entry;
    const replace = (proposal: Block | undefined) => {
      if (proposal) {
        mended[i] = { ...entry, text: formatBlock(proposal) };
      }
      return proposal;
    };
    if (faults.length > 0) {
      return faultProblems(entry, replace(proposeReplacement(mended, i, block, fits(own))));
    }
    if (role === "additional" || !block) {
      return [];
    }
    const proposeLarger = (prefixes: OwnPrefixes) => replace(proposeBlock(mended, i, block.prefix - 1, fits(prefixes)));
    return subnetProblems(role, block, text, own, needs, proposeLarger);
  });
}

/** The classes that the stack has subnets of: an isolated one has nothing public, though the places stay reserved. */
function classesOf({ endpoints, podCidr }: NetworkArgs): Set<SubnetClass> {
  return new Set(
    CLASSES.filter((c) => (c === "public" ? endpoints !== "isolated" : c === "pod" ? podCidr !== null : true)),
  );
}

function buildPlan(
  args: NetworkArgs,
  usable: readonly Judged[],
  primary: Judged,
  own: OwnPrefixes,
  needs: Needs,
): NetworkPlan {
  const accepted = [primary, ...usable.filter((entry) => entry !== primary && !isRefused(entry))];
  const laidOut = accepted.map((entry) => ({
    block: entry.block,
    ...(entry.role === "additional" ? { subnets: [], reserved: [] } : fill(entry.role, entry.block, own, needs)),
  }));
  const secondaries = associationOrder(accepted.slice(1), ({ block }) => block);
  const pod = accepted.find(({ role }) => role === "pod");
  return {
    cidr: formatBlock(primary.block),
    podCidr: pod ? formatBlock(pod.block) : null,
    associations: secondaries.map(({ block }) => formatBlock(block)),
    zones: needs.zones.map(({ name }) => name),
    nat: args.nat,
    endpoints: args.endpoints,
    subnets: laidOut.flatMap(({ subnets }) => subnets.map(({ planned }) => planned)),
    reserved: laidOut.flatMap(({ reserved }) => reserved.map(({ planned }) => planned)),
    unallocated: laidOut.map(({ block, subnets, reserved }) =>
      whatIsLeft(
        block,
        [...subnets, ...reserved].map(({ at }) => at),
      ),
    ),
  };
}

/** Whether AWS would not add it, or it lies over another block: it can't be in a plan then, not even one for show. */
function isRefused({ faults }: JudgedBlock): boolean {
  return faults.some(({ rule }) => rule === "VPC-03" || rule === "VPC-04");
}

interface Filled {
  subnets: { at: Block; planned: PlannedSubnet }[];
  reserved: { at: Block; planned: ReservedBlock }[];
}

function fill(place: Place, block: Block, own: OwnPrefixes, needs: Needs): Filled {
  const layout = layoutOf(place, block, own);
  const filled: Filled = { subnets: [], reserved: [] };
  for (const subnetClass of CLASSES) {
    const places = layout[subnetClass] ?? [];
    const zones: readonly PlacedZone[] = needs.classes.has(subnetClass) ? needs.zones : [];
    for (const zone of zones) {
      const at = places[zone.place];
      if (at) {
        filled.subnets.push({ at, planned: subnet(subnetClass, zone.name, at, needs.demands) });
      }
    }
    places.forEach((at, place) => {
      if (at && !zones.some((zone) => zone.place === place)) {
        const zoneLetter = ZONE_LETTERS[place] ?? "";
        filled.reserved.push({ at, planned: { class: subnetClass, zoneLetter, cidr: formatBlock(at) } });
      }
    });
  }
  return filled;
}

function subnet(subnetClass: SubnetClass, zone: string, at: Block, demands: readonly Demand[]): PlannedSubnet {
  const usable = usableAddresses(at);
  const free = usable - demandOn(demands, subnetClass, zone).addresses;
  return { class: subnetClass, zone, cidr: formatBlock(at), usable, free };
}

function whatIsLeft(block: Block, used: readonly Block[]): Unallocated {
  const free = subtract(block, used);
  return {
    block: formatBlock(block),
    free: free.map(formatBlock),
    addresses: free.reduce((sum, piece) => sum + size(piece), 0),
  };
}
