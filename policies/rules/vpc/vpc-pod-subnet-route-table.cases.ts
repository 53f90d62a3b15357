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
const subnet = {
  name: "subnet",
  type: "aws:ec2/subnet:Subnet",
  props: { id: UNKNOWN, tags: { SubnetClass: "pod" } },
  refs: { vpcId: "network" },
};

export const cases: Cases<StackCase> = {
  pass: [{ name: "associated", resources: [network, subnet, table, association] }],
  violation: [
    { name: "tagged as ours", resources: [network, subnet, table], at: [""] },
    {
      name: "tagged for the VPC CNI",
      resources: [network, { ...subnet, props: { tags: { "kubernetes.io/role/cni": "1" } } }],
    },
  ],
  notApplicable: [
    { name: "a private subnet", resources: [network, { ...subnet, props: { tags: { SubnetClass: "private" } } }] },
  ],
  unknown: [
    { name: "tags are not known yet", resources: [network, { ...subnet, props: { tags: UNKNOWN } }] },
    {
      name: "an association whose subnet can't be told",
      resources: [network, subnet, table, { ...association, refs: { routeTableId: "table" } }],
    },
  ],
};
