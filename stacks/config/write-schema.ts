import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stackFileSchema } from "./json-schema";

/** Where the JSON Schema lies; the first line of each `Pulumi.<stack>.yaml` names it. */
export const schemaFile = join(__dirname, "platform.schema.json");

/** The text of the file. */
export function schemaText(): string {
  return `${JSON.stringify(stackFileSchema(), null, 2)}\n`;
}

if (require.main === module) {
  writeFileSync(schemaFile, schemaText());
  console.log(`Wrote ${schemaFile}`);
}
