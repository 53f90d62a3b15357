/**
 * VPC endpoint services: what they are called in each partition, and which of them a platform takes.
 *
 * Source of the names: aws-cdk `aws-ec2/lib/vpc-endpoint.ts`, read on 2026-11-22, and the services' own pages below
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html;
 * ELB in China: https://docs.amazonaws.cn/en_us/aws/latest/userguide/elb.html
 */
import { type PartitionId, partitionOf } from "./partition";

export type EndpointType = "gateway" | "interface";

const plain = "com.amazonaws";
const chinese = "cn.com.amazonaws";

/** How the name of an interface endpoint starts by partition, or why there is none. */
type Prefixes = Readonly<Record<PartitionId, string | { missing: string }>>;

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

function prefixOf(service: string, region: string, type: EndpointType): string | { missing: string } {
  const { id } = partitionOf(region);
  if (type === "gateway") {
    return isGateway(service) ? plain : { missing: `only ${gatewayServices.join(" and ")} have gateway endpoints` };
  }
  if (!Object.hasOwn(interfaceServices, service)) {
    return { missing: `the platform knows no such service; it knows ${Object.keys(interfaceServices).join(", ")}` };
  }
  return interfaceServices[service as InterfaceService][id];
}

/**
 * The service name to create an endpoint with: `com.amazonaws.eu-west-1.logs`, `cn.com.amazonaws.cn-north-1.ecr.api`.
 *
 * @param service its short name: `ecr.api`
 * @param type default: gateway for s3 and dynamodb, interface for all else
 * @throws Error when the partition has no such endpoint (with the reason), for an unknown service or a malformed region
 */
export function endpointServiceName(service: string, region: string, type: EndpointType = usualType(service)): string {
  const prefix = prefixOf(service, region, type);
  if (typeof prefix !== "string") {
    throw new Error(`no ${type} endpoint for ${service} in ${region}: ${prefix.missing}`);
  }
  return `${prefix}.${region}.${service}`;
}

/** Whether the partition of the region has such an endpoint. */
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
}

export interface EndpointSet {
  gateway: GatewayService[];
  interface: InterfaceService[];
  /** What the set would have and the region's partition has not, with the reason. */
  missing: { service: InterfaceService; reason: string }[];
}

interface Member {
  service: InterfaceService;
  /** Left out when none of these runs in the VPC; without it, always in. */
  servedFor?: (keyof EndpointUses)[];
}

const standard: Member[] = [
  // Images: layers come through the S3 gateway, the two registry calls through these.
  { service: "ecr.api" },
  { service: "ecr.dkr" },
  // Logs of containers, and nodes' and tasks' credentials.
  { service: "logs" },
  { service: "sts" },
  { service: "eks-auth", servedFor: ["eks"] },
  // The VPC CNI asks for interfaces and addresses here, the EBS driver for volumes.
  { service: "ec2" },
  // Session Manager on nodes and ECS Exec, both also with a key.
  { service: "ssm" },
  { service: "ssmmessages" },
  { service: "kms" },
];

const isolatedOnly: Member[] = [
  { service: "eks", servedFor: ["eks"] },
  { service: "elasticloadbalancing", servedFor: ["eks"] },
  { service: "autoscaling", servedFor: ["eks"] },
  { service: "elasticfilesystem" },
  { service: "monitoring" },
  { service: "secretsmanager" },
  { service: "ecs", servedFor: ["ecs"] },
  { service: "ecs-agent", servedFor: ["ecs"] },
  { service: "ecs-telemetry", servedFor: ["ecs"] },
];

const members: Readonly<Record<EndpointSetName, readonly Member[]>> = {
  gateway: [],
  standard,
  isolated: [...standard, ...isolatedOnly],
};

/**
 * The services of a set of endpoints, gateways and interfaces apart.
 *
 * - `gateway`: S3 and DynamoDB. Free.
 * - `standard`: also what nodes, pods and tasks call all the time, so that images, logs and credentials don't pass a NAT gateway.
 * - `isolated`: also what they call now and then: without NAT there is no other way.
 *
 * @param uses what runs in the VPC; default everything
 * @throws Error for a malformed region
 */
export function endpointSet(
  name: EndpointSetName,
  region: string,
  uses: EndpointUses = { eks: true, ecs: true },
): EndpointSet {
  const set: EndpointSet = { gateway: [...gatewayServices], interface: [], missing: [] };
  for (const { service, servedFor } of members[name]) {
    if (servedFor && !servedFor.some((use) => uses[use])) {
      continue;
    }
    const prefix = prefixOf(service, region, "interface");
    if (typeof prefix === "string") {
      set.interface.push(service);
    } else {
      set.missing.push({ service, reason: prefix.missing });
    }
  }
  return set;
}
