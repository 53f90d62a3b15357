import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "tokens required", props: { metadataOptions: { httpTokens: "required" } } },
    { name: "no metadata at all", props: { metadataOptions: { httpEndpoint: "disabled" } } },
  ],
  violation: [
    { name: "optional", props: { metadataOptions: { httpTokens: "optional" } }, at: ["metadataOptions.httpTokens"] },
    { name: "an instance that says nothing", type: "aws:ec2/instance:Instance", props: {} },
  ],
  notApplicable: "every template and instance has a version of the metadata service",
  unknown: [{ name: "not known yet", props: { metadataOptions: UNKNOWN } }],
};
