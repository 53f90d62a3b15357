import assert from "node:assert/strict";
import { check, type CheckOutput, told } from "../fixtures/config/run-check";

function expectOnly(output: CheckOutput, where: string, fix: RegExp): void {
  assert.deepEqual(told(output), [where]);
  assert.match(output.problems[0]!.fix, fix);
}

describe("a VPC that exists", () => {
  const subnet = (n: number, zone: string, cidr: string) => ({
    id: `subnet-0123456789abcdef${n}`,
    cidr,
    zone: `ap-southeast-1${zone}`,
  });
  const existing = {
    vpcId: "vpc-0123456789abcdef0",
    cidrs: ["10.30.0.0/16"],
    privateSubnets: [subnet(0, "a", "10.30.0.0/20"), subnet(1, "b", "10.30.16.0/20")],
  };

  it("is planned with: its subnets are listed with what is free", () => {
    const output = check({ network: { existing } });
    assert.deepEqual(output.problems, []);
    assert.deepEqual(
      output.plan.subnets.map(({ class: subnetClass, cidr }) => `${subnetClass} ${cidr}`),
      ["private 10.30.0.0/20", "private 10.30.16.0/20"],
    );
  });

  for (const [key, value] of Object.entries({
    cidr: "10.0.0.0/16",
    podCidr: null,
    additionalCidrs: [],
    cidrQuota: 5,
    zones: ["ap-southeast-1a", "ap-southeast-1b"],
    nat: "none",
    subnetPrefixes: {},
  })) {
    it(`excludes ${key}`, () => {
      expectOnly(check({ network: { existing, [key]: value } }), `network.${key} CFG-VALUE`, /remove existing/);
    });
  }

  it("keeps endpoints and flowLogs", () => {
    const network = { existing, endpoints: "gateway", flowLogs: { retentionDays: 30 } };
    assert.deepEqual(check({ network }).problems, []);
  });

  it("may be null", () => assert.deepEqual(check({ network: { existing: null, cidr: "10.9.0.0/16" } }).problems, []));

  it("has its zones in the stack's region (CFG-ZONE)", () => {
    const privateSubnets = existing.privateSubnets.map((each) => ({
      ...each,
      zone: each.zone.replace("ap-southeast-1", "eu-west-1"),
    }));
    assert.deepEqual(told(check({ network: { existing: { ...existing, privateSubnets } } })), [
      "network.existing.privateSubnets[0].zone CFG-ZONE",
      "network.existing.privateSubnets[1].zone CFG-ZONE",
    ]);
  });

  it("has no subnet that is private and public (PRV-02)", () => {
    const network = { existing: { ...existing, publicSubnets: [existing.privateSubnets[0]] } };
    expectOnly(check({ network }), "network.existing.privateSubnets[0].id PRV-02", /remove it from publicSubnets/);
  });

  it("has ids in AWS's form", () => {
    expectOnly(
      check({ network: { existing: { ...existing, vpcId: "my-vpc" } } }),
      "network.existing.vpcId CFG-VALUE",
      /vpc-/,
    );
  });

  it("keeps the services' block apart from its blocks (CNI-14)", () => {
    const output = check({
      network: { existing: { ...existing, cidrs: ["10.30.0.0/16", "100.64.0.0/16"] } },
      eks: { serviceCidr: "10.30.128.0/20" },
    });
    expectOnly(output, "eks.serviceCidr CNI-14", /172\.20\.0\.0\/16/);
  });
});
