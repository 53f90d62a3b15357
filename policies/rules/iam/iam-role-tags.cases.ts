import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "tagged", props: { tags: { Environment: "dev", Owner: "platform" } } }],
  violation: [{ name: "not tagged", props: {}, at: ["tags"] }],
  notApplicable: "every role can be tagged",
  unknown: [{ name: "not known yet", props: { tags: UNKNOWN } }],
};
