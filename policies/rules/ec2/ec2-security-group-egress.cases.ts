import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";
import { egressRule, securityGroupRule } from "../../ec2/security-group";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "no rules", props: {} },
    {
      name: "HTTPS to anywhere",
      props: { egress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] }] },
    },
    {
      name: "everything to the VPC",
      props: { egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["10.0.0.0/16"] }] },
    },
  ],
  violation: [
    {
      name: "everything to anywhere",
      props: {
        egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] }],
      },
      at: ["egress[0].cidrBlocks[0]", "egress[0].ipv6CidrBlocks[0]"],
    },
    {
      name: "a rule of its own",
      type: egressRule,
      props: { ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" },
      at: ["cidrIpv4"],
    },
  ],
  notApplicable: [
    {
      name: "incoming traffic",
      type: securityGroupRule,
      props: { type: "ingress", protocol: "-1", cidrBlocks: ["0.0.0.0/0"] },
    },
  ],
  unknown: [{ name: "destinations not known yet", props: { egress: [{ protocol: "-1", cidrBlocks: UNKNOWN }] } }],
};
