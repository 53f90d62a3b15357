import type { NetworkArgs } from "../../components/network/planner";

/** A network section with every default filled in, and what a test changes of it. */
export function networkArgs(changes: Partial<NetworkArgs> = {}): NetworkArgs {
  return {
    cidr: "10.20.0.0/16",
    podCidr: "100.64.0.0/16",
    additionalCidrs: [],
    cidrQuota: 5,
    zones: ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"],
    nat: "perZone",
    subnetPrefixes: {},
    endpoints: "standard",
    flowLogs: { retentionDays: 365 },
    ...changes,
  };
}
