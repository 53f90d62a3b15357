import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "on", props: { enableKeyRotation: true } }],
  violation: [{ name: "off by default", props: {}, at: ["enableKeyRotation"] }],
  notApplicable: [{ name: "asymmetric", props: { customerMasterKeySpec: "RSA_2048" } }],
  unknown: [{ name: "not known yet", props: { enableKeyRotation: UNKNOWN } }],
};
