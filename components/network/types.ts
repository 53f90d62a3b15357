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

/** A subnet that exists. */
export interface ExistingSubnet {
  /** `subnet-…`. */
  id: string;
  cidr: string;
  /** Name of its availability zone. */
  zone: string;
}

/** A VPC that exists, as `network.existing` of the config describes it. */
export interface ExistingNetwork {
  /** `vpc-…`. */
  vpcId: string;
  /** Every IPv4 block of the VPC, the primary one first. */
  cidrs: string[];
  privateSubnets: ExistingSubnet[];
  publicSubnets: ExistingSubnet[];
  loadBalancerSubnets: ExistingSubnet[];
  /** Empty: pods take addresses of the private subnets. */
  podSubnets: ExistingSubnet[];
}

export interface PlannedSubnet {
  class: SubnetClass;
  zone: string;
  cidr: string;
  /** Addresses that AWS can give out there: the block's size less five. */
  usable: number;
  /** `usable` less what the platform itself will take there; what others have taken in a VPC that exists isn't known. */
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
  /** Empty for a VPC that exists. */
  reserved: ReservedBlock[];
  /** For each block of the VPC. Empty for a VPC that exists: what else lies in it isn't known. */
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
