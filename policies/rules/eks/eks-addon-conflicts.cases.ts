import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "overwrites", props: { resolveConflictsOnUpdate: "OVERWRITE" } }],
  violation: [
    { name: "not set", props: {}, at: ["resolveConflictsOnUpdate"] },
    { name: "preserves", props: { resolveConflictsOnUpdate: "PRESERVE" } },
  ],
  notApplicable: "every add-on is updated",
  unknown: [{ name: "not known yet", props: { resolveConflictsOnUpdate: UNKNOWN } }],
};
