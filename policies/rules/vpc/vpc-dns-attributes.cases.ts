import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "both on", props: { enableDnsHostnames: true } }],
  violation: [
    { name: "host names off by default", props: {}, at: ["enableDnsHostnames"] },
    {
      name: "both off",
      props: { enableDnsSupport: false, enableDnsHostnames: false },
      at: ["enableDnsSupport", "enableDnsHostnames"],
    },
  ],
  notApplicable: "every VPC has both attributes",
  unknown: [{ name: "not known yet", props: { enableDnsHostnames: UNKNOWN } }],
};
