import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const launchTemplate = { id: "lt-1", version: "1" };

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "only a template", props: { launchTemplate, instanceTypes: ["m7g.large"] } },
    { name: "only a size", props: { diskSize: 50 } },
  ],
  violation: [
    { name: "a size too", props: { launchTemplate, diskSize: 50 }, at: ["diskSize"] },
    { name: "a key too", props: { launchTemplate, remoteAccess: { ec2SshKey: "key" } }, at: ["remoteAccess"] },
    { name: "21 types", props: { instanceTypes: Array.from({ length: 21 }, () => "m7g.large") } },
  ],
  notApplicable: "every node group has a template or none",
  unknown: [{ name: "size not known yet", props: { launchTemplate, diskSize: UNKNOWN } }],
};
