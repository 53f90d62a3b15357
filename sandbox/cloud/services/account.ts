/** Data sources about the account, its region and its partition. */
import { isKnownRegion, zonesOf } from "../../../components/aws/regions";
import { partitionOf } from "../../../components/aws/partition";
import { CloudFunction } from "../table";
import { objects, text, texts } from "../value";

export const accountFunctions: CloudFunction[] = [
  {
    token: "aws:index/getRegion:getRegion",
    run: (args, { scope, fail }) => {
      const region = text(args["name"]) ?? scope.region;
      if (!isKnownRegion(region)) fail(`finding Region using the specified name (${region}): no such region`);
      const endpoint = `ec2.${region}.${partitionOf(region).dnsSuffix}`;
      return { id: region, name: region, region, description: region, endpoint };
    },
  },
  {
    token: "aws:index/getAvailabilityZones:getAvailabilityZones",
    run: (args, { scope }) => {
      const excludedNames = texts(args["excludeNames"]);
      const excludedIds = texts(args["excludeZoneIds"]);
      const zones = zonesOf(scope.region).filter(
        ({ name, id }) =>
          !excludedNames.includes(name) &&
          !excludedIds.includes(id) &&
          objects(args["filters"]).every((filter) => passes(filter, name, id, scope.region)),
      );
      return {
        ...args,
        ...{ id: scope.region, region: scope.region, groupNames: [scope.region] },
        ...{ names: zones.map(({ name }) => name), zoneIds: zones.map(({ id }) => id) },
      };
    },
  },
  {
    token: "aws:index/getCallerIdentity:getCallerIdentity",
    run: (_args, { scope }) => ({
      ...{ accountId: scope.account, id: scope.account, userId: "AIDASANDBOX0000000000" },
      arn: `arn:${scope.partition}:iam::${scope.account}:user/sandbox`,
    }),
  },
  {
    token: "aws:index/getPartition:getPartition",
    run: (_args, { scope }) => ({
      ...{ id: scope.partition, partition: scope.partition, dnsSuffix: scope.dnsSuffix },
      reverseDnsPrefix: scope.dnsSuffix.split(".").reverse().join("."),
    }),
  },
  {
    token: "aws:index/getArn:getArn",
    run: (args, { fail }) => {
      const [, partition, service, region, account, ...resource] = String(args["arn"]).split(":");
      if (!partition || !service || resource.length === 0)
        return fail(`"arn" (${String(args["arn"])}) is an invalid ARN`);
      return { arn: args["arn"], id: args["arn"], partition, service, region, account, resource: resource.join(":") };
    },
  },
];

/** The filters that a zone can be asked by; all of a sandbox's zones are ordinary ones that need no opt-in. */
function passes(filter: Record<string, unknown>, name: string, id: string, region: string): boolean {
  const actual: Record<string, string> = {
    ...{ "zone-name": name, "zone-id": id, "region-name": region, "group-name": region },
    ...{ "opt-in-status": "opt-in-not-required", "zone-type": "availability-zone", state: "available" },
  };
  const value = actual[String(filter["name"])];
  return value !== undefined && texts(filter["values"]).includes(value);
}
