/** Whether the subnets fit into their block and hold what has to run in them (VPC-07, PRV-09), and what to change when not. */
import type { Problem } from "../problem/problem";
import { type Block, formatBlock, usableAddresses } from "./cidr";
import { isVpcSize, LARGEST_PREFIX, SMALLEST_PREFIX } from "./association";
import {
  defaultPodPrefix,
  defaultPrefixes,
  type Layout,
  layOutPods,
  layOutPrimary,
  PRIMARY_CLASSES,
  type PrimaryClass,
} from "./layout";
import type { Demand, NetworkArgs, SubnetClass } from "./types";

export type OwnPrefixes = NetworkArgs["subnetPrefixes"];
export type Place = "primary" | "pod";

/** A zone and its place in the layout. */
export interface PlacedZone {
  name: string;
  place: number;
}

/** What has to fit. */
export interface Needs {
  zones: readonly PlacedZone[];
  /** The classes that the stack has subnets of. */
  classes: ReadonlySet<SubnetClass>;
  demands: readonly Demand[];
}

/** What an EKS control plane asks of each of its subnets: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
export const EKS_FREE_ADDRESSES = 6;

export const CLASSES: readonly SubnetClass[] = [...PRIMARY_CLASSES, "pod"];

const WORDS: Readonly<Record<SubnetClass, string>> = {
  public: "public subnet",
  loadBalancer: "load-balancer subnet",
  private: "private subnet",
  pod: "pod subnet",
};

/** The prefix of each class that lies in this block: the config's own where it has one. */
export function prefixesIn(place: Place, block: Block, own: OwnPrefixes): Partial<Record<SubnetClass, number>> {
  return place === "pod" ? { pod: podPrefix(block, own) } : primaryPrefixes(block, own);
}

/** The places of all subnets of the block, in use or not. */
export function layoutOf(place: Place, block: Block, own: OwnPrefixes): Partial<Layout> {
  return place === "pod" ? layOutPods(block, podPrefix(block, own)) : layOutPrimary(block, primaryPrefixes(block, own));
}

function podPrefix(block: Block, own: OwnPrefixes): number {
  return own.pod ?? defaultPodPrefix(block.prefix);
}

function primaryPrefixes(block: Block, own: OwnPrefixes): Record<PrimaryClass, number> {
  return { ...defaultPrefixes(block.prefix), ...without(own, ["pod"]) };
}

/** The addresses that the platform takes in a zone's subnet, and for what. */
export function demandOn(demands: readonly Demand[], subnetClass: SubnetClass, zone: string) {
  const here = demands
    .filter((demand) => demand.class === subnetClass)
    .map(({ perZone, for: reason }) => ({
      reason,
      addresses: typeof perZone === "number" ? perZone : Object.hasOwn(perZone, zone) ? (perZone[zone] ?? 0) : 0,
    }))
    .filter(({ addresses }) => addresses > 0);
  return {
    addresses: here.reduce((sum, { addresses }) => sum + addresses, 0),
    reasons: here.map(({ reason, addresses }) => `${addresses} for ${reason}`).join(", "),
  };
}

interface Finding {
  class: SubnetClass;
  rule: "VPC-07" | "PRV-09";
  message: string;
  /** The class's subnets have to become smaller, or larger. */
  change: "smaller" | "larger";
}

/** What doesn't work with these prefixes in this block. */
export function findingsIn(place: Place, block: Block, own: OwnPrefixes, needs: Needs): Finding[] {
  const layout = layoutOf(place, block, own);
  const prefixes = prefixesIn(place, block, own);
  return CLASSES.filter((subnetClass) => needs.classes.has(subnetClass)).flatMap((subnetClass): Finding[] => {
    const places = layout[subnetClass];
    const prefix = prefixes[subnetClass];
    if (!places || prefix === undefined) {
      return [];
    }
    const homeless = needs.zones.filter((zone) => !places[zone.place]);
    const what = `a /${prefix} ${WORDS[subnetClass]}`;
    if (homeless.length > 0) {
      const zones = homeless.map(({ name }) => name).join(", ");
      const message = `leaves no room in ${formatBlock(block)} for ${what} in ${zones}`;
      return [{ class: subnetClass, rule: "VPC-07", message, change: "smaller" }];
    }
    return shortage(subnetClass, prefix, what, needs);
  });
}

function shortage(subnetClass: SubnetClass, prefix: number, what: string, needs: Needs): Finding[] {
  const usable = usableAddresses({ base: 0, prefix });
  const mustStay = subnetClass === "private" ? EKS_FREE_ADDRESSES : 0;
  const worst = needs.zones
    .map(({ name }) => ({ name, ...demandOn(needs.demands, subnetClass, name) }))
    .reduce((a, b) => (b.addresses > a.addresses ? b : a), { name: "", addresses: 0, reasons: "" });
  if (usable - worst.addresses >= mustStay) {
    return [];
  }
  const taken = `gives ${what}: ${usable} addresses, of which ${worst.name} needs ${worst.addresses} (${worst.reasons})`;
  return subnetClass === "private"
    ? [
        {
          class: subnetClass,
          rule: "PRV-09",
          message: `${taken}; EKS wants ${EKS_FREE_ADDRESSES} free in each of its subnets`,
          change: "larger",
        },
      ]
    : [{ class: subnetClass, rule: "VPC-07", message: taken, change: "larger" }];
}

