import type { Problem } from "../problem/problem";

/** What a subnet is for. Nodes and tasks run in `private`, load balancers in `loadBalancer`, NAT gateways in `public`. */
export type SubnetClass = "public" | "private" | "loadBalancer" | "pod";

/** The `network` section of a stack's config with every default filled in. */
export interface NetworkArgs {
  /** The VPC's primary IPv4 block, /16 to /28. It can never be changed. */
  cidr: string;
  /** Secondary block for pods; null: pods take addresses of the node subnets. */
  podCidr: string | null;
  /** Further secondary blocks, associated and left free. */
  additionalCidrs: string[];
  /** The account's quota of IPv4 blocks a VPC, the primary one included: 5 unless AWS has raised it, at most 50. */
  cidrQuota: number;
  /** Names of availability zones, two to six. Their order has no effect on the addresses. */
  zones: string[];
  nat: "none" | "single" | "perZone";
  /** Prefix length of a class's subnets, 16 to 28. @default derived from the size of the block alone */
  subnetPrefixes: Partial<Record<SubnetClass, number>>;
  endpoints: "gateway" | "standard" | "isolated";
  flowLogs: { retentionDays: number };
}

/** Addresses that the platform itself will take in the subnets of a class. */
export interface Demand {
  class: SubnetClass;
  /** Addresses in each zone's subnet, or by zone name (a zone that isn't named takes none). */
  perZone: number | Record<string, number>;
  /** What takes them, for messages: `the load balancer of shop`. */
  for: string;
}

export interface PlannedSubnet {
  class: SubnetClass;
  zone: string;
  cidr: string;
  /** Addresses that AWS can give out there: the block's size less five. */
  usable: number;
  /** `usable` less what the platform itself will take there. */
  free: number;
  /** Only in a VPC that exists. */
  id?: string;
}

/** A block kept for a zone that isn't used yet, or for a class that isn't. */
export interface ReservedBlock {
  class: SubnetClass;
  /** The letter of the zone that it is kept for. */
  zoneLetter: string;
  cidr: string;
}

/** What no subnet and no reservation takes of one of the VPC's blocks. */
export interface Unallocated {
  block: string;
  /** The largest aligned blocks, lowest first. */
  free: string[];
  addresses: number;
}

export interface NetworkPlan {
  cidr: string;
  podCidr: string | null;
  /** Secondary blocks in the order in which AWS accepts them. Empty for a VPC that exists. */
  associations: string[];
  zones: string[];
  nat: NetworkArgs["nat"];
  endpoints: NetworkArgs["endpoints"];
  /** By class (public, loadBalancer, private, pod), then in the order of `zones`. */
  subnets: PlannedSubnet[];
  reserved: ReservedBlock[];
  unallocated: Unallocated[];
}

/**
 * A plan and what is wrong with the input.
 *
 * With problems the plan holds what could be planned nevertheless (for show only); it is complete when there are none.
 * There is no plan when the primary block can't be read.
 */
export interface PlanResult {
  plan?: NetworkPlan;
  problems: Problem[];
}
