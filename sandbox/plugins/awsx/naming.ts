/** The names that the component gives to its subnets. */
import type { SubnetSpec } from "./arguments";

export type NameTagStrategy = "Legacy" | "AvailabilityZone";

/** `us-east-1a` is `1a`, the local zone `us-west-2-lax-1a` is `2-lax-1a`; a name of another form stays whole. */
export const zoneSuffix = (zone: string): string => /^[a-z]{2}(?:-[a-z]+)+-(.*)$/.exec(zone)?.[1] ?? zone;

/**
 * A subnet's two names. The Pulumi name always ends in the zone's number, whatever the strategy, so that changing the strategy
 * renames nothing; only the `Name` tag follows it.
 */
export function subnetNames(
  vpc: string,
  spec: Pick<SubnetSpec, "name" | "type">,
  zone: string,
  zoneNumber: number,
  strategy: NameTagStrategy,
): { resourceName: string; nameTag: string } {
  const stem = `${vpc}-${spec.name ?? spec.type.toLowerCase()}`;
  return {
    resourceName: `${stem}-${zoneNumber}`,
    nameTag: `${stem}-${strategy === "AvailabilityZone" ? zoneSuffix(zone) : zoneNumber}`,
  };
}

/** Two zones of one suffix would share their tags. */
export function refuseEqualSuffixes(zones: string[]): void {
  const seen = new Map<string, string>();
  for (const zone of zones) {
    const suffix = zoneSuffix(zone);
    const other = seen.get(suffix);
    if (other !== undefined) {
      throw new Error(
        `subnetNameTagStrategy="AvailabilityZone" requires availability zones with distinct suffixes, but "${other}" and "${zone}" both reduce to "${suffix}".`,
      );
    }
    seen.set(suffix, zone);
  }
}
