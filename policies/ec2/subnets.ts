import type { StackResource, StackView } from "../frame/stack";
import { NotKnownYet } from "../frame/value";
import { type Block, contains, readBlock } from "./cidr";
import { byVpc, cidrAssociation, subnet, vpcOf } from "./vpc";

export function blockOf(resource: StackResource): Block | undefined {
  const text = resource.props.at("cidrBlock").string();
  return text === undefined ? undefined : readBlock(text);
}

/** A block of a VPC, and the association that adds it; none for the primary. */
export interface VpcBlock {
  readonly block: Block;
  readonly association: StackResource | undefined;
}

/**
 * The block of its VPC that a subnet lies in. `nowhere`: in none of them. `untold`: the subnet has no IPv4 block, or its
 * VPC is not of this stack, so its primary block can't be seen.
 */
export function homeOf(stack: StackView, subnetResource: StackResource): VpcBlock | "nowhere" | "untold" {
  const reference = vpcOf(stack, subnetResource);
  const own = blockOf(subnetResource);
  if (!reference || !own) {
    return "untold";
  }
  const primary = reference.vpc ? blockOf(reference.vpc) : undefined;
  if (primary && contains(primary, own)) {
    return { block: primary, association: undefined };
  }
  const associations = byVpc(stack, cidrAssociation);
  let open: string | undefined;
  for (const association of associations.of.get(reference.key) ?? []) {
    if (association.props.at("cidrBlock").isUnknown) {
      open = "cidrBlock";
      continue;
    }
    const block = blockOf(association);
    if (block && contains(block, own)) {
      return { block, association };
    }
  }
  if (open !== undefined || associations.unknown.length > 0) {
    throw new NotKnownYet(open ?? "vpcId");
  }
  // A VPC that takes its block from IPAM doesn't say which.
  return primary ? "nowhere" : "untold";
}

interface Overlaps {
  /** By a subnet's URN, the subnet that it overlaps; each pair is listed at its second subnet only. */
  readonly with: ReadonlyMap<string, StackResource>;
  /** Subnets whose VPC has another one with a block that is not known yet. */
  readonly open: ReadonlySet<string>;
}

const overlapsOf = new WeakMap<StackView, Overlaps>();

/** The subnet of the same VPC that a subnet overlaps, if it is the later of the two. One sweep for the whole stack. */
export function overlapped(stack: StackView, subnetResource: StackResource): StackResource | undefined {
  const known = overlapsOf.get(stack) ?? findOverlaps(stack);
  overlapsOf.set(stack, known);
  const other = known.with.get(subnetResource.urn);
  if (!other && (known.open.has(subnetResource.urn) || byVpc(stack, subnet).unknown.length > 0)) {
    throw new NotKnownYet("cidrBlock");
  }
  return other;
}

function findOverlaps(stack: StackView): Overlaps {
  const found = new Map<string, StackResource>();
  const open = new Set<string>();
  for (const subnets of byVpc(stack, subnet).of.values()) {
    if (subnets.some(({ props }) => props.at("cidrBlock").isUnknown)) {
      subnets.forEach(({ urn }) => open.add(urn));
    }
    const placed = subnets
      .filter(({ props }) => !props.at("cidrBlock").isUnknown)
      .map((resource) => ({ resource, block: blockOf(resource) }))
      .filter((entry): entry is { resource: StackResource; block: Block } => entry.block !== undefined)
      .sort((a, b) => a.block.first - b.block.first || a.block.last - b.block.last);
    let furthest = placed[0];
    for (const next of placed.slice(1)) {
      if (furthest && next.block.first <= furthest.block.last) {
        found.set(next.resource.urn, furthest.resource);
      }
      if (!furthest || next.block.last > furthest.block.last) {
        furthest = next;
      }
    }
  }
  return { with: found, open };
}
