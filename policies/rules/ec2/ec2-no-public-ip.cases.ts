import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "says nothing", props: {} },
    { name: "off", props: { networkInterfaces: [{ associatePublicIpAddress: "false" }] } },
  ],
  violation: [
    {
      name: "on",
      props: { networkInterfaces: [{ associatePublicIpAddress: "true" }] },
      at: ["networkInterfaces[0].associatePublicIpAddress"],
    },
    { name: "an instance", type: "aws:ec2/instance:Instance", props: { associatePublicIpAddress: true } },
  ],
  notApplicable: "every template and instance does or does not",
  unknown: [{ name: "not known yet", props: { networkInterfaces: UNKNOWN } }],
};
