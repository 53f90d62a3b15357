import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const provider = { keyArn: "arn:aws:kms:eu-west-1:111122223333:key/0" };

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "with a key", props: { encryptionConfig: { resources: ["secrets"], provider } } }],
  violation: [
    { name: "not set", props: {}, at: ["encryptionConfig"] },
    { name: "nothing encrypted", props: { encryptionConfig: { resources: [], provider } } },
    {
      name: "no key",
      props: { encryptionConfig: { resources: ["secrets"], provider: {} } },
      at: ["encryptionConfig.provider.keyArn"],
    },
  ],
  notApplicable: "every cluster has secrets",
  unknown: [
    { name: "not known yet", props: { encryptionConfig: UNKNOWN } },
    {
      name: "key not known yet",
      props: { encryptionConfig: { resources: ["secrets"], provider: { keyArn: UNKNOWN } } },
    },
  ],
};
