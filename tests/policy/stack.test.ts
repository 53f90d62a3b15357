import { strict as assert } from "node:assert";
import { type StackCaseResource, stackOf } from "../../policies/frame/cases";
import { stackRule } from "../../policies/frame/rule";
import type { StackResource, StackView } from "../../policies/frame/stack";
import { UNKNOWN } from "../../policies/frame/value";
import { compliant } from "../../policies/frame/verdict";

const vpc = "aws:ec2/vpc:Vpc";
const subnet = "aws:ec2/subnet:Subnet";

/** The stack of these resources and the one named `subject`. */
function look(...resources: StackCaseResource[]): { stack: StackView; subject: StackResource } {
  const rule = stackRule({
    ...{ id: "x", title: "x", severity: "low", controls: [], description: "x", remediation: "x", url: "x" },
    types: [subnet],
    judge: () => compliant,
  });
  return stackOf(rule, { name: "x", resources, on: "subject" });
}

function names(resources: readonly StackResource[]): string[] {
  return resources.map(({ name }) => name);
}

const network = { name: "network", type: vpc, props: { id: UNKNOWN } };
const subject = { name: "subject", type: subnet, props: { vpcId: UNKNOWN } };

describe("a relation", () => {
  it("is found by id before it is found by the graph", () => {
    const { stack, subject: from } = look(
      { ...network, name: "one", props: { id: "vpc-1" } },
      { ...network, name: "two", props: { id: "vpc-2" } },
      { ...subject, props: { vpcId: "vpc-2" }, refs: { vpcId: ["one", "two"] } },
    );
    assert.deepEqual(names(stack.targets(from, "vpcId", vpc).found), ["two"]);
  });

  it("is found by way of a property of the same name", () => {
    const { stack, subject: from } = look(
      network,
      { name: "association", type: "aws:ec2/x:X", props: { vpcId: UNKNOWN }, refs: { vpcId: "network" } },
      { ...subject, refs: { vpcId: "association" } },
    );
    assert.deepEqual(names(stack.targets(from, "vpcId", vpc).found), ["network"]);
  });

  it("is found below a component that has one candidate, and left open below one that has several", () => {
    const component = { name: "component", type: "awsx:ec2:Vpc" };
    const child = { ...network, parent: "component" };
    const from = { ...subject, refs: { vpcId: "component" } };
    const one = look(component, child, from);
    assert.deepEqual(names(one.stack.targets(one.subject, "vpcId", vpc).found), ["network"]);
    const two = look(component, child, { ...child, name: "second" }, from);
    assert.deepEqual(two.stack.targets(two.subject, "vpcId", vpc), { found: [], state: "unknown" });
  });

  it("tells what lies outside the stack from what is not set", () => {
    const outside = look({ ...subject, props: { vpcId: "vpc-1" } });
    assert.equal(outside.stack.targets(outside.subject, "vpcId", vpc).state, "outside");
    const none = look({ ...subject, props: {} });
    assert.equal(none.stack.targets(none.subject, "vpcId", vpc).state, "none");
  });

  it("is seen from the other side too", () => {
    const { stack } = look(network, { ...subject, refs: { vpcId: "network" } });
    const [target] = stack.ofType(vpc);
    assert.deepEqual(names(stack.referrers(target!, subnet, "vpcId")), ["subject"]);
    assert.ok(stack.isReferredTo(target!));
  });

  it("ends where parents or properties go in circles", () => {
    const { stack, subject: from } = look(
      network,
      { name: "a", type: "x:y/z:Z", parent: "b", refs: { vpcId: "b" } },
      { name: "b", type: "x:y/z:Z", parent: "a", refs: { vpcId: "a" } },
      { ...subject, parent: "a", refs: { vpcId: "a" } },
    );
    assert.deepEqual(stack.targets(from, "vpcId", vpc).state, "unknown");
    assert.equal(stack.waitsFor(from, stack.ofType(vpc)[0]!), false);
  });
});
