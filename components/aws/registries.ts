/**
 * Image registries of AWS by region, and mirrors.
 *
 * Sources: EKS: https://docs.aws.amazon.com/eks/latest/userguide/add-ons-images.html (guide of September 2026); CloudWatch agent and
 * Fluent Bit: the values of the amazon-cloudwatch-observability chart, 2026-08-07; load balancer controller: its chart 3.6.0
 * and release script, 2026-10-05.
 */
import { type PartitionId, partitionOf } from "./partition";

/** Account of the registry that holds the images of EKS and its add-ons, by region. */
const eksAccounts: Readonly<Record<string, readonly string[]>> = {
  "602401143452": [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ca-central-1",
    "sa-east-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "ap-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-southeast-1",
    "ap-southeast-2",
  ],
  "800184023465": ["ap-east-1"],
  "533267051163": ["ap-east-2"],
  "900889452093": ["ap-south-2"],
  "296578399912": ["ap-southeast-3"],
  "491585149902": ["ap-southeast-4"],
  "151610086707": ["ap-southeast-5"],
  "333609536671": ["ap-southeast-6"],
  "121268973566": ["ap-southeast-7"],
  "900612956339": ["eu-central-2"],
  "590381155156": ["eu-south-1"],
  "455263428931": ["eu-south-2"],
  "066635153087": ["il-central-1"],
  "759879836304": ["me-central-1"],
  "558608220178": ["me-south-1"],
  "761377655185": ["ca-west-1"],
  "730335286997": ["mx-central-1"],
  "918309763551": ["cn-north-1"],
  "961992271922": ["cn-northwest-1"],
  "151742754352": ["us-gov-east-1"],
  "013241004608": ["us-gov-west-1"],
  "877085696533": ["af-south-1"],
};

const eksAccountByRegion: ReadonlyMap<string, string> = new Map(
  Object.entries(eksAccounts).flatMap(([account, names]) => names.map((name) => [name, account] as const)),
);

/** Host of an ECR registry: `<account>.dkr.ecr.<region>.<suffix>`. Throws for a malformed region. */
export function ecrRegistry(account: string, region: string): string {
  return `${account}.dkr.ecr.${region}.${partitionOf(region).dnsSuffix}`;
}

/**
 * The registry that EKS and its add-ons pull from in a region, or undefined for a region that isn't in the table.
 *
 * @throws Error for a malformed region
 */
export function eksRegistry(region: string): string | undefined {
  partitionOf(region);
  const account = eksAccountByRegion.get(region);
  return account === undefined ? undefined : ecrRegistry(account, region);
}

/** Images that the platform itself runs and that don't come with an EKS add-on. */
export type PlatformImage = "cloudwatchAgent" | "fluentBit" | "loadBalancerController";

type Place = string | { account: string; repository: string } | { eks: string };

/** Where each lies by partition: a public repository, a repository in an account's regional registry, or one in EKS' own. */
const platformImages: Readonly<Record<PlatformImage, Readonly<Record<PartitionId, Place>>>> = {
  cloudwatchAgent: {
    aws: "public.ecr.aws/cloudwatch-agent/cloudwatch-agent",
    "aws-cn": { account: "934860584483", repository: "cloudwatch-agent" },
    "aws-us-gov": { account: "743662458514", repository: "cloudwatch-agent" },
  },
  fluentBit: {
    aws: "public.ecr.aws/aws-observability/aws-for-fluent-bit",
    "aws-cn": { account: "128054284489", repository: "aws-for-fluent-bit" },
    "aws-us-gov": { account: "161423150738", repository: "aws-for-fluent-bit" },
  },
  loadBalancerController: {
    aws: "public.ecr.aws/eks/aws-load-balancer-controller",
    "aws-cn": { eks: "amazon/aws-load-balancer-controller" },
    "aws-us-gov": { eks: "amazon/aws-load-balancer-controller" },
  },
};

/**
 * The repository of an image of the platform in a region, without a tag.
 *
 * @throws Error for a malformed region, or one of China or GovCloud whose EKS registry isn't known
 */
export function platformImageRepository(image: PlatformImage, region: string): string {
  const place = platformImages[image][partitionOf(region).id];
  if (typeof place === "string") {
    return place;
  }
  if ("account" in place) {
    return `${ecrRegistry(place.account, region)}/${place.repository}`;
  }
  const registry = eksRegistry(region);
  if (registry === undefined) {
    throw new Error(`the EKS image registry of ${region} is not known. Mirror ${place.eks} and name the mirror.`);
  }
  return `${registry}/${place.eks}`;
}

/** Registries that anyone may pull from, over the internet only; from China not reliably. */
export const publicRegistries: readonly string[] = [
  "public.ecr.aws",
  "docker.io",
  "ghcr.io",
  "quay.io",
  "gcr.io",
  "registry.k8s.io",
];

export interface ParsedImage {
  /** Host: `docker.io` when the reference names none. */
  registry: string;
  /** Path: `library/nginx` for Docker's own images. */
  repository: string;
  tag?: string;
  /** With its algorithm: `sha256:…`. */
  digest?: string;
}

/**
 * The parts of an image reference, with Docker's defaults filled in for the registry but not for the tag; undefined when it is none.
 *
 * Form: https://github.com/distribution/reference
 */
export function parseImage(image: string): ParsedImage | undefined {
  const [, name, tag, digest] = /^([^@\s]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(image) ?? [];
  if (name === undefined) {
    return undefined;
  }
  const [first = "", ...rest] = name.split("/");
  const namesHost = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const path = namesHost ? rest : [first, ...rest];
  if (!path.every((part) => /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/.test(part))) {
    return undefined;
  }
  const registry = namesHost ? first : "docker.io";
  const repository = registry === "docker.io" && path.length === 1 ? `library/${path.join("/")}` : path.join("/");
  return { registry, repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

/**
 * The image as a mirror serves it; the image itself when no mirror is for it.
 *
 * @param mirrors by what they stand for, a registry or the beginning of a path in it, with what takes its place:
 *   `{"public.ecr.aws": "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/ecr-public"}`. The longest that fits wins.
 */
export function mirrored(image: string, mirrors: Readonly<Record<string, string>>): string {
  const parsed = parseImage(image);
  if (!parsed) {
    return image;
  }
  const path = `${parsed.registry}/${parsed.repository}`;
  const source = Object.keys(mirrors)
    .filter((prefix) => path === prefix || path.startsWith(`${prefix}/`))
    .sort((one, other) => other.length - one.length)[0];
  if (source === undefined) {
    return image;
  }
  const version = (parsed.tag ? `:${parsed.tag}` : "") + (parsed.digest ? `@${parsed.digest}` : "");
  return `${mirrors[source]}${path.slice(source.length)}${version}`;
}
