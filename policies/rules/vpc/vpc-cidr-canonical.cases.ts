import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "first address", props: { cidrBlock: "100.64.0.0/16" } }],
  violation: [
    { name: "host bits", props: { cidrBlock: "100.64.1.5/16" }, at: ["cidrBlock"] },
    { name: "leading zeros", props: { cidrBlock: "10.010.0.0/16" } },
  ],
  notApplicable: [{ name: "from IPAM", props: {} }],
  unknown: [{ name: "not known yet", props: { cidrBlock: UNKNOWN } }],
};
