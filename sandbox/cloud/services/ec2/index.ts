/** Amazon EC2, as far as a network goes. */
import { Service } from "../../table";
import { defaultNetworkAcl, networkAcl } from "./acls";
import { cidrBlockAssociation } from "./blocks";
import { endpointRouteTable, vpcEndpoint } from "./endpoints";
import { flowLog } from "./flow-logs";
import { eip, internetGateway, internetGatewayAttachment, natGateway } from "./gateways";
import { defaultSecurityGroup, egressRule, ingressRule, securityGroup, securityGroupRule } from "./groups";
import { networkInterface } from "./interfaces";
import { lookups } from "./lookups";
import { defaultRouteTable, mainRouteTableAssociation, route, routeTable, routeTableAssociation } from "./routes";
import { subnet } from "./subnet";
import { tag } from "./tag";
import { dhcpOptions, dhcpOptionsAssociation, vpc } from "./vpc";

export const ec2: Service = {
  sdkId: "EC2",
  arnService: "ec2",
  // EC2's API model has no errors: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
  modelledErrors: false,
  types: [
    ...[vpc, cidrBlockAssociation, dhcpOptions, dhcpOptionsAssociation],
    ...[subnet, routeTable, defaultRouteTable, route, routeTableAssociation, mainRouteTableAssociation],
    ...[internetGateway, internetGatewayAttachment, eip, natGateway],
    ...[securityGroup, securityGroupRule, ingressRule, egressRule, defaultSecurityGroup],
    ...[networkAcl, defaultNetworkAcl, networkInterface, vpcEndpoint, endpointRouteTable, flowLog, tag],
  ],
  functions: lookups,
};
