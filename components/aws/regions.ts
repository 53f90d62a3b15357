/**
 * Regions and their availability zones.
 *
 * Zone names are an account's own: which ones exist, and which place (zone id) each stands for, may differ between accounts.
 * The table has what a new account usually sees, so that a plan needs no cloud; the program asks AWS before it builds.
 * Local and wavelength zones are left out.
 *
 * Source: regions: botocore 1.44.5 (`endpoints.json`); zones: moto 5.2.5 (EC2 DescribeAvailabilityZones of one account), both
 * read on 2026-11-22; cn-north-1d: eksctl `pkg/az/az.go`, and that Beijing has three zones:
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/general-info.html. About names and ids:
 * https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
 */
import { isRegionName, type PartitionId, partitionOf } from "./partition";

export interface Zone {
  /** The name that subnets are created with: `ap-southeast-1a`. */
  name: string;
  /** The place it stands for in that account: `apse1-az1`. The same in every account. */
  id: string;
}

export interface Region {
  partition: PartitionId;
  /** One to six, in the order of their names. */
  zones: readonly Zone[];
}

/** A row: the partition, what zone ids start with, and the id's number by the zone's letter. */
type Row = readonly [partition: PartitionId, idPrefix: string, idByLetter: Readonly<Record<string, number>>];

const rows: Readonly<Record<string, Row>> = {
  "af-south-1": ["aws", "afs1", { a: 1, b: 2, c: 3 }],
  "ap-east-1": ["aws", "ape1", { a: 1, b: 2, c: 3 }],
  "ap-east-2": ["aws", "ape2", { a: 1, b: 2, c: 3 }],
  "ap-northeast-1": ["aws", "apne1", { a: 4, c: 1, d: 2 }],
  "ap-northeast-2": ["aws", "apne2", { a: 1, b: 2, c: 3, d: 4 }],
  "ap-northeast-3": ["aws", "apne3", { a: 1, b: 2, c: 3 }],
  "ap-south-1": ["aws", "aps1", { a: 1, b: 3, c: 2 }],
  "ap-south-2": ["aws", "aps2", { a: 1, b: 2, c: 3 }],
  "ap-southeast-1": ["aws", "apse1", { a: 1, b: 2, c: 3 }],
  "ap-southeast-2": ["aws", "apse2", { a: 1, b: 3, c: 2 }],
  "ap-southeast-3": ["aws", "apse3", { a: 1, b: 2, c: 3 }],
  "ap-southeast-4": ["aws", "apse4", { a: 1, b: 2, c: 3 }],
  "ap-southeast-5": ["aws", "apse5", { a: 1, b: 2, c: 3 }],
  "ap-southeast-6": ["aws", "apse6", { a: 1, b: 2, c: 3 }],
  "ap-southeast-7": ["aws", "apse7", { a: 1, b: 2, c: 3 }],
  "ca-central-1": ["aws", "cac1", { a: 1, b: 2, d: 4 }],
  "ca-west-1": ["aws", "caw1", { a: 1, b: 2, c: 3 }],
  "eu-central-1": ["aws", "euc1", { a: 1, b: 2, c: 3 }],
  "eu-central-2": ["aws", "euc2", { a: 1, b: 2, c: 3 }],
  "eu-north-1": ["aws", "eun1", { a: 1, b: 2, c: 3 }],
  "eu-south-1": ["aws", "eus1", { a: 1, b: 2, c: 3 }],
  "eu-south-2": ["aws", "eus2", { a: 1, b: 2, c: 3 }],
  "eu-west-1": ["aws", "euw1", { a: 3, b: 1, c: 2 }],
  "eu-west-2": ["aws", "euw2", { a: 2, b: 3, c: 1 }],
  "eu-west-3": ["aws", "euw3", { a: 1, b: 2, c: 3 }],
  "il-central-1": ["aws", "ilc1", { a: 1, b: 2, c: 3 }],
  "me-central-1": ["aws", "mec1", { a: 1, b: 2, c: 3 }],
  "me-south-1": ["aws", "mes1", { a: 1, b: 2, c: 3 }],
  "mx-central-1": ["aws", "mxc1", { a: 1, b: 2, c: 3 }],
  "sa-east-1": ["aws", "sae1", { a: 1, b: 2, c: 3 }],
  "us-east-1": ["aws", "use1", { a: 6, b: 1, c: 2, d: 4, e: 3, f: 5 }],
  "us-east-2": ["aws", "use2", { a: 1, b: 2, c: 3 }],
  "us-west-1": ["aws", "usw1", { a: 3, b: 1 }],
  "us-west-2": ["aws", "usw2", { a: 2, b: 1, c: 3, d: 4 }],
  "cn-north-1": ["aws-cn", "cnn1", { a: 1, b: 2, d: 4 }],
  "cn-northwest-1": ["aws-cn", "cnnw1", { a: 1, b: 2, c: 3 }],
  "us-gov-east-1": ["aws-us-gov", "usge1", { a: 1, b: 2, c: 3 }],
  "us-gov-west-1": ["aws-us-gov", "usgw1", { a: 1, b: 2, c: 3 }],
};

