import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/**
 * Stops the run when the account has no such zone. Zone names differ by account in some regions, so the config's check,
 * which asks nobody, can't know.
 */
export function requireZones(zones: string[], region: string, provider: aws.Provider): void {
  aws
    .getAvailabilityZonesOutput(
      { state: "available", filters: [{ name: "zone-type", values: ["availability-zone"] }] },
      { provider },
    )
    .names.apply((names) => {
      const missing = zones.filter((zone) => !names.includes(zone));
      if (missing.length > 0) {
        throw new pulumi.RunError(
          `network.zones: this account has no ${missing.join(", ")} in ${region}. Use ${names.slice(0, 6).join(", ")}.`,
        );
      }
    });
}
