import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "elsewhere", props: { cidrBlock: "172.16.0.0/16" } }],
  violation: [{ name: "within it", props: { cidrBlock: "172.17.128.0/20" }, at: ["cidrBlock"] }],
  notApplicable: [{ name: "from IPAM", props: {} }],
  unknown: [{ name: "not known yet", props: { cidrBlock: UNKNOWN } }],
};
