import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const subnet = {
  name: "subnet",
  type: "aws:ec2/subnet:Subnet",
  props: { id: UNKNOWN, tags: { SubnetClass: "private" }, mapPublicIpOnLaunch: false },
};
const table = { name: "table", type: "aws:ec2/routeTable:RouteTable", props: { id: UNKNOWN } };
const association = {
  name: "association",
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  props: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
  refs: { subnetId: "subnet", routeTableId: "table" },
};
const gateway = { name: "gateway", type: "aws:ec2/internetGateway:InternetGateway" };
const nat = { name: "nat", type: "aws:ec2/natGateway:NatGateway" };
const route = (props: object, refs: Record<string, string>) => ({
  name: "route",
  type: "aws:ec2/route:Route",
  props: { routeTableId: UNKNOWN, destinationCidrBlock: "0.0.0.0/0", ...props },
  refs: { routeTableId: "table", ...refs },
});

export const cases: Cases<StackCase> = {
  pass: [
    {
      name: "a table whose routes AWS will add, in a preview",
      resources: [subnet, { ...table, props: { id: UNKNOWN, routes: UNKNOWN } }, association],
    },
    { name: "no way out", resources: [subnet, table, association] },
    {
      name: "through NAT",
      resources: [subnet, table, association, nat, route({ natGatewayId: UNKNOWN }, { natGatewayId: "nat" })],
    },
  ],
  violation: [
    {
      name: "through an internet gateway, in a preview",
      resources: [subnet, table, association, gateway, route({ gatewayId: UNKNOWN }, { gatewayId: "gateway" })],
      at: [""],
    },
    {
      name: "through an internet gateway that exists",
      resources: [subnet, table, association, route({ gatewayId: "igw-0123456789abcdef0" }, {})],
    },
    {
      name: "through a route in the table",
      resources: [
        subnet,
        { ...table, props: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN }] }, refs: { routes: "gateway" } },
        association,
        gateway,
      ],
    },
    {
      name: "hands out public addresses, and its routes are not known yet",
      resources: [
        { ...subnet, props: { ...subnet.props, mapPublicIpOnLaunch: true } },
        { ...association, refs: {} },
      ],
      at: ["mapPublicIpOnLaunch"],
    },
    {
      name: "a subnet for internal load balancers",
      resources: [
        { ...subnet, props: { tags: { "kubernetes.io/role/internal-elb": "1" }, mapPublicIpOnLaunch: true } },
      ],
    },
  ],
  notApplicable: [
    {
      name: "a public subnet",
      resources: [{ ...subnet, props: { tags: { SubnetClass: "public" }, mapPublicIpOnLaunch: true } }],
    },
  ],
  unknown: [
    {
      name: "routes that the program makes of something not known yet",
      resources: [
        subnet,
        { ...table, props: { id: UNKNOWN, routes: UNKNOWN }, refs: { routes: "gateway" } },
        association,
        gateway,
      ],
    },
    { name: "tags are not known yet", resources: [{ ...subnet, props: { tags: UNKNOWN } }] },
    {
      name: "a gateway that can't be told",
      resources: [subnet, table, association, route({ gatewayId: UNKNOWN }, {})],
    },
  ],
};
