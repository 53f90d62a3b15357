import assert from "node:assert/strict";
import { mend } from "../../sandbox/cli/mend";
import type { PendingOperation, StateResource } from "../../sandbox/cli/state";
import type { CloudRecord } from "../../sandbox/cloud/store";

const STACK = "urn:pulumi:dev::p::pulumi:pulumi:Stack::p-dev";
const PROVIDER = "urn:pulumi:dev::p::pulumi:providers:aws::default";
const urnOf = (type: string, name: string) => `urn:pulumi:dev::p::${type}::${name}`;
const SUBNET = "aws:ec2/subnet:Subnet";
const VPC = "aws:ec2/vpc:Vpc";

function resource(type: string, name: string, more: Partial<StateResource> = {}): StateResource {
  return { urn: urnOf(type, name), type, custom: true, parent: STACK, provider: `${PROVIDER}::1`, ...more };
}

const base: StateResource[] = [
  { urn: STACK, type: "pulumi:pulumi:Stack", custom: false },
  { urn: PROVIDER, type: "pulumi:providers:aws", custom: true, id: "1", inputs: { region: "eu-west-1" } },
  resource(VPC, "vpc", { id: "vpc-1", outputs: { arn: "arn:aws:ec2:eu-west-1:123456789012:vpc/vpc-1" } }),
];

function creating(created: StateResource): PendingOperation {
  return { type: "creating", resource: created };
}

function record(type: string, name: string, id: string, more: Partial<CloudRecord> = {}): CloudRecord {
  const where = { region: "eu-west-1", account: "123456789012", createdAt: "2026-01-01T00:00:00Z" };
  return { type, id, urn: urnOf(type, name), name, inputs: {}, outputs: {}, ...where, ...more };
}

/** What the engine checks of a state before it takes it: https://www.pulumi.com/docs/iac/concepts/state-and-backends/ */
function assertSound(resources: StateResource[]): void {
  const seen = new Set<string>();
  const alive = new Set<string>();
  for (const { urn, parent, provider, dependencies, delete: waits } of resources) {
    for (const needed of [parent, provider?.replace(/::[^:]*$/, ""), ...(dependencies ?? [])]) {
      if (needed) assert.ok(seen.has(needed), `${needed} comes before ${urn}`);
    }
    seen.add(urn);
    if (!waits) {
      assert.ok(!alive.has(urn), `${urn} is there once`);
      alive.add(urn);
    }
  }
}

function byName(resources: StateResource[], name: string): StateResource[] {
  return resources.filter(({ urn }) => urn.endsWith(`::${name}`));
}

describe("mending a state after a kill", () => {
  it("keeps a create that took effect, under the cloud's id and behind what it depends on", () => {
    const begun = resource(SUBNET, "a", { dependencies: [urnOf(VPC, "vpc")], created: "2026-01-01T00:00:00Z" });
    const dependent = resource("aws:ec2/eip:Eip", "later", { id: "eip-1" });
    const { resources, said } = mend({ resources: [...base, dependent], pending_operations: [creating(begun)] }, [
      record(SUBNET, "a", "subnet-1"),
    ]);
    assertSound(resources);
    assert.equal(byName(resources, "a")[0]?.id, "subnet-1");
    assert.deepEqual(said, ["Subnet a had been created as subnet-1: kept"]);
  });

  it("forgets a create that did not take effect", () => {
    const { resources, said } = mend({ resources: base, pending_operations: [creating(resource(SUBNET, "a"))] }, []);
    assert.deepEqual(resources, base);
    assert.deepEqual(said, ["Subnet a had not been created yet: forgotten"]);
  });

  it("lets the replaced resource wait for its deletion when its replacement was created", () => {
    const old = resource(SUBNET, "a", { id: "subnet-1" });
    const { resources } = mend({ resources: [...base, old], pending_operations: [creating(resource(SUBNET, "a"))] }, [
      record(SUBNET, "a", "subnet-2"),
    ]);
    assertSound(resources);
    assert.deepEqual(
      byName(resources, "a")
        .map(({ id, delete: waits }) => [id, waits ?? false])
        .sort(),
      [
        ["subnet-1", true],
        ["subnet-2", false],
      ],
    );
  });

  it("drops a resource that was deleted to be created anew, once it is created anew", () => {
    const old = resource(SUBNET, "a", { id: "subnet-1", pendingReplacement: true });
    const { resources } = mend({ resources: [...base, old], pending_operations: [creating(resource(SUBNET, "a"))] }, [
      record(SUBNET, "a", "subnet-2"),
    ]);
    assert.deepEqual(
      byName(resources, "a").map(({ id }) => id),
      ["subnet-2"],
    );
  });

  it("takes over an object whose answer was lost, with provider and dependencies read from its inputs", () => {
    const lost = record(SUBNET, "a", "subnet-1", { inputs: { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24" } });
    const { resources, said } = mend({ resources: base, pending_operations: [] }, [lost]);
    assertSound(resources);
    const [taken] = byName(resources, "a");
    assert.equal(taken?.id, "subnet-1");
    assert.equal(taken?.provider, `${PROVIDER}::1`);
    assert.deepEqual(taken?.dependencies, [urnOf(VPC, "vpc")]);
    assert.deepEqual(said, ["Subnet a exists as subnet-1 and its answer was lost: kept"]);
  });

  it("marks the second of two objects under one name for deletion, and keeps the one that the state knows", () => {
    const known = resource(SUBNET, "a", { id: "subnet-1" });
    const { resources } = mend({ resources: [...base, known], pending_operations: [] }, [
      record(SUBNET, "a", "subnet-2"),
    ]);
    assertSound(resources);
    assert.deepEqual(
      byName(resources, "a").map(({ id, delete: waits }) => [id, waits ?? false]),
      [
        ["subnet-1", false],
        ["subnet-2", true],
      ],
    );
  });

  it("takes the provider of the object's own region", () => {
    const china = {
      urn: urnOf("pulumi:providers:aws", "china"),
      type: "pulumi:providers:aws",
      custom: true,
      id: "2",
      inputs: { region: "cn-north-1" },
    };
    const { resources } = mend({ resources: [...base, china], pending_operations: [] }, [
      record(SUBNET, "a", "subnet-1", { region: "cn-north-1" }),
    ]);
    assert.equal(byName(resources, "a")[0]?.provider, `${china.urn}::2`);
  });

  it("leaves an object alone when the state has no provider for it, and says so", () => {
    const { resources, said } = mend({ resources: base.slice(0, 1), pending_operations: [] }, [
      record(SUBNET, "a", "subnet-1"),
    ]);
    assert.deepEqual(resources, base.slice(0, 1));
    assert.match(said.join(), /its provider is not in the state: left alone/);
  });

  it("leaves updates and deletes that were under way to the refresh", () => {
    const known = resource(SUBNET, "a", { id: "subnet-1" });
    const { resources, said } = mend(
      { resources: [...base, known], pending_operations: [{ type: "deleting", resource: known }] },
      [],
    );
    assert.deepEqual(resources, [...base, known]);
    assert.deepEqual(said, ["Subnet a was deleting when the engine ended: looked up in the cloud"]);
  });
});
