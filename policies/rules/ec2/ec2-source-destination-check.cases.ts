import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "on by default", props: {} },
    { name: "on", type: "aws:ec2/instance:Instance", props: { sourceDestCheck: true } },
  ],
  violation: [{ name: "off", props: { sourceDestCheck: false }, at: ["sourceDestCheck"] }],
  notApplicable: "every interface either does or does not",
  unknown: [{ name: "not known yet", props: { sourceDestCheck: UNKNOWN } }],
};
