import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "encrypted", props: { blockDeviceMappings: [{ ebs: { encrypted: "true" } }] } }],
  violation: [
    {
      name: "one of two is not",
      props: { blockDeviceMappings: [{ ebs: { encrypted: "true" } }, { ebs: { volumeSize: 20 } }] },
      at: ["blockDeviceMappings[1].ebs.encrypted"],
    },
  ],
  notApplicable: [
    { name: "no volumes", props: {} },
    { name: "an instance store", props: { blockDeviceMappings: [{ virtualName: "ephemeral0" }] } },
  ],
  unknown: [{ name: "not known yet", props: { blockDeviceMappings: [{ ebs: { encrypted: UNKNOWN } }] } }],
};
