import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";
import { egressRule, ingressRule, securityGroupRule } from "../../ec2/security-group";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "no rules at all", props: {} },
    {
      name: "the port to a block of our own",
      props: { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, ipv6CidrBlocks: ["fd00::/8"] }] },
    },
    {
      name: "another port to anyone",
      props: { ingress: [{ protocol: "tcp", fromPort: 8443, toPort: 8443, ipv6CidrBlocks: ["::/0"] }] },
    },
    {
      name: "another port to somebody not known yet",
      props: { ingress: [{ protocol: "tcp", fromPort: 8443, toPort: 8443, ipv6CidrBlocks: UNKNOWN }] },
    },
  ],
  violation: [
    {
      name: "the port in a range",
      props: { ingress: [{ protocol: "tcp", fromPort: 0, toPort: 65535, ipv6CidrBlocks: ["fd00::/8", "::/0"] }] },
      at: ["ingress[0].ipv6CidrBlocks[1]"],
    },
    {
      name: "all protocols, next to a rule not known yet",
      props: { ingress: [UNKNOWN, { protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }] },
      at: ["ingress[1].ipv6CidrBlocks[0]"],
    },
    {
      name: "a rule of its own",
      type: securityGroupRule,
      props: { type: "ingress", protocol: "6", fromPort: 22, toPort: 22, ipv6CidrBlocks: ["::/0"] },
      at: ["ipv6CidrBlocks[0]"],
    },
    {
      name: "a rule of the newer kind",
      type: ingressRule,
      props: { ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv6: "::/0" },
      at: ["cidrIpv6"],
    },
  ],
  notApplicable: [
    { name: "outgoing traffic", type: egressRule, props: { ipProtocol: "-1", cidrIpv6: "::/0" } },
    {
      name: "outgoing traffic, older kind",
      type: securityGroupRule,
      props: { type: "egress", protocol: "-1", ipv6CidrBlocks: ["::/0"] },
    },
  ],
  unknown: [
    {
      name: "sources not known yet",
      props: { ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, ipv6CidrBlocks: UNKNOWN }] },
    },
    {
      name: "ports not known yet",
      props: { ingress: [{ protocol: "tcp", fromPort: UNKNOWN, toPort: UNKNOWN, ipv6CidrBlocks: ["::/0"] }] },
    },
    { name: "no rule known yet", props: { ingress: UNKNOWN } },
  ],
};
