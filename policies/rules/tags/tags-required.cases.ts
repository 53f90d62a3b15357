import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "its own", props: { tags: { Environment: "dev", Owner: "platform" } } },
    {
      name: "the provider's",
      props: { tags: { Name: "a" } },
      provider: { defaultTags: '{"tags":{"Environment":"dev","Owner":"platform"}}' },
    },
    { name: "one with a value not known yet", props: { tags: { Environment: UNKNOWN, Owner: "platform" } } },
    { name: "as the settings ask", props: { tags: { CostCentre: "1" } }, settings: { requiredTags: ["CostCentre"] } },
  ],
  violation: [
    { name: "none", props: {}, at: ["tags"] },
    { name: "one of two", props: { tags: { Owner: "platform" } } },
  ],
  notApplicable: "every type that it looks at can be tagged",
  unknown: [{ name: "not known yet", props: { tags: UNKNOWN } }],
};
