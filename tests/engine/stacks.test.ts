import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { Operation, root, sandbox } from "./sandbox";

describe("the three stacks", function () {
  this.timeout(300_000);

  for (const stack of ["dev", "prod", "china"]) {
    it(`${stack} goes up, finds nothing to change, refreshes without drift and is gone after destroy`, () => {
      const before = gitStatus();
      const outcome = sandbox("cycle", "--stack", stack, "--fresh");
      assert.equal(outcome.error, undefined, outcome.seen.slice(-4000));
      assert.ok(outcome.ok);
      assert.equal(outcome.code, 0);

      const [up, preview, refresh, destroy] = outcome.operations as [Operation, Operation, Operation, Operation];
      assert.deepEqual(
        outcome.operations.map(({ kind }) => kind),
        ["up", "preview", "refresh", "destroy"],
      );
      assert.ok((up.changes["create"] ?? 0) > 100, "a whole network and a cluster were created");
      assert.deepEqual(Object.keys(preview.changes), ["same"]);
      assert.deepEqual(Object.keys(refresh.changes), ["same"]);
      assert.equal(destroy.changes["delete"], up.changes["create"]);
      assert.deepEqual(outcome.stateResources, []);
      for (const operation of outcome.operations) {
        assert.deepEqual(mandatoryFindings(operation), []);
      }
      assertOrder(outcome.seen);
      assert.equal(gitStatus(), before, "the repository's own files are as they were");
    });
  }

  it("china holds no ARN and no address of the global partition", () => {
    const outcome = sandbox("up", "--stack", "china", "--fresh");
    assert.ok(outcome.ok, outcome.seen.slice(-4000));
    const state = JSON.stringify(outcome.stateResources);
    assert.ok(state.includes("arn:aws-cn:"));
    assert.doesNotMatch(state, /arn:aws:/);
    // Service principals keep their name in every partition.
    assert.deepEqual(
      [...state.matchAll(/[\w.-]*amazonaws\.com(?!\.cn)/g)]
        .map(([name]) => name)
        .filter((name) => !principals.has(name)),
      [],
    );
    sandbox("destroy", "--stack", "china");
  });
});

const principals = new Set([
  "autoscaling.amazonaws.com",
  "ec2.amazonaws.com",
  "eks.amazonaws.com",
  "pods.eks.amazonaws.com",
  "vpc-flow-logs.amazonaws.com",
]);

/** Line of the engine's log at which a resource whose type and name match begins or has come to be; each line counts once. */
function linesOf(seen: string, resource: RegExp, what: "creating" | "created"): number[] {
  const lines = seen.split("\n");
  return lines.flatMap((line, i) => (resource.test(line) && line.includes(` ${what} (`) ? [i] : []));
}

/** Pods' block before the cluster, the CNI's configuration after it, every node after that. */
function assertOrder(seen: string): void {
  const once = (resource: RegExp, what: "creating" | "created") => {
    const [line, ...more] = linesOf(seen, resource, what);
    assert.ok(line !== undefined && more.length === 0, `${resource} ${what} ${more.length + 1} times`);
    return line;
  };
  const nodes = linesOf(seen, /aws:eks:NodeGroup /, "creating");
  assert.equal(nodes.length, 2);
  const order = [
    once(/VpcIpv4CidrBlockAssociation network-100\.64\.0\.0\/16 /, "created"),
    once(/aws:eks:Cluster /, "creating"),
    once(/aws:eks:Cluster /, "created"),
    once(/aws:eks:Addon node-addons-vpc-cni /, "creating"),
    once(/aws:eks:Addon node-addons-vpc-cni /, "created"),
    Math.min(...nodes),
  ];
  assert.deepEqual(
    order,
    [...order].sort((a, b) => a - b),
  );
}

function mandatoryFindings(operation: Operation): string[] {
  return operation.policies.mandatory === 0 ? [] : operation.policies.violations.map(({ policy }) => policy);
}

function gitStatus(): string {
  return execFileSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
}
