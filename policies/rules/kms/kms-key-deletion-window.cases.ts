import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "30 by default", props: {} },
    { name: "as the settings ask", props: { deletionWindowInDays: 7 }, settings: { minimumDays: 7 } },
  ],
  violation: [{ name: "a week", props: { deletionWindowInDays: 7 }, at: ["deletionWindowInDays"] }],
  notApplicable: "every key has a waiting period",
  unknown: [{ name: "not known yet", props: { deletionWindowInDays: UNKNOWN } }],
};
