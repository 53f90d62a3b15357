import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const network = { name: "network", type: "aws:ec2/vpc:Vpc", props: { cidrBlock: "10.0.0.0/16" } };
const association = {
  name: "association",
  type: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  props: { cidrBlock: "100.64.0.0/16", vpcId: UNKNOWN },
  refs: { vpcId: "network" },
};
const subnet = {
  name: "subnet",
  type: "aws:ec2/subnet:Subnet",
  props: { cidrBlock: "100.64.0.0/18", vpcId: UNKNOWN },
  refs: { vpcId: "network" },
};

export const cases: Cases<StackCase> = {
  pass: [
    { name: "depends on it", resources: [network, association, { ...subnet, dependsOn: ["association"] }] },
    {
      name: "takes the VPC's id from it",
      resources: [network, association, { ...subnet, refs: { vpcId: ["network", "association"] } }],
    },
    {
      name: "waits for something that waits for it",
      resources: [
        network,
        association,
        { name: "barrier", type: "command:local:Command", dependsOn: ["association"] },
        { ...subnet, dependsOn: ["barrier"] },
      ],
    },
    {
      name: "its component plugin waits for it",
      resources: [
        network,
        association,
        { name: "component", type: "acme:net:Subnets", dependsOn: ["association"] },
        { ...subnet, parent: "component" },
      ],
    },
  ],
  violation: [
    { name: "depends on the VPC only", resources: [network, association, subnet], at: [""] },
    {
      name: "waits for another block's",
      resources: [
        network,
        association,
        { ...association, name: "other", props: { cidrBlock: "100.65.0.0/16", vpcId: UNKNOWN } },
        { ...subnet, dependsOn: ["other"] },
      ],
    },
  ],
  notApplicable: [
    {
      name: "in the primary block",
      resources: [network, association, { ...subnet, props: { cidrBlock: "10.0.0.0/24", vpcId: UNKNOWN } }],
    },
  ],
  unknown: [
    {
      name: "its block is not known yet",
      resources: [network, association, { ...subnet, props: { cidrBlock: UNKNOWN, vpcId: UNKNOWN } }],
    },
  ],
};
