import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "one key",
      props: {
        policy: JSON.stringify({
          Statement: [
            {
              Effect: "Allow",
              Action: ["kms:Decrypt"],
              Resource: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            },
          ],
        }),
      },
    },
    {
      name: "encryption with any key",
      props: { policy: { Statement: { Effect: "Allow", Action: "kms:Encrypt", Resource: "*" } } },
    },
  ],
  violation: [
    {
      name: "decryption with any key",
      props: { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["KMS:decrypt"], Resource: "*" }] }) },
      at: ["policy.Statement[0]"],
    },
    {
      name: "by wildcard, with every key of the account",
      props: {
        policy: { Statement: { Effect: "Allow", Action: "kms:*", Resource: ["arn:aws-cn:kms:*:123456789012:key/*"] } },
      },
      at: ["policy.Statement"],
    },
    {
      name: "inline in a role",
      type: "aws:iam/role:Role",
      props: { inlinePolicies: [{ policy: '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }] },
    },
  ],
  notApplicable: "every document either does or does not",
  unknown: [
    { name: "not known yet", props: { policy: UNKNOWN } },
    {
      name: "resources not known yet",
      props: { policy: { Statement: { Effect: "Allow", Action: "kms:Decrypt", Resource: [UNKNOWN] } } },
    },
  ],
};
