import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const network = { name: "network", type: "aws:ec2/vpc:Vpc" };
const table = {
  name: "table",
  type: "aws:ec2/routeTable:RouteTable",
  props: { id: UNKNOWN },
  refs: { vpcId: "network" },
};
const association = {
  name: "association",
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  props: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
  refs: { subnetId: "subnet", routeTableId: "table" },
};
const subnet = { name: "subnet", type: "aws:ec2/subnet:Subnet", props: { id: UNKNOWN }, refs: { vpcId: "network" } };

export const cases: Cases<StackCase> = {
  pass: [
    { name: "associated", resources: [network, subnet, table, association] },
    {
      name: "associated, after an update",
      resources: [
        { ...subnet, props: { id: "subnet-0123456789abcdef0" }, refs: {} },
        { ...association, props: { subnetId: "subnet-0123456789abcdef0" }, refs: {} },
      ],
    },
  ],
  violation: [{ name: "left to the main route table", resources: [network, subnet, table], at: [""] }],
  notApplicable: [
    {
      name: "a pod subnet, which has a rule of its own",
      resources: [network, { ...subnet, props: { id: UNKNOWN, tags: { SubnetClass: "pod" } } }],
    },
    {
      name: "the main route table is managed",
      resources: [
        network,
        subnet,
        {
          name: "main",
          type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
          props: { defaultRouteTableId: "rtb-0123456789abcdef0" },
          refs: { defaultRouteTableId: "network" },
        },
      ],
    },
  ],
  unknown: [
    {
      name: "an association whose subnet can't be told",
      resources: [network, subnet, table, { ...association, refs: {} }],
    },
  ],
};
