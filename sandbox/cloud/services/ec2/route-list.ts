/** The routes of a table, whichever way they are written. */
import { CloudRecord, CloudView, Properties } from "../../table";
import { objects } from "../../value";
import * as ec2 from "./names";

/** Where a route may lead, and the type that must be there; `in` names the property that holds its VPC. */
export const TARGETS: { property: string; to?: string; in?: string }[] = [
  { property: "gatewayId", to: ec2.INTERNET_GATEWAY, in: "vpcId" },
  { property: "natGatewayId", to: ec2.NAT_GATEWAY, in: "vpcId" },
  { property: "networkInterfaceId", to: ec2.NETWORK_INTERFACE },
  { property: "vpcEndpointId", to: ec2.VPC_ENDPOINT, in: "vpcId" },
  ...["carrierGatewayId", "coreNetworkArn", "egressOnlyGatewayId", "localGatewayId", "transitGatewayId"].map(
    (property) => ({ property }),
  ),
  { property: "vpcPeeringConnectionId" },
];

/** One route as a table lists it inline. */
export type Route = Properties;

/** Every route that somebody made: inline ones and those of `Route`. The local ones are not among them. */
export function routesOf(cloud: CloudView, table: CloudRecord): Route[] {
  const own = cloud.all(ec2.ROUTE, { routeTableId: table.id }).map(({ inputs }) => ({
    cidrBlock: inputs["destinationCidrBlock"] ?? "",
    ipv6CidrBlock: inputs["destinationIpv6CidrBlock"] ?? "",
    destinationPrefixListId: inputs["destinationPrefixListId"] ?? "",
    ...Object.fromEntries(TARGETS.map(({ property }) => [property, inputs[property] ?? ""])),
  }));
  return [...objects(table.inputs["routes"]), ...own];
}
