import { strict as assert } from "node:assert";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { type Cases, type ResourceCase, resourceOf, type StackCase, stackOf } from "../../policies/frame/cases";
import { judgeInStack, judgeResource, type Outcome, settingsOf } from "../../policies/frame/judge";
import type { Rule } from "../../policies/frame/rule";
import { rules } from "../../policies/rules";

const folder = join(__dirname, "../../policies/rules");
const verdicts = ["pass", "violation", "notApplicable", "unknown"] as const;

interface RuleFile {
  readonly id: string;
  readonly path: string;
}

const files: RuleFile[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((service) =>
    readdirSync(join(folder, service.name))
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".cases.ts"))
      .map((file) => ({ id: basename(file, ".ts"), path: join(folder, service.name, basename(file, ".ts")) })),
  );

describe("the pack's rules", () => {
  it("are the ones that have a file, each under its own id", () => {
    assert.deepEqual(rules.map(({ id }) => id).sort(), files.map(({ id }) => id).sort());
  });

  for (const { id, path } of files) {
    describe(id, () => {
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { rule } = require(path) as { rule: Rule };
      // eslint-disable-next-line @typescript-eslint/no-require-imports
      const { cases } = require(`${path}.cases`) as { cases: Cases<ResourceCase | StackCase> };

      it("is named after its file and the service whose folder it is in", () => {
        assert.equal(rule.id, id);
        assert.ok(path.endsWith(join(id.split("-")[0] ?? "", id)));
      });

      for (const verdict of verdicts) {
        const given = cases[verdict];
        if (typeof given === "string") {
          it(`says why it comes to no verdict of ${verdict}`, () => {
            assert.ok(given.length > 10);
          });
          continue;
        }
        it(`has a case of ${verdict}`, () => {
          assert.ok(given.length > 0);
        });
        for (const example of given) {
          it(`${verdict}: ${example.name}`, () => {
            const outcome = judge(rule, example);
            if (outcome.kind === "failed") {
              assert.fail(outcome.error);
            }
            assert.equal(outcome.kind, verdict === "pass" ? "compliant" : verdict);
            if (example.at) {
              assert.deepEqual(
                outcome.violations.map((violation) => violation.path),
                example.at,
              );
            }
          });
        }
      }
    });
  }
});

function judge(rule: Rule, example: ResourceCase | StackCase): Outcome {
  const settings = settingsOf(rule, example.settings ?? {});
  if (rule.form === "resource") {
    return judgeResource(rule, resourceOf(rule, example as ResourceCase), settings);
  }
  const { stack, subject } = stackOf(rule, example as StackCase);
  return judgeInStack(rule, subject, stack, settings);
}
