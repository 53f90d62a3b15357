import { regionOfZone, zonesOf } from "../../../components/aws/regions";
import type { Problem } from "../../../components/problem/problem";
import { formatPath, type Path, valueAt } from "../paths";
import { newVpcKeys } from "../schema/network";
import type { Scope } from "./scope";

const subnetLists = ["privateSubnets", "publicSubnets", "loadBalancerSubnets", "podSubnets"] as const;

/** What the planners can't judge: zones against the region, keys that exclude each other, a subnet used twice. */
export function networkRules(scope: Scope): Problem[] {
  return [...exclusiveKeys(scope), ...zoneRules(scope), ...subnetRoles(scope)];
}

function exclusiveKeys({ config: { network }, readings: { network: reading } }: Scope): Problem[] {
  if (!network?.existing) {
    return [];
  }
  return newVpcKeys
    .filter((key) => reading.wrote(key))
    .map((key) => ({
      path: `network.${key}`,
      value: valueAt(reading.value, [key]),
      rule: "CFG-VALUE",
      message: "describes a VPC to be made, and network.existing names one that exists",
      fix: `remove ${key}, or remove existing`,
    }));
}

function zoneRules({ config: { network, region } }: Scope): Problem[] {
  if (!network?.existing) {
    return (network?.zones ?? []).flatMap((zone, i) => foreignZone(["network", "zones", i], zone, region));
  }
  const { existing } = network;
  return subnetLists.flatMap((list) =>
    existing[list].flatMap(({ zone }, i) => foreignZone(["network", "existing", list, i, "zone"], zone, region)),
  );
}

function foreignZone(path: Path, zone: string, region: string): Problem[] {
  // What isn't a zone's name at all is the planner's to say.
  const home = regionOfZone(zone);
  if (home === undefined || home === region) {
    return [];
  }
  const here = zonesOf(region).map(({ name }) => name);
  const same = here.find((name) => name.at(-1) === zone.at(-1)) ?? here[0];
  return [
    {
      path: formatPath(path),
      value: zone,
      rule: "CFG-ZONE",
      message: `is a zone of ${home}, and the stack is in ${region}`,
      fix: `use ${same}; the zones of ${region} are usually ${here.join(", ")}`,
    },
  ];
}

/** PRV-02 as far as a config shows it: what is listed as public has a route to the internet. */
function subnetRoles({ config: { network } }: Scope): Problem[] {
  const existing = network?.existing;
  if (!existing) {
    return [];
  }
  return (["privateSubnets", "podSubnets", "loadBalancerSubnets"] as const).flatMap((list) =>
    existing[list].flatMap(({ id }, i): Problem[] => {
      const publicAt = existing.publicSubnets.findIndex((subnet) => subnet.id === id);
      return publicAt < 0
        ? []
        : [
            {
              path: formatPath(["network", "existing", list, i, "id"]),
              value: id,
              rule: "PRV-02",
              message: `is also listed as public (network.existing.publicSubnets[${publicAt}]): it can't be both`,
              fix: `remove it from publicSubnets, or give ${list} a subnet without a route to an internet gateway`,
            },
          ];
    }),
  );
}
