import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const key = "bootstrapClusterCreatorAdminPermissions";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "off", props: { accessConfig: { authenticationMode: "API", [key]: false } } }],
  violation: [
    { name: "by default", props: { accessConfig: { authenticationMode: "API" } }, at: [`accessConfig.${key}`] },
    { name: "on", props: { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP", [key]: true } } },
  ],
  notApplicable: [{ name: "no access entries", props: { accessConfig: { authenticationMode: "CONFIG_MAP" } } }],
  unknown: [{ name: "not known yet", props: { accessConfig: { authenticationMode: "API", [key]: UNKNOWN } } }],
};
