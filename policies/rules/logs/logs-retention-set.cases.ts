import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "set", props: { retentionInDays: 30 } }],
  violation: [
    { name: "not set", props: {}, at: ["retentionInDays"] },
    { name: "for ever", props: { retentionInDays: 0 } },
  ],
  notApplicable: "every log group has a retention or keeps logs for ever",
  unknown: [{ name: "not known yet", props: { retentionInDays: UNKNOWN } }],
};
