import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const arm = "AL2023_ARM_64_STANDARD";
const x86 = "AL2023_x86_64_STANDARD";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "Graviton", props: { amiType: arm, instanceTypes: ["m7g.large", "c7gn.xlarge", "g5g.xlarge"] } },
    { name: "Intel and AMD", props: { amiType: x86, instanceTypes: ["m7i-flex.large", "m7a.large", "g4dn.xlarge"] } },
  ],
  violation: [
    { name: "Graviton on x86", props: { amiType: x86, instanceTypes: ["m7g.large"] }, at: ["instanceTypes[0]"] },
    { name: "mixed", props: { amiType: arm, instanceTypes: ["m7g.large", "m7i.large"] }, at: ["instanceTypes[1]"] },
    { name: "mixed with an own image", props: { amiType: "CUSTOM", instanceTypes: ["m7g.large", "m7i.large"] } },
    { name: "the first Graviton", props: { amiType: arm, instanceTypes: ["a1.large"] } },
  ],
  notApplicable: [{ name: "no types", props: { amiType: arm } }],
  unknown: [{ name: "image not known yet", props: { amiType: UNKNOWN, instanceTypes: ["m7g.large"] } }],
};
