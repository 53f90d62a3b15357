import assert from "node:assert/strict";
import { nameOf, Outcome, sandbox, StackFile, StateResource } from "./sandbox";

const stack = "changes";
const zones = ["ap-southeast-1a", "ap-southeast-1b"];

describe("a change of a running network", function () {
  this.timeout(300_000);
  const file = new StackFile(stack);
  let before: Outcome;

  const run = (...args: string[]) => sandbox(...args, "--stack", stack, "--file", file.path);
  const write = (network: Record<string, unknown>, rest: Record<string, unknown> = {}) =>
    file.write({
      "aws:region": "ap-southeast-1",
      "container-platform:network": network,
      // The network alone: what a cluster makes of its changes is another matter.
      "container-platform:eks": null,
      ...rest,
    });

  beforeEach(() => {
    write({ zones });
    before = run("up", "--fresh");
    assert.ok(before.ok, before.seen.slice(-4000));
  });

  after(() => {
    run("destroy");
    file.remove();
  });

  it("a zone added creates that zone's part and touches nothing else but what lists the subnets", () => {
    write({ zones: [...zones, "ap-southeast-1c"] });
    const after = run("up");
    assert.ok(after.ok, after.seen.slice(-4000));

    const [up] = after.operations;
    assert.equal(up?.changes["replace"], undefined);
    assert.equal(up?.changes["delete"], undefined);
    assert.ok((up?.changes["create"] ?? 0) >= 4, "its four subnets at least");
    assert.deepEqual(
      idsOf(before).filter((id) => !idsOf(after).includes(id)),
      [],
    );
    const zonesOf = (outcome: Outcome) => subnets(outcome).map(({ inputs }) => inputs["availabilityZone"]);
    assert.deepEqual(new Set(zonesOf(after)), new Set([...zones, "ap-southeast-1c"]));
    const updated = changedInputs(before, after);
    assert.ok(
      updated.every((name) => name.startsWith("network-endpoint-")),
      `only endpoints list the zones' subnets: ${updated.join(", ")}`,
    );
  });

  it("a tag changed updates in place, everywhere, and replaces nothing", () => {
    write({ zones }, { "container-platform:tags": { CostCentre: "1234" } });
    const after = run("up");
    assert.ok(after.ok, after.seen.slice(-4000));

    assert.equal(after.operations[0]?.changes["replace"], undefined);
    assert.equal(after.operations[0]?.changes["create"], undefined);
    assert.deepEqual(idsOf(after), idsOf(before));
    for (const subnet of subnets(after)) {
      assert.equal((subnet.outputs["tagsAll"] as Record<string, string>)["CostCentre"], "1234", nameOf(subnet));
    }
  });

  it("another pod block replaces the pod subnets and their block, and no other subnet", () => {
    write({ zones, podCidr: "100.65.0.0/16" });
    const after = run("up");
    assert.ok(after.ok, after.seen.slice(-4000));

    const gone = resources(before).filter(({ id }) => !idsOf(after).includes(id ?? ""));
    assert.deepEqual(new Set(gone.map(({ type }) => type)), new Set(podTypes));
    assert.ok(
      gone.every((resource) => /-pod-|100\.64\./.test(nameOf(resource))),
      gone.map(nameOf).join(", "),
    );
    const pods = subnets(after).filter((subnet) => nameOf(subnet).includes("-pod-"));
    assert.deepEqual(pods.map(({ inputs }) => inputs["cidrBlock"]).sort(), ["100.65.0.0/19", "100.65.32.0/19"]);
  });

  it("no pod block any more deletes the pod subnets and their block only", () => {
    write({ zones, podCidr: null });
    const after = run("up");
    assert.ok(after.ok, after.seen.slice(-4000));
    const gone = resources(before).filter(({ id }) => !idsOf(after).includes(id ?? ""));
    assert.ok(gone.length > 0);
    assert.ok(
      gone.every((resource) => /-pod-|100\.64\./.test(nameOf(resource))),
      gone.map(nameOf).join(", "),
    );
  });

  it("from one NAT gateway to one a zone adds a gateway and keeps the first one's address", () => {
    write({ zones, nat: "single" });
    const single = run("up", "--fresh");
    assert.ok(single.ok, single.seen.slice(-4000));
    write({ zones, nat: "perZone" });
    const perZone = run("up");
    assert.ok(perZone.ok, perZone.seen.slice(-4000));
    const [address] = addresses(single);
    assert.equal(addresses(single).length, 1);
    assert.equal(addresses(perZone).length, 2);
    assert.ok(addresses(perZone).includes(address ?? "none"));
  });
});

const podTypes = [
  "aws:ec2/subnet:Subnet",
  "aws:ec2/routeTableAssociation:RouteTableAssociation",
  "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
];

function resources(outcome: Outcome): StateResource[] {
  return outcome.stateResources.filter(({ type, id }) => type.startsWith("aws:") && id);
}

function idsOf(outcome: Outcome): string[] {
  return resources(outcome)
    .map(({ id }) => id ?? "")
    .sort();
}

function subnets(outcome: Outcome): StateResource[] {
  return resources(outcome).filter(({ type }) => type === "aws:ec2/subnet:Subnet");
}

function addresses(outcome: Outcome): unknown[] {
  return resources(outcome)
    .filter(({ type }) => type === "aws:ec2/eip:Eip")
    .map(({ outputs }) => outputs["publicIp"]);
}

/** Logical names of the resources that both states have, with other inputs. */
function changedInputs(before: Outcome, after: Outcome): string[] {
  const old = new Map(resources(before).map((resource) => [resource.urn, JSON.stringify(resource.inputs)]));
  return resources(after)
    .filter(({ urn, inputs }) => old.has(urn) && old.get(urn) !== JSON.stringify(inputs))
    .map(nameOf);
}
