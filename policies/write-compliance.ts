// Writes docs/compliance.md: npx tsx policies/write-compliance.ts
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { catalogues } from "./catalogue";
import { complianceTable } from "./catalogue/table";
import { rules } from "./rules";

writeFileSync(join(__dirname, "../docs/compliance.md"), complianceTable(catalogues, rules));
