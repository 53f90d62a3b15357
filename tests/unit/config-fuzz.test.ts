import assert from "node:assert/strict";
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import picocolors from "picocolors";
import { parse, stringify } from "yaml";
import type { Problem } from "../../components/problem/problem";
import { checkPlatform } from "../../stacks/config/check";
import { formatProblems } from "../../stacks/config/format";
import { formatPath, isMapping, parsePath, type Path, valueAt } from "../../stacks/config/paths";
import { checkText } from "../fixtures/config/run-check";

const everyKey = readFileSync(join(__dirname, "../fixtures/config/every-key.yaml"), "utf8");
const good = (parse(everyKey) as { config: Record<string, unknown> }).config;
const context = { stack: "prod", today: "2026-11-22" };

/** Every path of a value, the mappings and lists on the way too. */
function pathsOf(value: unknown, at: Path = []): Path[] {
  const children: [string | number, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : isMapping(value)
      ? Object.entries(value)
      : [];
  return [...(at.length > 0 ? [at] : []), ...children.flatMap(([key, item]) => pathsOf(item, [...at, key]))];
}

function replaced(root: Record<string, unknown>, path: Path, value: unknown): Record<string, unknown> {
  const copy = structuredClone(root);
  const parent = valueAt(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  parent[path.at(-1)!] = value;
  return copy;
}

const paths = pathsOf(good).filter((path) => path[0] !== "aws:region");

/** What people write, and what nobody does. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom<unknown>(
    "",
    " ",
    "null",
    "[",
    "{}",
    "*",
    "10.0.0.0/8",
    "0.0.0.0/0",
    "arn:aws:iam::123456789012:root",
    "__proto__",
  ),
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    0.1,
    1e308,
    NaN,
    Infinity,
    [],
    {},
    [null],
    [[]],
    { secure: "v1:x" },
    { a: { secure: "v1:x" } },
  ),
  fc.ipV4().map((address) => `${address}/16`),
  fc.string(),
  fc.integer(),
  fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 1 })),
);

function isWhole({ path, rule, message, fix }: Problem): void {
  const shown = JSON.stringify({ path, rule, message, fix });
  assert.match(path, /\S/, shown);
  assert.match(rule, /^[A-Z]+-[A-Z0-9]+(-[A-Z]+)*$/, shown);
  assert.match(message, /\S/, shown);
  assert.match(fix, /\S/, shown);
  assert.doesNotMatch(`${message} ${fix}`, /undefined|\[object/, shown);
}

describe("whatever somebody writes into a config", () => {
  const config = fc.record({ path: fc.constantFrom(...paths), value: anything });

  it("is judged without an exception, and each problem has path, rule, message and fix", () => {
    fc.assert(
      fc.property(config, ({ path, value }) => {
        const { problems } = checkPlatform(replaced(good, path, value), context);
        problems.forEach(isWhole);
        assert.equal(typeof formatProblems("Pulumi.prod.yaml", problems, picocolors.createColors(false)), "string");
      }),
      { numRuns: 500 },
    );
  });

  it("at several places at once too", () => {
    fc.assert(
      fc.property(fc.array(config, { minLength: 2, maxLength: 6 }), (changes) => {
        const broken = changes.reduce((root, { path, value }) => {
          const parent = valueAt(root, path.slice(0, -1));
          return isMapping(parent) || Array.isArray(parent) ? replaced(root, path, value) : root;
        }, good);
        checkPlatform(broken, context).problems.forEach(isWhole);
      }),
      { numRuns: 200 },
    );
  });

  it("under any key is judged", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anything), fc.string(), anything, (keys, name, value) => {
        const raw = { ...keys, "aws:region": "eu-west-1", [`container-platform:${name}`]: value };
        checkPlatform(raw, context).problems.forEach(isWhole);
      }),
      { numRuns: 200 },
    );
  });

  it("as a region is judged", () => {
    fc.assert(
      fc.property(fc.oneof(anything, fc.stringMatching(/^[a-z]{2}-[a-z]+-\d$/)), (region) => {
        checkPlatform({ ...good, "aws:region": region }, context).problems.forEach(isWhole);
      }),
    );
  });

  it("is not changed by the check", () => {
    fc.assert(
      fc.property(config, ({ path, value }) => {
        const raw = replaced(good, path, value);
        const before = JSON.stringify(raw);
        checkPlatform(raw, context);
        assert.equal(JSON.stringify(raw), before);
      }),
      { numRuns: 200 },
    );
  });

  it("comes out the same from a file, from JSON text and from the running program", () => {
    fc.assert(
      fc.property(config, ({ path, value }) => {
        // JSON has no NaN and Infinity, and YAML reads some texts as something else: as Pulumi stores them.
        const raw = JSON.parse(JSON.stringify(replaced(good, path, value))) as Record<string, unknown>;
        const asText = Object.fromEntries(
          Object.entries(raw).map(([key, item]) => [key, typeof item === "string" ? item : JSON.stringify(item)]),
        );
        fc.pre(Object.values(raw).every((item) => typeof item === "string" || typeof item === "object"));
        fc.pre(
          !["container-platform:environment", "container-platform:owner"].some((key) => typeof raw[key] !== "string"),
        );
        const direct = checkPlatform(raw, context);
        assert.deepEqual(checkPlatform(asText, context), direct);
        const { out } = checkText(stringify({ config: raw }), { stack: "prod" });
        assert.deepEqual(
          (JSON.parse(out) as { problems: Problem[] }).problems.map(({ path: where, rule }) => `${where} ${rule}`),
          direct.problems.map(({ path: where, rule }) => `${where} ${rule}`),
        );
      }),
      { numRuns: 100 },
    );
  });
});

describe("a value that is taken out of a good config", () => {
  it("never makes a problem elsewhere, unless it is required itself", () => {
    for (const path of paths.filter((each) => typeof each.at(-1) === "string")) {
      const copy = structuredClone(good);
      const parent = valueAt(copy, path.slice(0, -1)) as Record<string, unknown>;
      Reflect.deleteProperty(parent, String(path.at(-1)));
      const where = formatPath([String(path[0]).replace("container-platform:", ""), ...path.slice(1)]);
      for (const { path: told, rule } of checkPlatform(copy, context).problems) {
        const sizes = /nodeGroups\.\w+\.(min|desired|max)$/.test(where) && rule === "NG-01";
        assert.ok(sizes || (told === where && rule === "CFG-MISSING"), `without ${where}: ${told} ${rule}`);
      }
    }
  });
});

describe("a path", () => {
  it("reads back as it was written", () => {
    const part = fc.oneof(fc.string({ minLength: 1 }), fc.nat(1000));
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]+$/).filter(Boolean), fc.array(part), (section, rest) => {
        assert.deepEqual(parsePath(formatPath([section, ...rest])), [section, ...rest]);
      }),
    );
  });
});
