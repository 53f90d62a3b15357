/**
 * How many pods a node takes, how many addresses that costs, and how many such nodes a subnet has room for.
 *
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#max-pods-precedence,
 * https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html and the README of
 * https://github.com/aws/amazon-vpc-cni-k8s (WARM_ENI_TARGET, WARM_PREFIX_TARGET).
 */
import type { InstanceType } from "../aws/instances";
import { AWS_RESERVED } from "./cidr";

export interface PodNetworking {
  /** Pods have subnets of their own, so a node's first network interface serves none of them. */
  customNetworking: boolean;
  /** Nodes take /28 prefixes in place of single addresses. */
  prefixDelegation: boolean;
}

export type NetworkLimits = Pick<InstanceType, "vcpu" | "enis" | "ipv4PerEni">;

/** Addresses in a prefix (/28) that is assigned to a network interface. */
export const PREFIX_SIZE = 16;

/** Pods that take no address because they use the node's own: aws-node and kube-proxy, which the formula counts in. */
const HOST_NETWORK_PODS = 2;

/** A prefix more than the pods need is kept ready (WARM_PREFIX_TARGET=1). */
const WARM_PREFIXES = 1;

/**
 * Pods that a managed node group allows at most, whatever the network could serve.
 *
 * AWS says 110 below 30 vCPUs and 250 above; no type has exactly 30 today, and the lower number would be safe for one.
 */
export function managedCap(vcpu: number): number {
  return vcpu > 30 ? 250 : 110;
}

/** Pods that the network interfaces of an instance can serve, host-network ones included, before the managed node group's cap. */
export function podLimit(instance: NetworkLimits, networking: PodNetworking): number {
  const pods = podSlots(instance, networking) * (networking.prefixDelegation ? PREFIX_SIZE : 1);
  return pods + HOST_NETWORK_PODS;
}

/** max-pods of a node of this type in a managed node group without an AMI of its own. */
export function maxPods(instance: NetworkLimits, networking: PodNetworking): number {
  return Math.min(podLimit(instance, networking), managedCap(instance.vcpu));
}

function servingEnis({ enis }: NetworkLimits, { customNetworking }: PodNetworking): number {
  return Math.max(0, customNetworking ? enis - 1 : enis);
}

/** Places for an address or a prefix on the interfaces that serve pods; each interface's first one is its own address. */
function podSlots(instance: NetworkLimits, networking: PodNetworking): number {
  return servingEnis(instance, networking) * (instance.ipv4PerEni - 1);
}

/** Addresses taken in a subnet: single ones, and whole aligned /28 blocks. */
export interface AddressLoad {
  singles: number;
  prefixes: number;
}

/**
 * What a full node takes in the subnet that its pods' addresses come from: the pod subnet with custom networking, else its own.
 *
 * Single addresses: every interface that serves pods is filled, since the CNI keeps a spare one filled (WARM_ENI_TARGET=1).
 * Prefixes: as many as `pods` need and a warm one, on as few interfaces as hold them, each with an address of its own.
 */
export function podAddressesPerNode(instance: NetworkLimits, networking: PodNetworking, pods: number): AddressLoad {
  if (!networking.prefixDelegation) {
    return { singles: servingEnis(instance, networking) * instance.ipv4PerEni, prefixes: 0 };
  }
  const wanted = Math.ceil(Math.max(0, pods - HOST_NETWORK_PODS) / PREFIX_SIZE) + WARM_PREFIXES;
  const prefixes = Math.min(wanted, podSlots(instance, networking));
  return { singles: prefixes === 0 ? 0 : Math.ceil(prefixes / (instance.ipv4PerEni - 1)), prefixes };
}

export function addLoads(...loads: readonly AddressLoad[]): AddressLoad {
  return {
    singles: loads.reduce((sum, { singles }) => sum + singles, 0),
    prefixes: loads.reduce((sum, { prefixes }) => sum + prefixes, 0),
  };
}

export function timesLoad({ singles, prefixes }: AddressLoad, times: number): AddressLoad {
  return { singles: singles * times, prefixes: prefixes * times };
}

/**
 * Whether a subnet with this many usable addresses holds the load.
 *
 * A prefix needs a whole free /28. AWS's own addresses spoil the first and the last one of the subnet; single addresses are
 * counted into what is left of these two first, then each further sixteen spoil one more. Scattered single addresses spoil
 * more than that: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-cidr-reservation.html keeps them together.
 */
export function hasRoom(usable: number, { singles, prefixes }: AddressLoad): boolean {
  if (prefixes === 0) {
    return singles <= usable;
  }
  const whole = Math.floor((usable + AWS_RESERVED) / PREFIX_SIZE) - 2;
  const inSpoilt = 2 * PREFIX_SIZE - AWS_RESERVED;
  return prefixes + Math.ceil(Math.max(0, singles - inSpoilt) / PREFIX_SIZE) <= whole;
}

/** How many times `each` fits beside `already`. */
export function timesThatFit(usable: number, already: AddressLoad, each: AddressLoad): number {
  return largestThat((times) => times <= usable && hasRoom(usable, addLoads(already, timesLoad(each, times))));
}

/** The largest whole number of which this is true, 0 when it isn't even of 1; it must be true of every smaller one, and end. */
export function largestThat(isTrueOf: (number: number) => boolean): number {
  let low = 0;
  let high = 1;
  while (isTrueOf(high)) {
    [low, high] = [high, high * 2];
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    [low, high] = isTrueOf(middle) ? [middle, high] : [low, middle];
  }
  return low;
}
