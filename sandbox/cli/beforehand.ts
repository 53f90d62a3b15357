/**
 * What a stack's config says of the account before the program runs: a VPC that exists, a quota that AWS has raised.
 *
 * The real account would have them; the simulated cloud is told.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./usage";

/** An object of the cloud's seed file. */
interface SeedObject {
  type: string;
  id: string;
  inputs: Record<string, unknown>;
}

interface GivenNetwork {
  cidrQuota?: unknown;
  existing?: {
    vpcId?: unknown;
    cidrs?: unknown;
    [subnets: string]: unknown;
  } | null;
}

const subnetLists = ["privateSubnets", "publicSubnets", "loadBalancerSubnets", "podSubnets"];

/**
 * Options for the cloud's process.
 *
 * @param config the stack's config as written, keys with their namespace; what is wrong in it is the program's to complain about
 * @param home folder of the stack, for the seed file
 * @param seed a person's own seed file, whose objects come first
 */
export function beforehand(config: Record<string, unknown>, home: string, seed?: string): string[] {
  const network = readNetwork(config["container-platform:network"]);
  const quota = Number.isInteger(network.cidrQuota) ? ["--quota", `vpcCidrBlocks=${String(network.cidrQuota)}`] : [];
  const objects = existingNetwork(network.existing);
  if (objects.length === 0) {
    return [...quota, ...(seed ? ["--seed", seed] : [])];
  }
  const own = seed ? readSeed(seed) : [];
  const file = join(home, "seed.json");
  writeFileSync(file, JSON.stringify([...own, ...objects], null, 2));
  return [...quota, "--seed", file];
}

function readSeed(file: string): SeedObject[] {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SeedObject[];
  } catch (error) {
    throw new UsageError(`${file} could not be read: ${(error as Error).message}`);
  }
}

function readNetwork(value: unknown): GivenNetwork {
  try {
    const network: unknown = typeof value === "string" ? JSON.parse(value) : value;
    return typeof network === "object" && network !== null ? network : {};
  } catch {
    return {};
  }
}

function existingNetwork(existing: GivenNetwork["existing"]): SeedObject[] {
  const cidrs = texts(existing?.cidrs);
  const [primary, ...secondary] = cidrs;
  const vpcId = existing?.vpcId;
  if (!existing || typeof vpcId !== "string" || primary === undefined) {
    return [];
  }
  const vpc: SeedObject = {
    type: "aws:ec2/vpc:Vpc",
    id: vpcId,
    inputs: { cidrBlock: primary, enableDnsSupport: true, enableDnsHostnames: true },
  };
  const associations = secondary.map((cidrBlock) => ({
    type: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
    id: `vpc-cidr-assoc-${hash(`${vpcId} ${cidrBlock}`)}`,
    inputs: { vpcId, cidrBlock },
  }));
  const subnets = subnetLists.flatMap((list) => (Array.isArray(existing[list]) ? existing[list] : []).flatMap(subnet));
  return [vpc, ...associations, ...subnets.map((one) => ({ ...one, inputs: { vpcId, ...one.inputs } }))];
}

function subnet(given: unknown): SeedObject[] {
  const { id, cidr, zone } = (given ?? {}) as { id?: unknown; cidr?: unknown; zone?: unknown };
  return typeof id === "string" && typeof cidr === "string" && typeof zone === "string"
    ? [{ type: "aws:ec2/subnet:Subnet", id, inputs: { cidrBlock: cidr, availabilityZone: zone } }]
    : [];
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** Seventeen hex digits, as EC2's ids have. */
function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 17);
}
