import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFileSchema } from "./json-schema";
import { configReference } from "./reference";

/** Where the JSON Schema lies; the first line of each `Pulumi.<stack>.yaml` names it. */
export const schemaFile = join(__dirname, "platform.schema.json");

/** Where the page with every key lies. */
export const referenceFile = join(__dirname, "../../docs/config.md");

/** The text of the JSON Schema's file. */
export function schemaText(): string {
  return `${JSON.stringify(stackFileSchema(), null, 2)}\n`;
}

if (require.main === module) {
  writeFileSync(schemaFile, schemaText());
  writeFileSync(referenceFile, configReference());
  console.log(`Wrote ${schemaFile} and ${referenceFile}`);
}
