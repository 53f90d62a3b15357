import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "a year", props: { retentionInDays: 365 } },
    { name: "as the settings ask", props: { retentionInDays: 90 }, settings: { minimumDays: 90 } },
  ],
  violation: [{ name: "a month", props: { retentionInDays: 30 }, at: ["retentionInDays"] }],
  notApplicable: [{ name: "for ever", props: {} }],
  unknown: [{ name: "not known yet", props: { retentionInDays: UNKNOWN } }],
};
