import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "off by default", props: { cidrBlock: "10.0.0.0/24" } },
    { name: "off", props: { mapPublicIpOnLaunch: false } },
  ],
  violation: [
    { name: "on", props: { mapPublicIpOnLaunch: true }, at: ["mapPublicIpOnLaunch"] },
    { name: "a default subnet, where it is on by default", type: "aws:ec2/defaultSubnet:DefaultSubnet", props: {} },
  ],
  notApplicable: "every subnet either does or does not",
  unknown: [{ name: "not known yet", props: { mapPublicIpOnLaunch: UNKNOWN } }],
};
