/**
 * Where each subnet lies.
 *
 * A subnet can't be moved or resized, only replaced with all that runs in it, so nothing that a person may change later must move
 * one. The places therefore depend on the block and the prefixes alone, never on which zones or classes are in use.
 *
 * There is a place for six zones, and a zone's place is its **letter** (`eu-west-1b` has the second one), not its position in the
 * list: a zone added in the middle, a reordered list or a zone taken out leave the other zones' subnets where they are.
 * The price is that in a region whose letters have a gap (Tokyo has a, c, d) the places of the missing ones stay empty;
 * with prefixes of a person's own that have room for three zones only, zone d then doesn't fit.
 */
import { type Block, firstFit } from "./cidr";
import { SMALLEST_PREFIX } from "./association";
import type { SubnetClass } from "./types";

/** The zones that have a place. No region of AWS has had a zone beyond f in one account. */
export const ZONE_LETTERS = ["a", "b", "c", "d", "e", "f"] as const;

export type PrimaryClass = Exclude<SubnetClass, "pod">;
/** The classes of the primary block in the order in which they are placed and shown. */
export const PRIMARY_CLASSES: readonly PrimaryClass[] = ["public", "loadBalancer", "private"];

/** The place of each zone letter's subnet by class; undefined where the block has no room for it. */
export type Layout<C extends SubnetClass = SubnetClass> = Record<C, (Block | undefined)[]>;

/**
 * The zone's place, 0 to 5, from a name such as `cn-north-1a`. Undefined for anything else: a Local or Wavelength Zone
 * (`us-west-2-lax-1a`), in which neither an EKS control plane nor an ECS platform can have its subnets, or a zone id (`apse1-az1`).
 */
export function zonePlace(zone: string): number | undefined {
  const letter = /^[a-z]+(?:-[a-z]+)+-\d+([a-f])$/.exec(zone)?.[1];
  return letter === undefined ? undefined : ZONE_LETTERS.findIndex((known) => known === letter);
}

/**
 * Places the primary block's subnets: zones a to c first (public, load balancer, private), then d to f, each at the lowest
 * free aligned block. Three at a time, because three zones are what nearly everybody has: their subnets lie together.
 */
export function layOutPrimary(whole: Block, prefixes: Readonly<Record<PrimaryClass, number>>): Layout<PrimaryClass> {
  const layout: Layout<PrimaryClass> = { public: [], loadBalancer: [], private: [] };
  let free = [whole];
  for (const places of [ZONE_LETTERS.slice(0, 3), ZONE_LETTERS.slice(3)]) {
    for (const subnetClass of PRIMARY_CLASSES) {
      for (let i = 0; i < places.length; i++) {
        const fit = firstFit(free, prefixes[subnetClass]);
        layout[subnetClass].push(fit?.taken);
        free = fit?.left ?? free;
      }
    }
  }
  return layout;
}

/** Places the pod subnets in their own block by the same rule. */
export function layOutPods(whole: Block, prefix: number): Layout<"pod"> {
  let free = [whole];
  const pod = ZONE_LETTERS.map(() => {
    const fit = firstFit(free, prefix);
    free = fit?.left ?? free;
    return fit?.taken;
  });
  return { pod };
}

/**
 * Prefixes for a primary block of this size: six zones down to /23, three in a /24, two in a /25; less can't hold two zones.
 *
 * Load-balancer subnets are /27 as long as they can be, which is what AWS asks for so that an Application Load Balancer can scale
 * (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer).
 * Large blocks keep half of their addresses unallocated; in small ones the private subnets take what there is.
 */
const PREFIXES_BY_SIZE: Readonly<Record<number, Readonly<Record<PrimaryClass, number>>>> = {
  16: { public: 24, private: 20, loadBalancer: 27 },
  17: { public: 25, private: 21, loadBalancer: 27 },
  18: { public: 26, private: 22, loadBalancer: 27 },
  19: { public: 26, private: 22, loadBalancer: 27 },
  20: { public: 26, private: 23, loadBalancer: 27 },
  21: { public: 27, private: 24, loadBalancer: 27 },
  22: { public: 27, private: 26, loadBalancer: 27 },
  23: { public: 28, private: 27, loadBalancer: 27 },
  24: { public: 28, private: 27, loadBalancer: 28 },
};
const SMALLEST = { public: SMALLEST_PREFIX, private: SMALLEST_PREFIX, loadBalancer: SMALLEST_PREFIX };

/** The prefixes that a primary block of this size (its prefix length, 16 to 28) gives by itself. */
export function defaultPrefixes(blockPrefix: number): Readonly<Record<PrimaryClass, number>> {
  return PREFIXES_BY_SIZE[blockPrefix] ?? SMALLEST;
}

/** A pod subnet is an eighth of its block: six zones of eight; four in a /26, two in a /27. */
export function defaultPodPrefix(blockPrefix: number): number {
  return Math.min(blockPrefix + 3, SMALLEST_PREFIX);
}
