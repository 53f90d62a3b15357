import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "Amazon Linux 2023", props: { amiType: "AL2023_ARM_64_STANDARD" } },
    { name: "Bottlerocket", props: { amiType: "BOTTLEROCKET_x86_64" } },
  ],
  violation: [{ name: "Amazon Linux 2", props: { amiType: "AL2_ARM_64" }, at: ["amiType"] }],
  notApplicable: [{ name: "an image of the template", props: { amiType: "CUSTOM" } }],
  unknown: [{ name: "not known yet", props: { amiType: UNKNOWN } }],
};
