/** Where NAT gateways go, and which combinations the component refuses. */
import * as pulumi from "@pulumi/pulumi";
import type { PlacedSubnet } from "./layout";

export type NatStrategy = "none" | "single" | "oneperaz";

/** The strategy in lower case. Throws for another one, and for elastic addresses whose number does not suit it. */
export function natStrategy(given: string, addresses: pulumi.Input<string>[], zoneCount: number): NatStrategy {
  const strategy = given.toLowerCase();
  switch (strategy) {
    case "none":
      if (addresses.length > 0) {
        throw new Error(`Elastic IP allocation IDs cannot be specified when NAT Gateway strategy is '${given}'.`);
      }
      return strategy;
    case "single":
      if (addresses.length > 1) {
        throw new Error(`Exactly one Elastic IP may be specified when NAT Gateway strategy is '${given}'.`);
      }
      return strategy;
    case "oneperaz":
      if (addresses.length > 0 && addresses.length !== zoneCount) {
        throw new Error(
          `The number of Elastic IPs, if specified, must match the number of availability zones for the VPC (${zoneCount}) when NAT Gateway strategy is '${given}'`,
        );
      }
      return strategy;
    default:
      throw new Error(`Unknown NatGatewayStrategy '${given}'`);
  }
}

/** A NAT gateway needs a public subnet to stand in and a subnet to serve. */
export function refuseIdleNat(strategy: NatStrategy, subnets: PlacedSubnet[]): void {
  const hasHost = subnets.some(({ type }) => type === "Public");
  const hasClient = subnets.some(({ type }) => type === "Private" || type === "Isolated");
  if (strategy === "none" || (hasHost && hasClient)) return;
  throw new Error(
    "If NAT Gateway strategy is 'OnePerAz' or 'Single', public subnets must be declared to host the NAT Gateway resource, along with private or isolated subnets to route through it.",
  );
}

/** Whether the next public subnet, in the zone of this index, gets a gateway: one in all, or the first of each zone. */
export const natDue = (strategy: NatStrategy, existing: number, zoneIndex: number): boolean =>
  existing < { none: 0, single: 1, oneperaz: zoneIndex + 1 }[strategy];
