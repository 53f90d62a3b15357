import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const everything = { ruleNo: 100, action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" };

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "no rules", props: {} },
    { name: "HTTPS to anyone", props: { ingress: [{ ...everything, protocol: "tcp", fromPort: 443, toPort: 443 }] } },
    {
      name: "denied before all is allowed",
      props: {
        ingress: [
          { ruleNo: 10, action: "deny", protocol: "tcp", fromPort: 22, toPort: 22, cidrBlock: "0.0.0.0/0" },
          { ruleNo: 20, action: "deny", protocol: "tcp", fromPort: 3389, toPort: 3389, cidrBlock: "0.0.0.0/0" },
          everything,
        ],
      },
    },
  ],
  violation: [
    { name: "everything to anyone", props: { ingress: [everything] }, at: ["ingress[0].cidrBlock"] },
    {
      name: "denied too late",
      props: { ingress: [everything, { ...everything, ruleNo: 200, action: "deny" }] },
      at: ["ingress[0].cidrBlock"],
    },
    {
      name: "a rule of its own",
      type: "aws:ec2/networkAclRule:NetworkAclRule",
      props: { ruleNumber: 100, ruleAction: "allow", protocol: "tcp", fromPort: 22, toPort: 22, ipv6CidrBlock: "::/0" },
      at: ["ipv6CidrBlock"],
    },
  ],
  notApplicable: [
    {
      name: "outgoing traffic",
      type: "aws:ec2/networkAclRule:NetworkAclRule",
      props: { egress: true, ruleAction: "allow", protocol: "-1", cidrBlock: "0.0.0.0/0" },
    },
  ],
  unknown: [{ name: "source not known yet", props: { ingress: [{ ...everything, cidrBlock: UNKNOWN }] } }],
};
