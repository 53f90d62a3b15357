import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "one", props: { metadataOptions: { httpPutResponseHopLimit: 1 } } },
    { name: "two where it may", props: { metadataOptions: { httpPutResponseHopLimit: 2 } }, settings: { maximum: 2 } },
  ],
  violation: [
    {
      name: "two",
      props: { metadataOptions: { httpPutResponseHopLimit: 2 } },
      at: ["metadataOptions.httpPutResponseHopLimit"],
    },
    { name: "not set", props: {} },
  ],
  notApplicable: [{ name: "metadata off", props: { metadataOptions: { httpEndpoint: "disabled" } } }],
  unknown: [{ name: "not known yet", props: { metadataOptions: { httpPutResponseHopLimit: UNKNOWN } } }],
};
