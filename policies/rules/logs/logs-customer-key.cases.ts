import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "a key",
      props: { kmsKeyId: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
    },
    { name: "a key that is made in the same update", props: { kmsKeyId: UNKNOWN } },
  ],
  violation: [{ name: "none", props: {}, at: ["kmsKeyId"] }],
  notApplicable: "every log group has a key or has none",
  unknown: "a key that is not known yet is a key, whichever it will be",
};
