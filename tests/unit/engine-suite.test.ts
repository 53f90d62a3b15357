import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ROOT = resolve(__dirname, "../..");

/** Runs `npm test -- <file>` on a test file with this content, without npm. */
function suite(content: string): { code: number | null; lastLine: string; seen: string } {
  const folder = mkdtempSync(join(tmpdir(), "suite-"));
  const file = join(folder, "some.test.ts");
  writeFileSync(file, content);
  const run = spawnSync(process.execPath, ["sandbox/setup/run.mjs", "test", file], {
    cwd: ROOT,
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true });
  return { code: run.status, lastLine: run.stdout.trimEnd().split("\n").at(-1) ?? "", seen: run.stderr };
}

describe("npm test", function () {
  this.timeout(60_000);

  it("ends with the count alone on the last line, and exits with 0 when nothing failed", () => {
    const { code, lastLine } = suite('it("a", () => undefined); it("b", () => undefined);');
    assert.equal(lastLine, "2 passed, 0 failed");
    assert.equal(code, 0);
  });

  it("counts and shows failures, and exits with 1", () => {
    const { code, lastLine, seen } = suite(
      'it("a", () => undefined); it("breaks", () => { throw new Error("so it is"); });',
    );
    assert.equal(lastLine, "1 passed, 1 failed");
    assert.equal(code, 1);
    assert.match(seen, /✘ breaks[^]*so it is/);
  });

  it("names what was skipped", () => {
    assert.equal(suite('it("a", () => undefined); it("later");').lastLine, "1 passed, 0 failed, 1 skipped");
  });

  it("fails when a test file can't be loaded", () => {
    const { code, lastLine, seen } = suite('throw new Error("no such luck");');
    assert.equal(lastLine, "0 passed, 1 failed");
    assert.equal(code, 1);
    assert.match(seen, /no such luck/);
  });

  it("fails when a test ends the process", () => {
    const { code, lastLine } = suite('it("a", () => undefined); it("b", () => process.exit(0));');
    assert.equal(lastLine, "1 passed, 1 failed");
    assert.equal(code, 1);
  });

  it("fails when there was nothing to run", () => {
    assert.equal(suite("").code, 1);
  });

  it("says what there is when asked for something that is not there", () => {
    const args = ["sandbox/setup/run.mjs", "test", "nonsense"];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
    assert.equal(status, 2);
    assert.match(stderr, /"nonsense" is neither a test file nor one of unit, property, policy, engine/);
  });
});
