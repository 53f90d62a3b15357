import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "a service",
      props: {
        assumeRolePolicy: JSON.stringify({
          Statement: [{ Effect: "Allow", Principal: { Service: "eks.amazonaws.com" }, Action: "sts:AssumeRole" }],
        }),
      },
    },
    {
      name: "an organization",
      props: {
        assumeRolePolicy: {
          Statement: {
            Effect: "Allow",
            Principal: "*",
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
          },
        },
      },
    },
  ],
  violation: [
    {
      name: "anyone",
      props: {
        assumeRolePolicy: JSON.stringify({
          Statement: [{ Effect: "Allow", Principal: { AWS: ["*"] }, Action: "sts:AssumeRole" }],
        }),
      },
      at: ["assumeRolePolicy.Statement[0]"],
    },
    {
      name: "anyone, briefly",
      props: { assumeRolePolicy: { Statement: { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" } } },
    },
  ],
  notApplicable: "every role has a trust policy",
  unknown: [{ name: "not known yet", props: { assumeRolePolicy: UNKNOWN } }],
};
