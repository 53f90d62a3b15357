/** The checks on `subnetSpecs` that come before any address is given out. */
import type { SubnetSpec, SubnetStrategy } from "./arguments";
import { parseBlock, sizeOf } from "./block";

/** Subnet sizes that the plugin takes: /0 to /30. */
const sizes = Array.from({ length: 31 }, (_, mask) => sizeOf(mask));

const sameTypeRule = (type: string): string =>
  `Multiple subnet specs of type "${type}" require unique names. ` +
  'You can have at most one unnamed subnet per type. All other subnets of the same type must have unique "name" properties to avoid duplicate resource names.';

/**
 * The specs with `cidrMask` and `size` brought to agreement, or undefined when none are given. Throws one error with everything
 * that is wrong with them.
 */
export function normalizeSpecs(
  specs: SubnetSpec[] | undefined,
  strategy: SubnetStrategy,
  zoneCount: number,
): SubnetSpec[] | undefined {
  if (specs === undefined) return undefined;
  if (strategy === "AutoMerge" && specs.some((spec) => spec.cidrBlocks !== undefined)) {
    throw new Error(
      'subnetStrategy="AutoMerge" does not support subnetSpecs with explicit cidrBlocks. Use subnetStrategy="Auto" or "Exact" to fully specify the subnet layout.',
    );
  }
  const issues = [...sharedNames(specs), ...unknownSizes(specs)];
  let normalized = specs;
  if (specs.some((spec) => spec.cidrBlocks !== undefined)) {
    issues.push(...specs.flatMap((spec, i) => explicitIssue(spec, i, zoneCount) ?? []));
  } else {
    normalized = specs.map((spec) => {
      const cidrMask = spec.cidrMask ?? (spec.size ? sizes.indexOf(spec.size) : undefined);
      const size = cidrMask ? sizes[cidrMask] : undefined;
      if (spec.size !== undefined && size !== undefined && size !== spec.size) {
        issues.push(`Subnet size ${spec.size} does not match the expected size for a /${cidrMask} subnet (${size}).`);
      }
      return { ...spec, cidrMask, size };
    });
  }
  if (issues.length > 0) throw new Error(`Invalid subnet specifications:\n - ${issues.join("\n - ")}`);
  return normalized;
}

function sharedNames(specs: SubnetSpec[]): string[] {
  const types = new Set(specs.map((spec) => spec.type.toLowerCase()));
  return [...types]
    .filter((type) => {
      const names = specs.filter((spec) => spec.type.toLowerCase() === type).map((spec) => spec.name);
      return new Set(names).size < names.length;
    })
    .map(sameTypeRule);
}

function unknownSizes(specs: SubnetSpec[]): string[] {
  const wrong = specs.flatMap(({ size }) => (size !== undefined && !sizes.includes(size) ? [size] : []));
  return wrong.length > 0
    ? [`The following subnet sizes are invalid: ${wrong.join(", ")}. Valid sizes are: ${sizes.join(", ")}.`]
    : [];
}

function explicitIssue(spec: SubnetSpec, index: number, zoneCount: number): string | undefined {
  const { cidrBlocks, cidrMask, size } = spec;
  if (cidrBlocks === undefined) {
    return "If any subnet spec has explicit cidrBlocks, all subnets must have explicit cidrBlocks.";
  }
  if (cidrBlocks.length !== zoneCount) {
    return `The number of CIDR blocks in subnetSpecs[${index}] must match the number of availability zones (${zoneCount}).`;
  }
  const masks = cidrBlocks.map((text) => parseBlock(text).mask);
  if (cidrMask !== undefined && masks.some((mask) => mask !== cidrMask)) {
    return `The cidrMask in subnetSpecs[${index}] must match all cidrBlocks or be left undefined.`;
  }
  if (size !== undefined && masks.some((mask) => sizeOf(mask) !== size)) {
    return `The size in subnetSpecs[${index}] must match all cidrBlocks or be left undefined.`;
  }
  return undefined;
}

/** "AutoMerge": the default private and public subnets, changed by the unnamed specs of their type; the other specs after them. */
export function mergeWithDefaults(specs: SubnetSpec[], defaults: SubnetSpec[]): SubnetSpec[] {
  const changesDefault = (spec: SubnetSpec): boolean =>
    spec.name === undefined && defaults.some(({ type }) => type === spec.type);
  return [
    // A spec without a mask takes the default's mask away as well: its subnet gets an equal share of the zone.
    ...defaults.map((one) => ({ ...one, ...specs.find((spec) => changesDefault(spec) && spec.type === one.type) })),
    ...specs.filter((spec) => !changesDefault(spec)),
  ];
}
