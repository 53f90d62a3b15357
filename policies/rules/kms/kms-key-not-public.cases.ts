import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "the account",
      props: {
        policy: JSON.stringify({
          Statement: [
            { Effect: "Allow", Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" },
          ],
        }),
      },
    },
    {
      name: "callers of the account through a service",
      props: {
        policy: {
          Statement: {
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: "kms:*",
            Condition: { StringEquals: { "kms:CallerAccount": "123456789012" } },
          },
        },
      },
    },
  ],
  violation: [
    {
      name: "anyone",
      props: {
        policy: JSON.stringify({
          Statement: [{ Effect: "Allow", Principal: "*", Action: "kms:Decrypt", Resource: "*" }],
        }),
      },
      at: ["policy.Statement[0]"],
    },
    {
      name: "anyone, in a policy of its own",
      type: "aws:kms/keyPolicy:KeyPolicy",
      props: { policy: { Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "kms:*" }] } },
    },
  ],
  notApplicable: [{ name: "the default policy", props: {} }],
  unknown: [{ name: "not known yet", props: { policy: UNKNOWN } }],
};
