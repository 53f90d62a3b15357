import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const all = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "all", props: { enabledClusterLogTypes: all } }],
  violation: [
    { name: "none", props: {}, at: ["enabledClusterLogTypes"] },
    { name: "all but one", props: { enabledClusterLogTypes: all.slice(1) } },
  ],
  notApplicable: "every cluster has a control plane",
  unknown: [{ name: "not known yet", props: { enabledClusterLogTypes: UNKNOWN } }],
};