/** Every region of the supported partitions, by name. */
export const regions: Readonly<Record<string, Region>> = Object.fromEntries(
  Object.entries(rows).map(([name, [partition, idPrefix, idByLetter]]) => {
    const zones = Object.entries(idByLetter).map(([letter, id]) => ({
      name: name + letter,
      id: `${idPrefix}-az${id}`,
    }));
    return [name, { partition, zones }];
  }),
);

/**
 * Zones, by id, in which EKS refuses a cluster's subnets; in Beijing's, Fargate doesn't run either.
 *
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html, eksctl `pkg/az/az.go`, and for Fargate
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate-Regions.html, read on 2026-11-22.
 */
export const zoneIdsWithoutEks: readonly string[] = ["use1-az3", "usw1-az2", "cac1-az3", "cnn1-az4"];

/**
 * Zones, by id, of the regions where ECS on Fargate runs in some zones only; elsewhere it runs in all.
 *
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AWS_Fargate-Regions.html, read in 2026.
 */
export const fargateZoneIds: Readonly<Record<string, readonly string[]>> = { "cn-north-1": ["cnn1-az1", "cnn1-az2"] };

/** Whether the region is in the table; a newer one may exist all the same. */
export function isKnownRegion(name: string): boolean {
  return Object.hasOwn(regions, name);
}

/** How many zones a platform spreads over when nobody says: enough for a majority to outlive one. */
const defaultZoneCount = 3;

/**
 * The names of the zones that a platform takes when the config names none: the first three that hold everything it
 * builds (EKS, Fargate), or two where there are no more.
 *
 * For a region that isn't in the table, its `a`, `b` and `c`.
 *
 * @throws Error for a malformed region
 */
export function defaultZones(region: string): string[] {
  return zonesOf(region)
    .filter(({ id }) => !zoneIdsWithoutEks.includes(id))
    .slice(0, defaultZoneCount)
    .map(({ name }) => name);
}

/**
 * Every zone of a region that a new account usually sees, up to six.
 *
 * For a region that isn't in the table, `a`, `b` and `c` with made-up ids.
 *
 * @throws Error for a malformed region
 */
export function zonesOf(region: string): readonly Zone[] {
  const known = Object.hasOwn(regions, region) ? regions[region] : undefined;
  if (known) {
    return known.zones;
  }
  partitionOf(region);
  return ["a", "b", "c"].map((letter, index) => ({
    name: region + letter,
    id: `${zoneIdPrefix(region)}-az${index + 1}`,
  }));
}

/** The region that a zone's name belongs to, or undefined when it has no zone's form: `ap-southeast-1a` is of `ap-southeast-1`. */
export function regionOfZone(zone: string): string | undefined {
  const region = /^(.+\d)[a-z]$/.exec(zone)?.[1];
  return region !== undefined && isRegionName(region) ? region : undefined;
}

const directions: Readonly<Record<string, string>> = {
  north: "n",
  northeast: "ne",
  northwest: "nw",
  south: "s",
  southeast: "se",
  southwest: "sw",
  east: "e",
  west: "w",
  central: "c",
};

/** What the ids of a region's zones start with, by AWS's own habit: `ap-southeast-1` has `apse1`, `us-gov-west-1` has `usgw1`. */
export function zoneIdPrefix(region: string): string {
  return region
    .split("-")
    .map((part) => directions[part] ?? (part === "gov" ? "g" : part))
    .join("");
}
