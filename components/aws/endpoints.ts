/**
 * VPC endpoint services: what they are called in each partition, where there are none, and which of them a platform takes.
 *
 * Sources, read on 2026-11-22: names: aws-cdk `aws-ec2/lib/vpc-endpoint.ts` and
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html; EKS by region:
 * https://docs.aws.amazon.com/eks/latest/userguide/vpc-interface-endpoints.html; ELB in China:
 * https://docs.amazonaws.cn/en_us/aws/latest/userguide/elb.html; Incident Manager by region: botocore 1.44.5.
 */
import { type PartitionId, partitionOf } from "./partition";

export type EndpointType = "gateway" | "interface";

const plain = "com.amazonaws";
const chinese = "cn.com.amazonaws";

interface Missing {
  missing: string;
}

/** How the name of an interface endpoint starts by partition, or why there is none. */
type Prefixes = Readonly<Record<PartitionId, string | Missing>>;

const everywherePlain: Prefixes = { aws: plain, "aws-cn": plain, "aws-us-gov": plain };
const chineseInChina: Prefixes = { ...everywherePlain, "aws-cn": chinese };

const noIncidentManager = { missing: "Incident Manager is not offered there" };
const notEstablished = { missing: "that the service has an endpoint there is not established" };

/** Interface endpoint services that a platform can need. */
const interfaceServices = {
  "application-autoscaling": chineseInChina,
  autoscaling: chineseInChina,
  cloudformation: chineseInChina,
  "codedeploy-commands-secure": chineseInChina,
  ebs: chineseInChina,
  ec2: chineseInChina,
  // The SSM agent's older channel: newer regions have none, and agents since 3.3.40 use ssmmessages. No set takes it.
  ec2messages: everywherePlain,
  "ecr.api": chineseInChina,
  "ecr.dkr": chineseInChina,
  ecs: everywherePlain,
  "ecs-agent": everywherePlain,
  "ecs-telemetry": everywherePlain,
  eks: chineseInChina,
  // In China by aws-cdk's rule for services that it doesn't list; no account's own listing has been seen.
  "eks-auth": everywherePlain,
  elasticfilesystem: chineseInChina,
  elasticloadbalancing: { ...everywherePlain, "aws-cn": { missing: "ELB has no VPC endpoint in China" } },
  kms: everywherePlain,
  lambda: chineseInChina,
  logs: everywherePlain,
  monitoring: chineseInChina,
  "oidc-eks": { aws: plain, "aws-cn": notEstablished, "aws-us-gov": notEstablished },
  s3: chineseInChina,
  secretsmanager: everywherePlain,
  sqs: chineseInChina,
  ssm: everywherePlain,
  "ssm-contacts": { aws: plain, "aws-cn": noIncidentManager, "aws-us-gov": noIncidentManager },
  "ssm-incidents": { aws: plain, "aws-cn": noIncidentManager, "aws-us-gov": noIncidentManager },
  ssmmessages: everywherePlain,
  states: chineseInChina,
  sts: chineseInChina,
  xray: chineseInChina,
} as const satisfies Record<string, Prefixes>;

export type InterfaceService = keyof typeof interfaceServices;

const noEksEndpoint: Missing = { missing: "the EKS guide excludes the region" };

const regionsWithoutIncidentManager = [
  ...["af-south-1", "ap-east-1", "ap-east-2", "ap-northeast-3", "ap-south-2", "ap-southeast-3", "ap-southeast-4"],
  ...["ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2", "eu-south-1", "eu-south-2"],
  ...["il-central-1", "me-central-1", "me-south-1", "mx-central-1"],
];

/** Regions without an endpoint that the rest of their partition has. */
const regionsWithout: Readonly<Partial<Record<InterfaceService, Readonly<Record<string, Missing>>>>> = {
  eks: everyOne(["ap-east-2", "ap-southeast-5", "ap-southeast-7", "mx-central-1"], noEksEndpoint),
  // Of those four, the guide names ap-southeast-5 as one that has it.
  "eks-auth": everyOne(["ap-east-2", "ap-southeast-7", "mx-central-1"], notEstablished),
  "ssm-contacts": everyOne(regionsWithoutIncidentManager, noIncidentManager),
  "ssm-incidents": everyOne(regionsWithoutIncidentManager, noIncidentManager),
};

function everyOne(regions: string[], reason: Missing): Record<string, Missing> {
  return Object.fromEntries(regions.map((region) => [region, reason]));
}

/** Gateway endpoints: free, a route in route tables. Their names are plain in every partition, China included. */
const gatewayServices = ["s3", "dynamodb"] as const;

export type GatewayService = (typeof gatewayServices)[number];

/** Every service that has a name here. */
export const endpointServices: Readonly<Record<EndpointType, readonly string[]>> = {
  gateway: gatewayServices,
  interface: Object.keys(interfaceServices),
};

function isGateway(service: string): service is GatewayService {
  return gatewayServices.some((gateway) => gateway === service);
}

/** Gateway where the service has one: it costs nothing and is what a route table wants. */
function usualType(service: string): EndpointType {
  return isGateway(service) ? "gateway" : "interface";
}

function prefixOf(service: string, region: string, type: EndpointType): string | Missing {
  const { id } = partitionOf(region);
  if (type === "gateway") {
    return isGateway(service) ? plain : { missing: `only ${gatewayServices.join(" and ")} have gateway endpoints` };
  }
  if (!Object.hasOwn(interfaceServices, service)) {
    return { missing: `the platform knows no such service; it knows ${Object.keys(interfaceServices).join(", ")}` };
  }
  const known = service as InterfaceService;
  return regionsWithout[known]?.[region] ?? interfaceServices[known][id];
}

