import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "a group", props: { type: "STANDARD", kubernetesGroups: ["developers"] } },
    { name: "a session's name after a colon", props: { userName: "dev:{{SessionName}}" } },
  ],
  violation: [
    { name: "system:masters", props: { kubernetesGroups: ["dev", "system:masters"] }, at: ["kubernetesGroups[1]"] },
    { name: "groups of nodes", props: { type: "EC2_LINUX", kubernetesGroups: ["dev"] }, at: ["kubernetesGroups"] },
    { name: "reserved name", props: { userName: "system:anna" }, at: ["userName"] },
    { name: "a session's name alone", props: { userName: "{{SessionName}}" } },
  ],
  notApplicable: [{ name: "neither", props: { type: "STANDARD" } }],
  unknown: [{ name: "not known yet", props: { kubernetesGroups: UNKNOWN } }],
};
