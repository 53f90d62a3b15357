import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "the largest", props: { cidrBlock: "10.0.0.0/16" } },
    { name: "the smallest", props: { cidrBlock: "10.0.0.0/28" } },
  ],
  violation: [
    { name: "too large", props: { cidrBlock: "100.64.0.0/10" }, at: ["cidrBlock"] },
    { name: "too small", props: { cidrBlock: "100.64.0.0/29" } },
    { name: "no block at all", props: { cidrBlock: "10.0.0/16" } },
  ],
  notApplicable: [{ name: "from IPAM", props: { ipv4IpamPoolId: "ipam-pool-0123456789abcdef0" } }],
  unknown: [{ name: "not known yet", props: { cidrBlock: UNKNOWN } }],
};
