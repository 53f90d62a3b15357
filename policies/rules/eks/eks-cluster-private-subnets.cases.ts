import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const subnet = {
  name: "subnet",
  type: "aws:ec2/subnet:Subnet",
  props: { id: "subnet-1", mapPublicIpOnLaunch: false },
};
const opened = { ...subnet, props: { ...subnet.props, mapPublicIpOnLaunch: true } };
const table = { name: "table", type: "aws:ec2/routeTable:RouteTable", props: { id: UNKNOWN } };
const association = {
  name: "association",
  type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
  props: { subnetId: UNKNOWN, routeTableId: UNKNOWN },
  refs: { subnetId: "subnet", routeTableId: "table" },
};
const gateway = { name: "gateway", type: "aws:ec2/internetGateway:InternetGateway" };
const route = {
  name: "route",
  type: "aws:ec2/route:Route",
  props: { routeTableId: UNKNOWN, destinationCidrBlock: "0.0.0.0/0", gatewayId: UNKNOWN },
  refs: { routeTableId: "table", gatewayId: "gateway" },
};
const subject = (subnetIds: unknown, refs: Record<string, string> = {}) => ({
  name: "subject",
  type: "aws:eks/cluster:Cluster",
  props: { vpcConfig: { subnetIds } },
  refs,
});

export const cases: Cases<StackCase> = {
  pass: [
    { name: "no public addresses", resources: [subnet, subject(["subnet-1"])] },
    { name: "in a preview", resources: [subnet, subject([UNKNOWN], { vpcConfig: "subnet" })] },
  ],
  violation: [
    { name: "hands out public addresses", resources: [opened, subject(["subnet-1"])], at: ["vpcConfig.subnetIds"] },
    {
      name: "routes to an internet gateway, in a preview",
      resources: [subnet, table, association, gateway, route, subject([UNKNOWN], { vpcConfig: "subnet" })],
    },
  ],
  notApplicable: [{ name: "subnets that exist elsewhere", resources: [subnet, subject(["subnet-9"])] }],
  unknown: [{ name: "subnets that can't be told", resources: [opened, subject(UNKNOWN)] }],
};
