import { z } from "zod";
import { project, sections } from "./schema";
import { region } from "./schema/basics";
import { newVpcKeys } from "./schema/network";

type JsonSchema = Record<string, unknown>;

/**
 * The JSON Schema of a whole `Pulumi.<stack>.yaml`, so that editors complete and check it.
 *
 * It says what the shapes say. What needs arithmetic, the region or today's date is for `check-config`. Structured values as
 * JSON text, which the check accepts, are left out: nobody should write them by hand.
 */
export function stackFileSchema(): JsonSchema {
  const names = Object.keys(sections) as (keyof typeof sections)[];
  const own = Object.fromEntries(names.map((name) => [`${project}:${name}`, sectionSchema(sections[name])]));
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Stack config of container-platform",
    description:
      "Written by npm run schema from stacks/config/schema. What is wrong is checked by npm run check-config.",
    type: "object",
    required: ["config"],
    properties: {
      config: {
        type: "object",
        description: "What differs from the defaults; only aws:region is required.",
        required: ["aws:region"],
        properties: { "aws:region": sectionSchema(region), ...own },
        // Other namespaces are the providers'; in this one a key that isn't known is a mistake.
        patternProperties: { [`^${project}:(?!(${names.join("|")})$)`]: false },
      },
    },
  };
}

function sectionSchema(schema: z.ZodType): JsonSchema {
  const json = z.toJSONSchema(schema, {
    target: "draft-7",
    io: "input",
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema instanceof z.ZodPrefault) {
        // The default as people see it: with what it is filled up with.
        jsonSchema.default = zodSchema.parse(undefined) as never;
      }
      hoistDescription(jsonSchema);
      excludeKeysOfNewVpc(jsonSchema);
    },
  }) as JsonSchema;
  delete json["$schema"];
  return json;
}

/** Editors show the description of the property, not of the alternatives behind it. */
function hoistDescription(json: z.core.JSONSchema.BaseSchema): void {
  const described = json.anyOf?.find((option) => typeof option === "object" && option.description !== undefined);
  if (described && typeof described === "object" && json.description === undefined) {
    json.description = described.description as string;
  }
}

function excludeKeysOfNewVpc(json: z.core.JSONSchema.BaseSchema): void {
  if (json.properties && "existing" in json.properties) {
    json.if = { required: ["existing"], properties: { existing: { type: "object" } } };
    json.then = { properties: Object.fromEntries(newVpcKeys.map((key) => [key, false])) };
  }
}
