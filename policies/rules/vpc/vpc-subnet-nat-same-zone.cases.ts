import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const network = { name: "network", type: "aws:ec2/vpc:Vpc" };
const zone = (letter: string, to: string) => [
  {
    name: `public-${letter}`,
    type: "aws:ec2/subnet:Subnet",
    props: { availabilityZone: `eu-west-1${letter}`, vpcId: UNKNOWN },
    refs: { vpcId: "network" },
  },
  {
    name: `private-${letter}`,
    type: "aws:ec2/subnet:Subnet",
    props: { availabilityZone: `eu-west-1${letter}`, vpcId: UNKNOWN },
    refs: { vpcId: "network" },
  },
  { name: `table-${letter}`, type: "aws:ec2/routeTable:RouteTable" },
  {
    name: `association-${letter}`,
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    props: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
    refs: { subnetId: `private-${letter}`, routeTableId: `table-${letter}` },
  },
  {
    name: `route-${letter}`,
    type: "aws:ec2/route:Route",
    props: { destinationCidrBlock: "0.0.0.0/0", routeTableId: UNKNOWN, natGatewayId: UNKNOWN },
    refs: { routeTableId: `table-${letter}`, natGatewayId: `nat-${to}` },
  },
];
const nat = (letter: string) => ({
  name: `nat-${letter}`,
  type: "aws:ec2/natGateway:NatGateway",
  props: { subnetId: UNKNOWN },
  refs: { subnetId: `public-${letter}` },
});

export const cases: Cases<StackCase> = {
  pass: [
    {
      name: "its own zone's",
      resources: [network, ...zone("a", "a"), ...zone("b", "b"), nat("a"), nat("b")],
      on: "private-b",
    },
  ],
  violation: [
    {
      name: "another zone's",
      resources: [network, ...zone("a", "a"), ...zone("b", "a"), nat("a"), nat("b")],
      on: "private-b",
      at: [""],
    },
  ],
  notApplicable: [
    {
      name: "the only NAT gateway",
      resources: [network, ...zone("a", "a"), ...zone("b", "a"), nat("a")],
      on: "private-b",
    },
    { name: "no way out", resources: [network, ...zone("a", "a"), nat("a")], on: "public-a" },
  ],
  unknown: [
    {
      name: "its zone is not known yet",
      resources: [
        network,
        ...zone("a", "a").map((r) => (r.name === "private-a" ? { ...r, props: { availabilityZone: UNKNOWN } } : r)),
        nat("a"),
      ],
      on: "private-a",
    },
  ],
};
