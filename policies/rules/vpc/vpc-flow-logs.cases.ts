import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const network = { name: "network", type: "aws:ec2/vpc:Vpc", props: { id: UNKNOWN } };
const log = { name: "log", type: "aws:ec2/flowLog:FlowLog", props: { vpcId: UNKNOWN, trafficType: "ALL" } };

export const cases: Cases<StackCase> = {
  pass: [
    { name: "in a preview", resources: [network, { ...log, refs: { vpcId: "network" } }] },
    {
      name: "after an update",
      resources: [
        { ...network, props: { id: "vpc-0123456789abcdef0" } },
        { ...log, props: { vpcId: "vpc-0123456789abcdef0", trafficType: "REJECT" } },
      ],
    },
    {
      name: "a VPC inside a component plugin, known only by the component",
      resources: [
        { name: "component", type: "awsx:ec2:Vpc" },
        { ...network, parent: "component" },
        { ...log, refs: { vpcId: "component" } },
      ],
    },
  ],
  violation: [
    { name: "none", resources: [network], at: [""] },
    {
      name: "another VPC's",
      resources: [network, { ...network, name: "other" }, { ...log, refs: { vpcId: "other" } }],
      on: "network",
    },
    {
      name: "accepted traffic only",
      resources: [network, { ...log, props: { vpcId: UNKNOWN, trafficType: "ACCEPT" }, refs: { vpcId: "network" } }],
    },
  ],
  notApplicable: "every VPC has a flow log or has none",
  unknown: [{ name: "a flow log whose VPC can't be told", resources: [network, log] }],
};
