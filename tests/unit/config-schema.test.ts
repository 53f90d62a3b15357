import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { parse } from "yaml";
import { z } from "zod";
import { checkPlatform } from "../../stacks/config/check";
import { sections } from "../../stacks/config/schema";
import { configReference } from "../../stacks/config/reference";
import { referenceFile, schemaFile, schemaText } from "../../stacks/config/write-schema";

const root = join(__dirname, "..", "..");
const stackFiles = readdirSync(root).filter((name) => /^Pulumi\..+\.yaml$/.test(name));

describe("the JSON Schema of stack files", () => {
  // zod writes the pattern of an address beside its format, which ajv doesn't know by itself.
  const ajv = new Ajv({ strict: true, allErrors: true, formats: { ipv4: true } });
  const validate = ajv.compile(JSON.parse(schemaText()) as object);
  const errors = (text: string) => {
    validate(parse(text));
    return (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`);
  };
  const errorsOf = (config: Record<string, unknown>) =>
    errors(JSON.stringify({ config: { "aws:region": "eu-west-1", ...config } }));

  it("is the one that the zod schema makes now: npm run schema writes it", () => {
    assert.equal(readFileSync(schemaFile, "utf8"), schemaText());
  });

  it("the page with every key is the one that the schema gives", () => {
    assert.equal(readFileSync(referenceFile, "utf8"), configReference());
  });

  it("is named by the first line of every stack file", () => {
    assert.deepEqual(stackFiles, ["Pulumi.china.yaml", "Pulumi.dev.yaml", "Pulumi.prod.yaml"]);
    for (const file of stackFiles) {
      const [first] = readFileSync(join(root, file), "utf8").split("\n");
      assert.equal(first, "# yaml-language-server: $schema=./stacks/config/platform.schema.json");
    }
  });

  for (const file of [...stackFiles, "tests/fixtures/config/every-key.yaml"]) {
    it(`takes ${file}`, () => assert.deepEqual(errors(readFileSync(join(root, file), "utf8")), []));
  }

  it("takes other namespaces and what Pulumi itself writes", () => {
    assert.deepEqual(
      errors("encryptionsalt: v1:x\nconfig:\n  aws:region: eu-west-1\n  datadog:apiKey: {secure: v1:y}\n"),
      [],
    );
  });

  it("takes null where the check does", () => {
    const config = {
      "container-platform:eks": null,
      "container-platform:ecs": null,
      "container-platform:network": { podCidr: null },
    };
    assert.deepEqual(errorsOf(config), []);
  });

  const network = "/config/container-platform:network";
  const existing = {
    vpcId: "vpc-0123456789abcdef0",
    cidrs: ["10.30.0.0/16"],
    privateSubnets: [{ id: "subnet-0123456789abcdef0", cidr: "10.30.0.0/20", zone: "eu-west-1a" }],
  };
  const bad: [name: string, config: Record<string, unknown>, expected: string][] = [
    ["an unknown section", { "container-platform:netwrok": {} }, "/config/container-platform:netwrok false schema"],
    ["an unknown key", { "container-platform:network": { natt: 1 } }, `${network} additionalProperties`],
    [
      "a word that isn't one of the choices",
      { "container-platform:network": { nat: "perzone" } },
      `${network}/nat enum`,
    ],
    ["a wrong type", { "container-platform:eks": { version: 1.36 } }, "/config/container-platform:eks/version type"],
    [
      "a prefix that AWS doesn't have",
      { "container-platform:network": { subnetPrefixes: { pod: 29 } } },
      `${network}/subnetPrefixes/pod maximum`,
    ],
    ["what is no block", { "container-platform:network": { cidr: "10.0.0.0" } }, `${network}/cidr pattern`],
    [
      "a missing key",
      { "container-platform:workloads": { shop: {} } },
      "/config/container-platform:workloads/shop required",
    ],
    [
      "a bad name",
      { "container-platform:workloads": { Shop: { image: "nginx" } } },
      "/config/container-platform:workloads propertyNames",
    ],
    [
      "a new VPC's keys beside existing",
      { "container-platform:network": { existing, nat: "none" } },
      `${network}/nat false schema`,
    ],
  ];
  for (const [name, config, expected] of bad) {
    it(`refuses ${name}`, () => {
      const found = errorsOf(config);
      assert.ok(found.includes(expected), `${expected} is not among ${found.join(", ")}`);
    });
    it(`refuses ${name} as the check does`, () => {
      assert.notDeepEqual(checkPlatform({ "aws:region": "eu-west-1", ...config }, { stack: "test" }).problems, []);
    });
  }

  it("refuses a file without a region", () => assert.deepEqual(errors("config: {}"), ["/config required"]));

  describe("says of every key", () => {
    const keys = [...walk(z.strictObject(sections), [])];

    it("what it means", () => {
      assert.ok(keys.length > 100);
      for (const { path, schema } of keys) {
        assert.match(descriptionOf(schema), /^[A-Z].*\.$/s, path.join("."));
      }
    });

    it("its default, or that it is required", () => {
      for (const { path, schema, property } of keys.filter((key) => key.property)) {
        const plain = schema instanceof z.ZodPrefault && inner(schema) instanceof z.ZodObject;
        const required = !schema.safeParse(undefined).success;
        const says = descriptionOf(schema);
        assert.ok(
          plain || property !== required || /Required\.$/.test(says),
          `${path.join(".")} doesn't say that it is required`,
        );
        assert.ok(plain || required || /[Dd]efault/.test(says), `${path.join(".")} doesn't say its default: ${says}`);
      }
    });

    it("an example that is right", () => {
      for (const { path, schema } of keys) {
        const example = (inner(schema).meta()?.examples as unknown[] | undefined)?.[0];
        if (example !== undefined && !String(JSON.stringify(example)).includes("…")) {
          assert.equal(schema.safeParse(example).success, true, `${path.join(".")}: ${JSON.stringify(example)}`);
        }
      }
    });
  });
});

interface Key {
  path: string[];
  schema: z.ZodType;
  /** A key of a mapping with fixed keys, which a person may leave out if there is a default. */
  property: boolean;
}

/** Every schema below this one, with where it is. */
function* walk(schema: z.ZodType, path: string[], property = false): Generator<Key> {
  if (path.length > 0) {
    yield { path, schema, property };
  }
  const core = inner(schema);
  if (core instanceof z.ZodObject) {
    for (const [key, value] of Object.entries(core.shape)) {
      yield* walk(value as z.ZodType, [...path, key], true);
    }
  } else if (core instanceof z.ZodArray) {
    yield* walk(core.element as z.ZodType, [...path, "[]"]);
  } else if (core instanceof z.ZodRecord) {
    yield* walk(core.valueType as z.ZodType, [...path, "*"]);
  }
}

function inner(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
    ? inner(schema.unwrap() as z.ZodType)
    : schema;
}

function descriptionOf(schema: z.ZodType): string {
  return schema.meta()?.description ?? inner(schema).meta()?.description ?? "";
}