/** A larger block in this one's place in which the subnets fit with these prefixes, as `proposeBlock` finds it. */
export type ProposeLarger = (own: OwnPrefixes) => Block | undefined;

/** The findings as problems, each with a change that was tried: with it, nothing is wrong with this block's subnets. */
export function subnetProblems(
  place: Place,
  block: Block,
  asWritten: unknown,
  own: OwnPrefixes,
  needs: Needs,
  proposeLarger: ProposeLarger,
): Problem[] {
  const findings = findingsIn(place, block, own, needs);
  if (findings.length === 0) {
    return [];
  }
  const blockPath = place === "pod" ? "network.podCidr" : "network.cidr";
  const ownHere = CLASSES.filter((c) => own[c] !== undefined && (c === "pod") === (place === "pod"));
  const works = (changed: OwnPrefixes) => findingsIn(place, block, changed, needs).length === 0;
  const otherPrefix = (which: SubnetClass, change: Finding["change"]) => {
    const from = prefixesIn(place, block, own)[which] ?? SMALLEST_PREFIX;
    const tries = change === "smaller" ? range(from + 1, SMALLEST_PREFIX) : range(LARGEST_PREFIX, from - 1).reverse();
    const prefix = tries.find((candidate) => works({ ...own, [which]: candidate }));
    return prefix === undefined ? undefined : { which, fix: `use ${setting(which, prefix)}` };
  };
  const largerBlock = once(() => {
    const proposal = proposeLarger(own);
    return proposal && `use ${blockPath}: ${formatBlock(proposal)}`;
  });
  const otherwise = once(() => {
    const defaults = (whole: Block) => ownHere.map((c) => setting(c, prefixesIn(place, whole, {})[c])).join(" and ");
    const others = without(own, ownHere);
    if (works(others)) {
      return `use ${defaults(block)}, or leave them out`;
    }
    const proposal = proposeLarger(others);
    return proposal && `use ${blockPath}: ${formatBlock(proposal)} and ${defaults(proposal)}`;
  });

  const problems = findings.map(({ class: subnetClass, rule, message, change }): Problem => {
    // A prefix that somebody chose is to blame before the sizes that follow from the block.
    if (ownHere.length === 0) {
      const fix = largerBlock() ?? otherPrefix(subnetClass, change)?.fix ?? FEWER;
      return { path: blockPath, value: asWritten, rule, message, fix };
    }
    const candidates = [...new Set([subnetClass, ...ownHere])].filter((c) => ownHere.includes(c));
    const changed = candidates
      .filter((which) => change === "smaller" || which === subnetClass)
      .map((which) => otherPrefix(which, change))
      .find((found) => found !== undefined);
    const toBlame = changed?.which ?? candidates[0] ?? subnetClass;
    const fix = changed?.fix ?? otherwise() ?? largerBlock() ?? FEWER;
    return { path: `network.subnetPrefixes.${toBlame}`, value: own[toBlame], rule, message, fix };
  });
  return problems.filter(
    (problem, i) => problems.findIndex(({ path, rule }) => path === problem.path && rule === problem.rule) === i,
  );
}

function setting(subnetClass: SubnetClass, prefix: number | undefined): string {
  return `network.subnetPrefixes.${subnetClass}: ${prefix}`;
}

function once<T>(compute: () => T): () => T {
  let known: { value: T } | undefined;
  return () => (known ??= { value: compute() }).value;
}

const FEWER = "use fewer zones: no block of a VPC holds this many subnets of this size";

function without(own: OwnPrefixes, classes: readonly SubnetClass[]): OwnPrefixes {
  return Object.fromEntries(Object.entries(own).filter(([c]) => !classes.includes(c as SubnetClass)));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

/** Splits the config's prefixes into those that EC2 has and problems for the others (VPC-01). */
export function checkPrefixes(own: OwnPrefixes, defaults: OwnPrefixes): { valid: OwnPrefixes; problems: Problem[] } {
  const entries = CLASSES.flatMap((c) => (own[c] === undefined || own[c] === null ? [] : [{ c, prefix: own[c] }]));
  return {
    valid: Object.fromEntries(entries.filter(({ prefix }) => isVpcSize(prefix)).map(({ c, prefix }) => [c, prefix])),
    problems: entries
      .filter(({ prefix }) => !isVpcSize(prefix))
      .map(({ c, prefix }) => ({
        path: `network.subnetPrefixes.${c}`,
        value: prefix,
        rule: "VPC-01",
        message: "is no size of a subnet: the prefix is a whole number from 16 to 28",
        fix:
          defaults[c] === undefined
            ? "use a number from 16 to 28, or leave it out"
            : `use ${defaults[c]}, or leave it out`,
      })),
  };
}
