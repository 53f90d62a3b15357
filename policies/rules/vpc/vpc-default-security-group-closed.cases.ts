import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "no rules", props: { vpcId: UNKNOWN, ingress: [], egress: [] } }],
  violation: [
    {
      name: "members may talk to each other",
      props: { ingress: [{ protocol: "-1", self: true }] },
      at: ["ingress[0]"],
    },
    {
      name: "open egress, ingress not known yet",
      props: { ingress: UNKNOWN, egress: [{ protocol: "-1", cidrBlocks: ["0.0.0.0/0"] }] },
      at: ["egress[0]"],
    },
  ],
  notApplicable: "every default security group has rules or has none",
  unknown: [{ name: "rules not known yet", props: { egress: UNKNOWN } }],
};