/**
 * The service name to create an endpoint with: `com.amazonaws.eu-west-1.logs`, `cn.com.amazonaws.cn-north-1.ecr.api`.
 *
 * @param service its short name: `ecr.api`
 * @param type default: gateway for s3 and dynamodb, interface for all else
 * @throws Error when the region has no such endpoint (with the reason), for an unknown service or a malformed region
 */
export function endpointServiceName(service: string, region: string, type: EndpointType = usualType(service)): string {
  const prefix = prefixOf(service, region, type);
  if (typeof prefix !== "string") {
    throw new Error(`no ${type} endpoint for ${service} in ${region}: ${prefix.missing}`);
  }
  return `${prefix}.${region}.${service}`;
}

/** Whether the region has such an endpoint, as far as the table knows. Throws for a malformed region. */
export function endpointServiceExists(
  service: string,
  region: string,
  type: EndpointType = usualType(service),
): boolean {
  return typeof prefixOf(service, region, type) === "string";
}

/** What the config's `network.endpoints` says. */
export type EndpointSetName = "gateway" | "standard" | "isolated";

/** What runs in the VPC, as far as it changes which services are called from inside it. */
export interface EndpointUses {
  /** EKS nodes and pods. */
  eks?: boolean;
  /** ECS tasks, on Fargate or on instances. */
  ecs?: boolean;
  /** Traces to X-Ray, for example by the CloudWatch add-on's Application Signals. */
  tracing?: boolean;
}

export interface EndpointSet {
  gateway: GatewayService[];
  interface: InterfaceService[];
  /** What the set would have and the region has not, with the reason. With NAT it is reached that way; without, not at all. */
  missing: { service: InterfaceService; reason: string }[];
}

interface Member {
  service: InterfaceService;
  /** Left out unless one of these runs in the VPC; without it, always in. */
  servedFor?: readonly (keyof EndpointUses)[];
}

/** What is called all the time, by every node, pod or task. */
const standard: readonly Member[] = [
  // Images: the registry's calls come here, the layers through the S3 gateway.
  { service: "ecr.api" },
  { service: "ecr.dkr" },
  { service: "logs" },
  // Credentials of pods: the first by service account tokens, the other by Pod Identity.
  { service: "sts" },
  { service: "eks-auth", servedFor: ["eks"] },
  // The VPC CNI asks here for network interfaces and addresses, nodes for their DNS name, the EBS driver for volumes.
  { service: "ec2" },
  // Session Manager on nodes and ECS Exec; sessions, secrets and volumes with a key of one's own.
  { service: "ssm" },
  { service: "ssmmessages" },
  { service: "kms" },
];

/** What is called now and then, by some controller or agent: worth an endpoint only where NAT can't serve it. */
const occasional: readonly Member[] = [
  { service: "eks", servedFor: ["eks"] },
  { service: "elasticloadbalancing", servedFor: ["eks"] },
  { service: "autoscaling", servedFor: ["eks"] },
  { service: "elasticfilesystem", servedFor: ["eks", "ecs"] },
  { service: "monitoring" },
  { service: "secretsmanager" },
  // Fargate does without these three, tasks on instances don't.
  { service: "ecs", servedFor: ["ecs"] },
  { service: "ecs-agent", servedFor: ["ecs"] },
  { service: "ecs-telemetry", servedFor: ["ecs"] },
  { service: "xray", servedFor: ["tracing"] },
];

const members: Readonly<Record<EndpointSetName, readonly Member[]>> = {
  gateway: [],
  standard,
  isolated: [...standard, ...occasional],
};

/**
 * The services of a set of endpoints, gateways and interfaces apart.
 *
 * - `gateway`: S3 and DynamoDB. Free, and image layers, most of a platform's traffic, come from S3. Everything else by NAT.
 * - `standard`: also what is called all the time, so that images, logs and credentials don't depend on NAT gateways or the
 *   internet. Nine interfaces with EKS. It has what Security Hub's EC2.10, EC2.55, EC2.56 and EC2.57 ask for; not the endpoints of
 *   EC2.58 and EC2.60, which serve Incident Manager: nothing here calls it.
 * - `isolated`: also what is called now and then, because there is no NAT. Eighteen interfaces with EKS and ECS. A service that
 *   no endpoint reaches (IAM, Shield, WAF, public registries) stays out of reach: https://docs.aws.amazon.com/eks/latest/userguide/private-clusters.html
 *
 * Each interface costs about 0.01 USD an hour in each zone, and 0.01 USD a GB (us-east-1; a NAT gateway takes 0.045 USD each):
 * `standard` in three zones about 200 USD a month, `isolated` about 400. https://aws.amazon.com/privatelink/pricing/
 *
 * @param uses what runs in the VPC; default EKS and ECS, without tracing
 * @throws Error for a malformed region
 */
export function endpointSet(
  name: EndpointSetName,
  region: string,
  uses: EndpointUses = { eks: true, ecs: true },
): EndpointSet {
  partitionOf(region);
  const set: EndpointSet = { gateway: [...gatewayServices], interface: [], missing: [] };
  const wanted = members[name].filter(({ servedFor }) => !servedFor || servedFor.some((use) => uses[use]));
  for (const { service } of wanted) {
    const prefix = prefixOf(service, region, "interface");
    if (typeof prefix === "string") {
      set.interface.push(service);
    } else {
      set.missing.push({ service, reason: prefix.missing });
    }
  }
  return set;
}
