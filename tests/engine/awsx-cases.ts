/** Arguments of `awsx.ec2.Vpc` for which the stand-in must do what the real plugin does. */

const zones = (count: number): string[] => ["a", "b", "c", "d", "e", "f"].slice(0, count).map((z) => `us-east-1${z}`);

/** One block for each zone, `step` apart in the third octet. */
const blocks = (count: number, first: number, step: number, mask: number): string[] =>
  Array.from({ length: count }, (_, i) => `10.20.${first + i * step}.0/${mask}`);

const nat = { none: "None", single: "Single", perZone: "OnePerAz" };

/** What the platform's own VPC passes: explicit blocks under "Auto", with gaps between them. */
const platform = (count: number, strategy: keyof typeof nat, publicSubnets: boolean): Record<string, unknown> => ({
  cidrBlock: "10.20.0.0/16",
  availabilityZoneNames: zones(count),
  subnetStrategy: "Auto",
  subnetSpecs: [
    ...(publicSubnets
      ? [{ type: "Public", cidrBlocks: blocks(count, 0, 1, 24), tags: { "kubernetes.io/role/elb": "1" } }]
      : []),
    {
      type: "Private",
      cidrBlocks: blocks(count, 32, 32, 20),
      tags: { "kubernetes.io/role/internal-elb": "1" },
    },
  ],
  natGateways: { strategy: nat[strategy] },
  enableDnsHostnames: true,
  enableDnsSupport: true,
  tags: { Environment: "prod", Owner: "team" },
});

const three = platform(3, "perZone", true);

const exact = (publicBlocks: string[], privateBlocks: string[]): Record<string, unknown> => ({
  cidrBlock: "10.0.0.0/22",
  availabilityZoneNames: zones(2),
  subnetStrategy: "Exact",
  natGateways: { strategy: "None" },
  subnetSpecs: [
    { type: "Public", cidrBlocks: publicBlocks },
    { type: "Private", cidrBlocks: privateBlocks },
  ],
});

const endpoints = [
  { serviceName: "com.amazonaws.us-east-1.s3", tags: { For: "images" } },
  { serviceName: "com.amazonaws.us-east-1.sts", vpcEndpointType: "Interface", privateDnsEnabled: true },
];

/** Layouts that both build. */
export const layouts: Record<string, Record<string, unknown>> = {
  ...Object.fromEntries(
    [2, 3, 6].flatMap((count) => [
      ...(["none", "single", "perZone"] as const).map((strategy) => [
        `${count} zones, NAT ${strategy}`,
        platform(count, strategy, true),
      ]),
      [`${count} zones, no public subnets`, platform(count, "none", false)],
    ]),
  ),
  "several subnets of a type, named, with Unused and Isolated ones": {
    ...three,
    subnetSpecs: [
      { type: "Private", name: "node", cidrBlocks: blocks(3, 32, 32, 20) },
      { type: "Public", name: "edge", cidrBlocks: blocks(3, 0, 1, 24) },
      { type: "Private", cidrBlocks: blocks(3, 48, 32, 22) },
      { type: "Isolated", name: "db", cidrBlocks: blocks(3, 10, 1, 24), tags: { Name: "mine", Tier: "db" } },
      { type: "Unused", name: "gap", cidrBlocks: blocks(3, 20, 1, 24) },
    ],
    tags: { Name: "other" },
  },
  "Name tags after zones": { ...three, subnetNameTagStrategy: "AvailabilityZone" },
  "a region of its own": { ...platform(2, "single", true), region: "us-east-1" },
  "own elastic addresses": {
    ...platform(2, "perZone", true),
    natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["eipalloc-1", "eipalloc-2"] },
  },
  "endpoints, strategy Legacy": { ...platform(2, "none", true), vpcEndpointSpecs: endpoints },
  "endpoints, strategy Auto": {
    ...platform(2, "none", true),
    vpcEndpointStrategy: "Auto",
    vpcEndpointSpecs: endpoints,
  },
  IPv6: { ...platform(2, "none", true), assignGeneratedIpv6CidrBlock: true },
  "Exact without gaps": exact(["10.0.0.0/24", "10.0.2.0/24"], ["10.0.1.0/24", "10.0.3.0/24"]),
  "no arguments": {},
  "Auto without specs": { subnetStrategy: "Auto" },
  "Auto by masks and sizes": {
    subnetStrategy: "Auto",
    availabilityZoneNames: zones(3),
    subnetSpecs: [{ type: "Public", cidrMask: 24 }, { type: "Private", size: 4096 }, { type: "Isolated" }],
  },
  AutoMerge: {
    subnetStrategy: "AutoMerge",
    numberOfAvailabilityZones: 2,
    subnetSpecs: [
      { type: "Public", tags: { "kubernetes.io/role/elb": "1" } },
      { type: "Isolated", cidrMask: 26 },
    ],
  },
  "Legacy by masks": {
    numberOfAvailabilityZones: 2,
    subnetSpecs: [
      { type: "Public", cidrMask: 22 },
      { type: "Private", cidrMask: 20 },
      { type: "Private", name: "two", cidrMask: 21 },
      { type: "Isolated" },
    ],
  },
  "Legacy with explicit blocks, which it does not look at": {
    ...platform(2, "single", true),
    subnetStrategy: "Legacy",
  },
};

/** Layouts that both refuse. */
export const mistakes: Record<string, Record<string, unknown>> = {
  "Exact with gaps": exact(["10.0.0.0/25", "10.0.2.0/24"], ["10.0.1.0/24", "10.0.3.0/25"]),
  "subnets that overlap": {
    ...three,
    subnetSpecs: [
      { type: "Private", cidrBlocks: blocks(3, 0, 16, 20) },
      { type: "Public", cidrBlocks: blocks(3, 1, 16, 24) },
    ],
  },
  "blocks for fewer zones, a type twice, a spec without blocks": {
    ...three,
    subnetSpecs: [
      { type: "Private", cidrBlocks: blocks(2, 0, 16, 20) },
      { type: "Private", cidrBlocks: blocks(3, 0, 16, 20) },
      { type: "Public" },
    ],
  },
  "NAT without public subnets": { ...platform(3, "none", false), natGateways: { strategy: "Single" } },
  "zones by name and by number": { ...three, numberOfAvailabilityZones: 2 },
  "fewer addresses than zones": { ...three, natGateways: { strategy: "OnePerAz", elasticIpAllocationIds: ["a"] } },
  "two addresses for one NAT": { ...three, natGateways: { strategy: "Single", elasticIpAllocationIds: ["a", "b"] } },
  "addresses without NAT": { ...three, natGateways: { strategy: "None", elasticIpAllocationIds: ["a"] } },
  "more zones than the region has": { numberOfAvailabilityZones: 7 },
  "a VPC too small for the default": { subnetStrategy: "Auto", cidrBlock: "10.0.0.0/25" },
  "subnets too large for a zone": {
    subnetStrategy: "Auto",
    cidrBlock: "10.0.0.0/20",
    subnetSpecs: [
      { type: "Private", cidrMask: 20 },
      { type: "Public", cidrMask: 22 },
    ],
  },
  "AutoMerge with blocks": { ...three, subnetStrategy: "AutoMerge" },
  "a size that is none": { subnetStrategy: "Auto", subnetSpecs: [{ type: "Private", cidrMask: 20, size: 8192 }] },
};
