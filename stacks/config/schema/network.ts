import { z } from "zod";
import { block, choice, described, list, retention, section, whole } from "./shapes";

const prefix = (what: string, says: string, example: number) =>
  whole(16, 28, {
    says: `Prefix length of each zone's ${what} subnet, 16 to 28. Default: derived from the block. ${says}`,
    example,
    rule: "VPC-01",
    message: "is not a subnet's prefix length: AWS takes /16 to /28",
  }).optional();

const subnetPrefixes = section(
  {
    public: prefix("public", "Holds NAT gateways and internet-facing load balancers.", 24),
    private: prefix("private", "Holds nodes, ECS tasks, interface endpoints; pods too when podCidr is null.", 20),
    loadBalancer: prefix(
      "load balancer",
      "Holds internal load balancers and nothing else, so fixed addresses stay free.",
      27,
    ),
    pod: prefix("pod", "Holds pods; lies in podCidr.", 18),
  },
  { says: "Sizes of the subnets, the same in every zone. Default: derived from the blocks.", example: { private: 20 } },
).prefault({});

const subnetId = described(z.string().regex(/^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/), {
  says: "Id of the subnet. Required.",
  example: "subnet-0123456789abcdef0",
  message: "is not the id of a subnet",
});

const givenSubnet = section(
  {
    id: subnetId,
    cidr: block({ says: "Its IPv4 block. Required.", example: "10.30.0.0/20" }),
    zone: described(z.string(), { says: "Name of its availability zone. Required.", example: "ap-southeast-1a" }),
  },
  {
    says: "A subnet that exists.",
    example: { id: "subnet-0123456789abcdef0", cidr: "10.30.0.0/20", zone: "ap-southeast-1a" },
  },
);

const givenSubnets = (says: string) => list(givenSubnet, { says }).default([]);

const existing = section(
  {
    vpcId: described(z.string().regex(/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/), {
      says: "Id of the VPC. Required.",
      example: "vpc-0123456789abcdef0",
      message: "is not the id of a VPC",
    }),
    cidrs: described(z.array(block({ says: "An IPv4 block of the VPC.", example: "10.30.0.0/16" })).min(1), {
      says: "Every IPv4 block of the VPC, the primary one first. Required.",
      example: ["10.30.0.0/16"],
      message: "must name at least the VPC's primary block",
    }),
    privateSubnets: described(z.array(givenSubnet).min(1), {
      says: "Subnets for nodes and tasks, with a route out but none in. Required.",
      example: [{ id: "subnet-0123456789abcdef0", cidr: "10.30.0.0/20", zone: "ap-southeast-1a" }],
      message: "must have at least one subnet: nodes and tasks run there",
    }),
    publicSubnets: givenSubnets("Subnets with a route to an internet gateway. Default none."),
    loadBalancerSubnets: givenSubnets("Subnets for internal load balancers only. Default none."),
    podSubnets: givenSubnets("Subnets for pods. Default none: pods share the private subnets."),
  },
  {
    says: "A VPC that exists, in place of cidr to subnetPrefixes. Nothing of it is changed. Default null.",
    example: {
      vpcId: "vpc-0123456789abcdef0",
      cidrs: ["10.30.0.0/16"],
      privateSubnets: [
        { id: "subnet-0123456789abcdef0", cidr: "10.30.0.0/20", zone: "ap-southeast-1a" },
        { id: "subnet-0123456789abcdef1", cidr: "10.30.16.0/20", zone: "ap-southeast-1b" },
      ],
    },
  },
);

/** Keys that describe a new VPC and mean nothing beside `existing`. */
export const newVpcKeys = [
  "cidr",
  "podCidr",
  "additionalCidrs",
  "cidrQuota",
  "zones",
  "nat",
  "subnetPrefixes",
] as const;

export const network = section(
  {
    cidr: block({
      says: "Primary IPv4 block of the VPC, /16 to /28. Default 10.0.0.0/16.",
      example: "10.20.0.0/16",
    }).default("10.0.0.0/16"),
    podCidr: block({
      says: "Secondary block for pods, /16 to /28; null = pods share the private subnets. Default 100.64.0.0/16.",
      example: "100.64.0.0/16",
    })
      .nullable()
      .default("100.64.0.0/16"),
    additionalCidrs: list(block({ says: "A secondary block that pods don't use.", example: "10.21.0.0/16" }), {
      says: "Further secondary blocks, not used for pods. Default none.",
    }).default([]),
    cidrQuota: whole(1, 50, {
      says: "The account's quota of IPv4 blocks a VPC, the primary one included, 1 to 50. Default 5.",
      example: 5,
      rule: "VPC-05",
      message: "is not a quota of IPv4 blocks: AWS grants 5, and up to 50 on request",
    }).default(5),
    zones: described(z.array(described(z.string(), { says: "Name of a zone.", example: "ap-southeast-1a" })).min(1), {
      says: "Names of the availability zones; add new ones at the end of the list. Default: the region's first three (two where it has no more).",
      example: ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"],
      message: "must name at least one zone",
    }).optional(),
    nat: choice(["none", "single", "perZone"], {
      says:
        "NAT gateways: none, one for the VPC (costs least, all egress is lost with its zone), or one a zone. " +
        "Default perZone.",
      example: "perZone",
    }).default("perZone"),
    subnetPrefixes,
    endpoints: choice(["gateway", "standard", "isolated"], {
      says:
        "VPC endpoints: gateway = S3 and DynamoDB, which cost nothing; standard = also what every node needs; " +
        "isolated = everything that works without NAT (needs nat: none). Default standard.",
      example: "standard",
    }).default("standard"),
    flowLogs: section(
      { retentionDays: retention("flow logs") },
      { says: "Flow logs of the VPC, to CloudWatch Logs.", example: { retentionDays: 365 } },
    ).prefault({}),
    existing: existing.nullable().default(null),
  },
  { says: "The VPC, its blocks, subnets, NAT gateways and endpoints.", example: { cidr: "10.20.0.0/16" } },
);
