/** Whether the subnets fit into their block and hold what has to run in them (VPC-07, PRV-09), and what to change when not. */
import type { Problem } from "../problem/problem";
import { type Block, formatBlock, usableAddresses } from "./cidr";
import { isVpcSize, LARGEST_PREFIX, SMALLEST_PREFIX } from "./association";
import { defaultPodPrefix, defaultPrefixes, type Layout, layOutPods, layOutPrimary, PRIMARY_CLASSES } from "./layout";
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
  if (place === "pod") {
    return { pod: own.pod ?? defaultPodPrefix(block.prefix) };
  }
  return { ...defaultPrefixes(block.prefix), ...without(own, ["pod"]) };
}

/** The places of all subnets of the block, in use or not. */
export function layoutOf(place: Place, block: Block, own: OwnPrefixes): Partial<Layout> {
  if (place === "pod") {
    return layOutPods(block, own.pod ?? defaultPodPrefix(block.prefix));
  }
  return layOutPrimary(block, { ...defaultPrefixes(block.prefix), ...own });
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

/** A block of another size in this one's place, as `proposeBlock` finds it. */
export type ProposeLarger = (fromPrefix: number, own: OwnPrefixes) => Block | undefined;

/** The findings as problems, each with a change that was tried: with it, nothing is wrong with this block's subnets. */
export function subnetProblems(
  place: Place,
  block: Block,
  asWritten: unknown,
  own: OwnPrefixes,
  needs: Needs,
  proposeLarger: ProposeLarger,
): Problem[] {
  const blockPath = place === "pod" ? "network.podCidr" : "network.cidr";
  const ownHere = (place === "pod" ? (["pod"] as const) : PRIMARY_CLASSES).filter((c) => own[c] !== undefined);
  const works = (changed: OwnPrefixes) => findingsIn(place, block, changed, needs).length === 0;
  const larger = (changed: OwnPrefixes) => {
    const proposal = block.prefix > LARGEST_PREFIX ? proposeLarger(block.prefix - 1, changed) : undefined;
    return proposal && `use ${blockPath}: ${formatBlock(proposal)}`;
  };
  const problems = findingsIn(place, block, own, needs).map((finding): Problem => {
    const { class: subnetClass, rule, message, change } = finding;
    // The prefix that somebody chose is to blame before the ones that follow from the block's size.
    const toBlame = ownHere.includes(subnetClass as never) ? subnetClass : ownHere[0];
    const changedPrefix = (which: SubnetClass) => {
      const from = prefixesIn(place, block, own)[which] ?? SMALLEST_PREFIX;
      const tries = change === "smaller" ? range(from + 1, SMALLEST_PREFIX) : range(LARGEST_PREFIX, from - 1).reverse();
      const prefix = tries.find((candidate) => works({ ...own, [which]: candidate }));
      return prefix === undefined ? undefined : { which, fix: `use network.subnetPrefixes.${which}: ${prefix}` };
    };
    if (toBlame === undefined) {
      const fix = larger(own) ?? changedPrefix(subnetClass)?.fix ?? FEWER;
      return { path: blockPath, value: asWritten, rule, message, fix };
    }
    const byPrefix = [subnetClass, ...ownHere]
      .filter((which) => change === "smaller" || which === subnetClass)
      .filter((which) => ownHere.includes(which as never))
      .map(changedPrefix)
      .find((found) => found !== undefined);
    const path = `network.subnetPrefixes.${byPrefix?.which ?? toBlame}`;
    const fix =
      byPrefix?.fix ??
      (works(without(own, ownHere)) ? useDefaults(ownHere, prefixesIn(place, block, {})) : undefined) ??
      larger(own) ??
      larger(without(own, ownHere)) ??
      FEWER;
    return { path, value: own[byPrefix?.which ?? toBlame], rule, message, fix };
  });
  return problems.filter(
    (problem, i) => problems.findIndex(({ path, rule }) => path === problem.path && rule === problem.rule) === i,
  );
}

const FEWER = "use fewer zones: no block of a VPC holds this many subnets of this size";

function useDefaults(classes: readonly SubnetClass[], defaults: OwnPrefixes): string {
  return `use ${classes.map((c) => `network.subnetPrefixes.${c}: ${defaults[c]}`).join(" and ")}, or leave them out`;
}

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
