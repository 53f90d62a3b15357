import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Project } from "../../sandbox/cli/project";
import { checkpointPath, restoreCheckpoint } from "../../sandbox/cli/state";

describe("a checkpoint", () => {
  const backend = mkdtempSync(join(tmpdir(), "checkpoint-"));
  const project = { backend, name: "shop", stack: "dev" } as Project;
  const path = checkpointPath(project);
  const whole = JSON.stringify({ version: 3, checkpoint: { latest: { resources: [] } } });

  beforeEach(() => {
    rmSync(dirname(path), { recursive: true, force: true });
    mkdirSync(dirname(path), { recursive: true });
  });
  after(() => rmSync(backend, { recursive: true }));

  for (const [what, left] of Object.entries({ "an empty file": "", "half of it": whole.slice(0, 20) })) {
    it(`of which a kill left ${what} is replaced by the engine's backup`, () => {
      writeFileSync(path, left);
      writeFileSync(`${path}.bak`, whole);
      assert.equal(restoreCheckpoint(project), true);
      assert.equal(readFileSync(path, "utf8"), whole);
    });
  }

  it("that is whole stays, though a backup is there", () => {
    writeFileSync(path, whole);
    writeFileSync(`${path}.bak`, "{}");
    assert.equal(restoreCheckpoint(project), false);
    assert.equal(readFileSync(path, "utf8"), whole);
  });

  it("stays as it is when its backup is no better", () => {
    writeFileSync(path, "");
    writeFileSync(`${path}.bak`, "{");
    assert.equal(restoreCheckpoint(project), false);
    assert.equal(readFileSync(path, "utf8"), "");
  });
});
