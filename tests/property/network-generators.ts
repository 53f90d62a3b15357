import fc from "fast-check";
import { blockAt, formatBlock } from "../../components/network/cidr";
import type { NetworkArgs } from "../../components/network/planner";

const letters = ["a", "b", "c", "d", "e", "f"] as const;

/** Two to six zones of one region in any order. */
export const zones = fc
  .shuffledSubarray([...letters], { minLength: 2 })
  .map((some) => some.map((letter) => `us-east-1${letter}`));

const prefix = fc.integer({ min: 16, max: 28 });

/** A canonical block of one of the ranges. */
function blockIn(ranges: readonly [base: number, prefix: number][]): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...ranges), fc.nat(2 ** 24), prefix)
    .map(([[base, whole], offset, size]) => formatBlock(blockAt(base + (offset % 2 ** (32 - whole)), size)));
}

const ten: [number, number] = [10 * 2 ** 24, 8];
const oneSevenTwo: [number, number] = [172 * 2 ** 24 + 16 * 2 ** 16, 12];
const oneNineTwo: [number, number] = [192 * 2 ** 24 + 168 * 2 ** 16, 16];
const sharedSpace: [number, number] = [100 * 2 ** 24 + 64 * 2 ** 16, 10];

export const privateBlock = blockIn([ten, oneSevenTwo, oneNineTwo, sharedSpace]);
export const sharedBlock = blockIn([sharedSpace]);

/** A text in a block's place: sensible, nearly so, or nonsense. */
export const anyText = fc.oneof(
  { weight: 4, arbitrary: privateBlock },
  fc
    .tuple(fc.nat(300), fc.nat(300), fc.nat(300), fc.nat(300), fc.nat(34))
    .map(([a, b, c, d, size]) => `${a}.${b}.${c}.${d}/${size}`),
  fc.constantFrom(
    "10.0.0.0/15",
    "172.17.0.0/16",
    "169.254.0.0/16",
    "0.0.0.0/0",
    "010.0.0.0/16",
    "10.0.0.0/16 ",
    "::/0",
  ),
  fc.string(),
);

export const ownPrefixes = fc.record(
  { public: prefix, private: prefix, loadBalancer: prefix, pod: prefix },
  { requiredKeys: [], noNullPrototype: true },
);

const switches = fc.constantFrom<Pick<NetworkArgs, "nat" | "endpoints">>(
  { nat: "perZone", endpoints: "standard" },
  { nat: "single", endpoints: "gateway" },
  { nat: "none", endpoints: "isolated" },
);

function network(parts: {
  cidr: fc.Arbitrary<string>;
  podCidr: fc.Arbitrary<string | null>;
  additionalCidrs: fc.Arbitrary<string[]>;
  cidrQuota?: fc.Arbitrary<number>;
  zones?: fc.Arbitrary<string[]>;
  subnetPrefixes?: fc.Arbitrary<NetworkArgs["subnetPrefixes"]>;
  switches?: fc.Arbitrary<Pick<NetworkArgs, "nat" | "endpoints">>;
}): fc.Arbitrary<NetworkArgs> {
  return fc
    .record({
      cidr: parts.cidr,
      podCidr: parts.podCidr,
      additionalCidrs: parts.additionalCidrs,
      cidrQuota: parts.cidrQuota ?? fc.constant(50),
      zones: parts.zones ?? zones,
      subnetPrefixes: parts.subnetPrefixes ?? fc.oneof(fc.constant({}), ownPrefixes),
      switches: parts.switches ?? switches,
    })
    .map(({ switches: chosen, ...rest }) => ({ ...rest, ...chosen, flowLogs: { retentionDays: 365 } }));
}

/** Blocks that are canonical and mostly go together; they, the zones and the sizes may still not fit. */
export const plausible = network({
  cidr: privateBlock,
  podCidr: fc.option(sharedBlock, { freq: 3 }),
  additionalCidrs: fc.array(fc.oneof(privateBlock, sharedBlock), { maxLength: 3 }),
});

/** Blocks with room for six zones at the sizes that follow from them. */
export const roomy = network({
  cidr: fc.constantFrom("10.20.0.0/16", "10.20.128.0/17", "10.20.64.0/20", "172.16.8.0/23", "192.168.0.0/16"),
  podCidr: fc.constantFrom("100.64.0.0/16", "100.64.128.0/20", "100.64.1.0/24", null),
  additionalCidrs: fc.constantFrom([], ["100.65.0.0/16"], ["100.65.0.0/16", "203.0.113.0/24"]),
  subnetPrefixes: fc.constant({}),
});

/** Anything at all of the right type. */
export const anything = network({
  cidr: anyText,
  podCidr: fc.option(anyText, { freq: 3 }),
  additionalCidrs: fc.array(anyText, { maxLength: 6 }),
  cidrQuota: fc.oneof(fc.constant(5), fc.integer(), fc.double()),
  zones: fc.oneof(zones, fc.array(fc.oneof(fc.string(), fc.constantFrom("us-east-1a", "us-west-2a", "use1-az1")))),
  subnetPrefixes: fc.record(
    { public: fc.double(), private: fc.integer(), loadBalancer: prefix, pod: fc.oneof(prefix, fc.double()) },
    { requiredKeys: [], noNullPrototype: true },
  ),
  switches: fc.record({
    nat: fc.constantFrom<NetworkArgs["nat"]>("none", "single", "perZone"),
    endpoints: fc.constantFrom<NetworkArgs["endpoints"]>("gateway", "standard", "isolated"),
  }),
});
