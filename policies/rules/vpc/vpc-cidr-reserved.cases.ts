import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "private", props: { cidrBlock: "10.0.0.0/16" } }],
  violation: [
    { name: "link-local", props: { cidrBlock: "169.254.0.0/20" }, at: ["cidrBlock"] },
    { name: "multicast", props: { cidrBlock: "224.0.0.0/16" } },
  ],
  notApplicable: [{ name: "from IPAM", props: {} }],
  unknown: [{ name: "not known yet", props: { cidrBlock: UNKNOWN } }],
};
