import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "attached to no user",
      type: "aws:iam/policyAttachment:PolicyAttachment",
      props: { users: [], roles: ["platform"] },
    },
  ],
  violation: [
    { name: "inline", props: { user: "ann", policy: "{}" }, at: ["user"] },
    {
      name: "attached, to a user not known yet",
      type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
      props: { user: UNKNOWN },
    },
    {
      name: "attached to many",
      type: "aws:iam/policyAttachment:PolicyAttachment",
      props: { users: ["ann"] },
      at: ["users"],
    },
  ],
  notApplicable: [
    { name: "attached to a role", type: "aws:iam/policyAttachment:PolicyAttachment", props: { roles: ["platform"] } },
  ],
  unknown: [{ name: "not known yet", type: "aws:iam/policyAttachment:PolicyAttachment", props: { users: UNKNOWN } }],
};
