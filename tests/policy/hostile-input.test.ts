import { strict as assert } from "node:assert";
import { join } from "node:path";
import fc from "fast-check";
import { type Cases, type ResourceCase, resourceOf, type StackCase, stackOf } from "../../policies/frame/cases";
import { judgeInStack, judgeResource, type Outcome, settingsOf } from "../../policies/frame/judge";
import type { Rule } from "../../policies/frame/rule";
import { UNKNOWN } from "../../policies/frame/value";
import { rules } from "../../policies/rules";

type Example = ResourceCase | StackCase;

/** Rules that may pass a value which is not known yet, and why. */
const mayPassUnknown: Readonly<Record<string, string>> = {
  "logs-customer-key": "whichever key it will be, it is one",
};

function examplesOf(rule: Rule): Cases<Example> {
  const service = rule.id.split("-")[0] ?? "";
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return (require(join(__dirname, "../../policies/rules", service, `${rule.id}.cases`)) as { cases: Cases<Example> })
    .cases;
}

function judge(rule: Rule, example: Example): Outcome {
  const settings = settingsOf(rule, example.settings ?? {});
  if (rule.form === "resource") {
    return judgeResource(rule, resourceOf(rule, example as ResourceCase), settings);
  }
  const { stack, subject } = stackOf(rule, example as StackCase);
  return judgeInStack(rule, subject, stack, settings);
}

const anything = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(null, true, "", "0.0.0.0/0", "::/0", "*", "-1", "[", "{}", '{"Statement":1}', UNKNOWN),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

/** Paths to everything inside a value, itself included. */
function placesIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) {
    return [path];
  }
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [path, ...keys.flatMap((key) => placesIn((value as Record<string | number, unknown>)[key], [...path, key]))];
}

function replaced(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) {
    return by;
  }
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, by);
  return copy;
}

/** The example with something else at one place of one resource's properties. */
function altered(example: Example, resource: number, place: readonly (string | number)[], by: unknown): Example {
  if (!("resources" in example)) {
    return { ...example, props: asProps(replaced(example.props, place, by)) };
  }
  const resources = example.resources.map((candidate, index) =>
    index === resource ? { ...candidate, props: asProps(replaced(candidate.props ?? {}, place, by)) } : candidate,
  );
  return { ...example, resources };
}

function asProps(value: unknown): Record<string, unknown> {
  return value as Record<string, unknown>;
}

function propsOf(example: Example): readonly unknown[] {
  return "resources" in example ? example.resources.map(({ props }) => props ?? {}) : [example.props];
}

function all(cases: Cases<Example>): Example[] {
  return [cases.pass, cases.violation, cases.notApplicable, cases.unknown].flatMap((given) =>
    typeof given === "string" ? [] : [...given],
  );
}

describe("every policy", () => {
  for (const rule of rules) {
    const cases = examplesOf(rule);

    it(`${rule.id} judges whatever its properties hold`, () => {
      fc.assert(
        fc.property(fc.constantFrom(...all(cases)), fc.nat(), fc.nat(), anything, (example, which, where, by) => {
          const all = propsOf(example);
          const resource = which % all.length;
          const places = placesIn(all[resource]);
          const hostile = altered(example, resource, places[where % places.length] ?? [], by);
          const outcome = judge(rule, hostile);
          if (outcome.kind === "failed") {
            assert.fail(outcome.error);
          }
          assert.deepEqual(judge(rule, hostile), outcome, "judges differently the second time");
        }),
        { numRuns: 150 },
      );
    });

    it(`${rule.id} judges a resource with nothing in it`, () => {
      for (const example of all(cases)) {
        propsOf(example).forEach((_, resource) => {
          const outcome = judge(rule, altered(example, resource, [], {}));
          assert.notEqual(outcome.kind, "failed");
        });
      }
    });

    if (typeof cases.violation !== "string" && !(rule.id in mayPassUnknown)) {
      const violating = cases.violation;
      it(`${rule.id} passes nothing in violation because a value is not known yet`, () => {
        for (const example of violating) {
          propsOf(example).forEach((props, resource) => {
            for (const place of placesIn(props).slice(1)) {
              const { kind } = judge(rule, altered(example, resource, place, UNKNOWN));
              assert.ok(
                kind === "violation" || kind === "unknown",
                `${example.name}: ${place.join(".")} gives ${kind}`,
              );
            }
          });
        }
      });
    }
  }
});
