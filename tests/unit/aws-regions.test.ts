import assert from "node:assert/strict";
import { partitionOf } from "../../components/aws/partition";
import {
  defaultZones,
  fargateZoneIds,
  isKnownRegion,
  regionOfZone,
  regions,
  zoneIdPrefix,
  zoneIdsWithoutEks,
  zonesOf,
} from "../../components/aws/regions";

const everyRegion = Object.entries(regions);
const everyZoneId = everyRegion.flatMap(([, { zones }]) => zones.map(({ id }) => id));

describe("the table of regions", () => {
  it("has the 34 commercial regions, the two of China and the two of GovCloud", () => {
    const counts = new Map<string, number>();
    for (const [, { partition }] of everyRegion) {
      counts.set(partition, (counts.get(partition) ?? 0) + 1);
    }
    assert.deepEqual(Object.fromEntries(counts), { aws: 34, "aws-cn": 2, "aws-us-gov": 2 });
  });

  it("puts each region in the partition that its name tells", () => {
    for (const [name, { partition }] of everyRegion) {
      assert.equal(partitionOf(name).id, partition, name);
    }
  });

  it("has two to six zones a region, named after it and in order", () => {
    for (const [name, { zones }] of everyRegion) {
      assert.ok(zones.length >= 2 && zones.length <= 6, `${name} has ${zones.length} zones`);
      const names = zones.map((zone) => zone.name);
      assert.deepEqual(names, [...names].sort());
      assert.deepEqual(
        names.map((zone) => regionOfZone(zone)),
        names.map(() => name),
      );
    }
  });

  it("has zone ids that start as AWS's do for the region, none twice", () => {
    for (const [name, { zones }] of everyRegion) {
      for (const { id } of zones) {
        assert.match(id, new RegExp(`^${zoneIdPrefix(name)}-az[1-6]$`));
      }
    }
    assert.equal(new Set(everyZoneId).size, everyZoneId.length);
  });

  it("has the zones that Fargate is limited to", () => {
    for (const [region, ids] of Object.entries(fargateZoneIds)) {
      for (const id of ids) {
        assert.ok(
          zonesOf(region).some((zone) => zone.id === id),
          `${id} is not of ${region}`,
        );
      }
    }
  });

  it("names a zone without EKS only where a region of the table has that prefix", () => {
    const prefixes = everyRegion.map(([name]) => zoneIdPrefix(name));
    for (const id of zoneIdsWithoutEks) {
      assert.ok(prefixes.includes(id.split("-az")[0] ?? ""), id);
    }
  });
});

describe("default zones", () => {
  const defaults: [string, string[]][] = [
    ["ap-southeast-1", ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"]],
    ["ap-northeast-1", ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"]],
    ["ca-central-1", ["ca-central-1a", "ca-central-1b", "ca-central-1d"]],
    ["us-east-1", ["us-east-1a", "us-east-1b", "us-east-1c"]],
    ["us-west-1", ["us-west-1a", "us-west-1b"]],
    ["cn-north-1", ["cn-north-1a", "cn-north-1b"]],
    ["cn-northwest-1", ["cn-northwest-1a", "cn-northwest-1b", "cn-northwest-1c"]],
    ["us-gov-west-1", ["us-gov-west-1a", "us-gov-west-1b", "us-gov-west-1c"]],
  ];
  for (const [region, zones] of defaults) {
    it(`of ${region} are ${zones.join(", ")}`, () => {
      assert.deepEqual(defaultZones(region), zones);
    });
  }

  it("are two or three in every known region, none of which refuses EKS or Fargate", () => {
    for (const [region] of everyRegion) {
      const names = defaultZones(region);
      assert.ok(names.length === 2 || names.length === 3, `${region}: ${names.join(", ")}`);
      for (const zone of zonesOf(region).filter(({ name }) => names.includes(name))) {
        assert.ok(!zoneIdsWithoutEks.includes(zone.id), zone.id);
        assert.ok(fargateZoneIds[region]?.includes(zone.id) ?? true, zone.id);
      }
    }
  });

  it("of a region newer than the table are its a, b and c", () => {
    assert.equal(isKnownRegion("sa-west-1"), false);
    assert.deepEqual(defaultZones("sa-west-1"), ["sa-west-1a", "sa-west-1b", "sa-west-1c"]);
    assert.deepEqual(
      zonesOf("sa-west-1").map(({ id }) => id),
      ["saw1-az1", "saw1-az2", "saw1-az3"],
    );
  });

  it("are refused for a malformed region", () => {
    assert.throws(() => defaultZones("eu-west-1a"), /is not the name of a region/);
    assert.throws(() => zonesOf("constructor"), /is not the name of a region/);
  });
});

describe("names of zones", () => {
  it("tell their region", () => {
    assert.equal(regionOfZone("us-gov-east-1b"), "us-gov-east-1");
    assert.equal(regionOfZone("cn-north-1d"), "cn-north-1");
  });

  for (const text of ["apse1-az1", "ap-southeast-1", "ap-southeast-1ab", "us-east-1-bos-1a", "1a", ""]) {
    it(`don't include ${JSON.stringify(text)}`, () => {
      assert.equal(regionOfZone(text), undefined);
    });
  }

  it("known regions are those of the table, not properties of objects", () => {
    assert.equal(isKnownRegion("eu-west-1"), true);
    assert.equal(isKnownRegion("toString"), false);
  });
});
