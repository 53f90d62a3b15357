import { strict as assert } from "node:assert";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogues } from "../../policies/catalogue";
import { complianceTable } from "../../policies/catalogue/table";
import { describeRule } from "../../policies/frame/metadata";
import { rules } from "../../policies/rules";

const root = join(__dirname, "../..");
const controls = catalogues.flatMap((catalogue) => catalogue.controls);

describe("the catalogue of controls", () => {
  it("lists each control once", () => {
    const ids = controls.map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      [],
    );
  });

  it("has a policy or a reason for every control, never both", () => {
    const answered = new Set(rules.flatMap((rule) => rule.controls));
    for (const { id, reason } of controls) {
      assert.equal(reason === undefined, answered.has(id), `${id} has ${reason ? "a policy and a reason" : "neither"}`);
    }
  });

  it("knows every control that a policy names", () => {
    const known = new Set(controls.map(({ id }) => id));
    for (const rule of rules) {
      assert.deepEqual(
        rule.controls.filter((control) => !known.has(control)),
        [],
        rule.id,
      );
    }
  });

  it("is what docs/compliance.md says (npx tsx policies/write-compliance.ts)", () => {
    assert.equal(readFileSync(join(root, "docs/compliance.md"), "utf8"), complianceTable(catalogues, rules));
  });
});

describe("a policy's metadata", () => {
  it("is complete", () => {
    for (const rule of rules) {
      for (const text of [rule.title, rule.description, rule.remediation]) {
        assert.ok(text.length > 5, rule.id);
      }
      assert.match(rule.url, /^https:\/\//);
      assert.match(rule.remediation, /\.$/);
      assert.doesNotMatch(rule.title, /\.$/);
    }
  });

  it("is mandatory for a rule of high severity and advisory for one of low", () => {
    const levels = new Map(rules.map((rule) => [rule.severity, describeRule(rule).enforcementLevel]));
    assert.deepEqual(Object.fromEntries(levels), {
      critical: "mandatory",
      high: "mandatory",
      medium: "advisory",
      low: "advisory",
    });
  });

  it("names only types that the AWS provider has", () => {
    const types = new Set(rules.flatMap((rule) => rule.types).filter((type) => type !== "*"));
    for (const type of types) {
      const [, module = ""] = type.split(":");
      const file = join(root, "node_modules/@pulumi/aws", `${module}.js`);
      assert.ok(
        existsSync(file) && readFileSync(file, "utf8").includes(`'${type}'`),
        `${type} is no type of @pulumi/aws`,
      );
    }
  });
});
