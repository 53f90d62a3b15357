import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "ingress blocked", props: { internetGatewayBlockMode: "block-ingress" } }],
  violation: [{ name: "off", props: { internetGatewayBlockMode: "off" }, at: ["internetGatewayBlockMode"] }],
  notApplicable: "the resource is nothing but this switch",
  unknown: [{ name: "not known yet", props: { internetGatewayBlockMode: UNKNOWN } }],
};
