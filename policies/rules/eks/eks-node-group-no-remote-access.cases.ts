import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "none", props: {} },
    { name: "from a group", props: { remoteAccess: { ec2SshKey: "key", sourceSecurityGroupIds: ["sg-1"] } } },
  ],
  violation: [
    {
      name: "a key only",
      props: { remoteAccess: { ec2SshKey: "key" } },
      at: ["remoteAccess.sourceSecurityGroupIds"],
    },
  ],
  notApplicable: "every node group is open or not",
  unknown: [{ name: "not known yet", props: { remoteAccess: UNKNOWN } }],
};
