import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "named actions",
      props: { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "*" }] }) },
    },
    { name: "everything denied", props: { policy: { Statement: { Effect: "Deny", Action: "*", Resource: "*" } } } },
    { name: "a role without inline policies", type: "aws:iam/role:Role", props: { assumeRolePolicy: "{}" } },
  ],
  violation: [
    {
      name: "as an administrator",
      props: { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }) },
      at: ["policy.Statement[0]"],
    },
    {
      name: "one statement that is no list, among lists",
      props: { policy: { Statement: { Effect: "Allow", Action: ["*"], Resource: ["*"] } } },
      at: ["policy.Statement"],
    },
    {
      name: "inline in a role, next to a document not known yet",
      type: "aws:iam/role:Role",
      props: {
        inlinePolicies: [
          { policy: UNKNOWN },
          { policy: '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' },
        ],
      },
      at: ["inlinePolicies[1].policy.Statement[0]"],
    },
  ],
  notApplicable: "every document either does or does not",
  unknown: [{ name: "not known yet", props: { policy: UNKNOWN } }],
};
