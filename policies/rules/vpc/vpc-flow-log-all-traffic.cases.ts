import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "all", props: { trafficType: "ALL" } }],
  violation: [{ name: "rejected only", props: { trafficType: "REJECT" }, at: ["trafficType"] }],
  notApplicable: [{ name: "a transit gateway's", props: { transitGatewayId: "tgw-0123456789abcdef0" } }],
  unknown: [{ name: "not known yet", props: { trafficType: UNKNOWN } }],
};
