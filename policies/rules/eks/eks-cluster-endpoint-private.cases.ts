import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const on = { endpointPrivateAccess: true, endpointPublicAccess: true };

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "private only", props: { vpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } } },
    { name: "public for a block", props: { vpcConfig: { ...on, publicAccessCidrs: ["203.0.113.0/24"] } } },
  ],
  violation: [
    {
      name: "nothing said",
      props: {},
      at: ["vpcConfig.endpointPrivateAccess", "vpcConfig.publicAccessCidrs"],
    },
    {
      name: "open to anywhere",
      props: { vpcConfig: { ...on, publicAccessCidrs: ["203.0.113.0/24", "0.0.0.0/0"] } },
      at: ["vpcConfig.publicAccessCidrs[1]"],
    },
    { name: "both off", props: { vpcConfig: { endpointPrivateAccess: false, endpointPublicAccess: false } } },
    {
      name: "public for a block where none may be",
      props: { vpcConfig: { ...on, publicAccessCidrs: ["203.0.113.0/24"] } },
      settings: { allowListedBlocks: false },
      at: ["vpcConfig.endpointPublicAccess"],
    },
  ],
  notApplicable: "every cluster has an endpoint",
  unknown: [{ name: "blocks not known yet", props: { vpcConfig: { ...on, publicAccessCidrs: UNKNOWN } } }],
};
