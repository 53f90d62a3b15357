import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Runner } from "./runner-session";

describe("recovery", function () {
  this.timeout(300_000);
  let runner: Runner;
  beforeEach(() => (runner = new Runner("network")));
  afterEach(() => runner.remove());

  /** The next up must do without help, and leave exactly what the program asks for. */
  async function assertWhole(resources: number): Promise<string[]> {
    const next = await runner.run("up");
    assert.equal(next.json.error, undefined, next.stderr.slice(-3000));
    assert.deepEqual(runner.disagreements(), []);
    assert.equal(next.json.resources, resources);
    const still = await runner.run("preview");
    assert.deepEqual(Object.keys(still.json.operations[0]?.changes ?? {}), ["same"]);
    assert.deepEqual(runner.leftRunning(), []);
    return next.json.recovered ?? [];
  }

  /** Stack, component, VPC, gateway, table, route, log group, and a subnet with its association each. */
  const resourcesFor = (subnets: number) => 7 + 2 * subnets;

  it("keeps what was created when the engine is killed between a create and its answer", async () => {
    const killed = await runner.run("up", "--fault", "kill:Subnet:3");
    assert.equal(killed.code, 1);
    assert.match(killed.json.error ?? "", /the engine was killed in the middle of it; the next run picks up/);
    const recovered = await assertWhole(resourcesFor(6));
    assert.ok(
      recovered.some((line) => /^Subnet subnet-\d had been created as subnet-[0-9a-f]+: kept$/.test(line)),
      recovered.join("\n"),
    );
  });

  it("finishes a replacement that a kill interrupted, and deletes what it replaced", async () => {
    await runner.run("up");
    const before = runner.cloud().filter(({ name }) => name.startsWith("subnet-"));
    runner.configure({ generation: 1 });
    await runner.run("up", "--fault", "kill:Subnet:2");
    await assertWhole(resourcesFor(6));
    const now = runner.cloud().map(({ id }) => id);
    assert.ok(before.every(({ id }) => !now.includes(id)));
  });

  it("takes over a created object whose answer never came", async () => {
    const failed = await runner.run("up", "--fault", "lost:LogGroup");
    assert.equal(failed.code, 1);
    await assertWhole(resourcesFor(6));
  });

  it("keeps the state in files that are written whole or not at all", async () => {
    await runner.run("up");
    const files = readdirSync(join(runner.home, "backend"), { recursive: true, encoding: "utf8" });
    assert.ok(files.some((file) => file.endsWith(`${runner.stack}.json`)));
    assert.deepEqual(
      files.filter((file) => file.endsWith(".attrs")),
      [],
      "the file backend writes its sidecars in place",
    );
  });

  for (const victim of ["the engine", "the simulated cloud"]) {
    it(`brings state and cloud together after ${victim} was killed`, async () => {
      const run = runner.start("up");
      await runner.until(run, /Subnet subnet-\d creating/);
      runner.kill(victim);
      const { code, json } = await run.done;
      assert.equal(code, 1);
      assert.equal(json.ok, false);
      await assertWhole(resourcesFor(6));
    });
  }

  it("ends what a killed run left running, and goes on from what that run had done", async () => {
    const run = runner.start("up");
    await runner.until(run, /Subnet subnet-\d creating/);
    run.child.kill("SIGKILL");
    await run.done;
    await assertWhole(resourcesFor(6));
  });

  it("completes a destroy that was killed", async () => {
    await runner.run("up");
    const run = runner.start("destroy");
    await runner.until(run, /deleted/);
    runner.kill("the engine");
    await run.done;
    const next = await runner.run("destroy");
    assert.equal(next.json.error, undefined, next.stderr.slice(-3000));
    assert.equal(next.json.resources, 0);
    assert.deepEqual(runner.cloud(), []);
  });

  it("starts over with --fresh whatever state a kill left", async () => {
    await runner.run("up", "--fault", "kill:Subnet:1");
    const next = await runner.run("up", "--fresh");
    assert.equal(next.json.error, undefined, next.stderr.slice(-3000));
    assert.equal(next.json.recovered, undefined);
    assert.deepEqual(runner.disagreements(), []);
  });
});
