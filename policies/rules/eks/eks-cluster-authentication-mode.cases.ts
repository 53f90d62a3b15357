import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "API", props: { accessConfig: { authenticationMode: "API" } } }],
  violation: [
    { name: "not set", props: {}, at: ["accessConfig.authenticationMode"] },
    { name: "both", props: { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } } },
  ],
  notApplicable: "every cluster has a mode",
  unknown: [{ name: "not known yet", props: { accessConfig: UNKNOWN } }],
};
