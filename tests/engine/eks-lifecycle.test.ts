/** The stand-in for eks over the simulated cloud, on the engine: a cluster's life. */
import assert from "node:assert/strict";
import { nameOf, type Outcome, sandbox, StackFile, type StateResource } from "./sandbox";

describe("a cluster's life in the sandbox", function () {
  this.timeout(300_000);
  const file = new StackFile("eks-lifecycle");
  const common = [
    "--stack",
    "eks-lifecycle",
    "--file",
    file.path,
    "--program",
    "tests/engine/eks-program",
    "--no-policies",
  ];
  const configured = (config: Record<string, string> = {}) =>
    file.write({
      "aws:region": "ap-southeast-1",
      ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`eks-program:${key}`, value])),
    });
  const run = (...args: string[]): Outcome => {
    const outcome = sandbox(...args, ...common);
    assert.ok(outcome.ok, outcome.seen.slice(-4000));
    return outcome;
  };
  const changes = ({ operations }: Outcome) =>
    operations.map(({ changes }) => Object.fromEntries(Object.entries(changes).filter(([kind]) => kind !== "same")));
  const groupOf = ({ stateResources }: Outcome): StateResource | undefined =>
    stateResources.find(({ type }) => type === "aws:eks/nodeGroup:NodeGroup");

  before(() => {
    configured();
    run("up", "--fresh");
  });
  after(() => file.remove());

  it("finds nothing to change in a second preview: the kubeconfig is the same", () => {
    assert.deepEqual(changes(run("preview")), [{}]);
  });

  it("finds no drift in a refresh: what AWS fills in is none", () => {
    assert.deepEqual(changes(run("refresh")), [{}]);
    assert.deepEqual(changes(run("preview")), [{}]);
  });

  it("previews a changed launch template with the node group that follows it", () => {
    configured({ hops: "2" });
    assert.deepEqual(changes(run("preview")), [{ update: 2 }]);
    assert.deepEqual(changes(run("up")), [{ update: 2 }]);
  });

  it("scales a node group as one update", () => {
    configured({ hops: "2", desired: "6" });
    assert.deepEqual(changes(run("preview")), [{ update: 1 }]);
    assert.deepEqual(changes(run("up")), [{ update: 1 }]);
  });

  it("replaces a node group for another instance type, the new one first", () => {
    const before = groupOf(run("preview"));
    configured({ hops: "2", desired: "6", type: "m7g.xlarge" });
    const preview = run("preview");
    assert.deepEqual(changes(preview), [{ replace: 1 }]);
    assert.match(preview.seen, /create replacement[\s\S]*delete original/);
    const after = groupOf(run("up"));
    assert.equal(nameOf(after!), "workers");
    assert.notEqual(after!.id, before!.id);
  });

  it("takes the next Kubernetes version for the control plane alone", () => {
    configured({ hops: "2", desired: "6", type: "m7g.xlarge", version: "1.36" });
    assert.deepEqual(changes(run("up")), [{ update: 1 }]);
  });

  it("is destroyed whole, log group and all", () => {
    const outcome = run("destroy");
    assert.equal(outcome.resources, 0);
    assert.ok(outcome.operations[0]?.changes["delete"]);
  });
});
