import type { StackResource, StackView } from "../frame/stack";
import { NotKnownYet, type Value } from "../frame/value";
import { subnet } from "./vpc";

export const routeTable = "aws:ec2/routeTable:RouteTable";
export const route = "aws:ec2/route:Route";
export const routeTableAssociation = "aws:ec2/routeTableAssociation:RouteTableAssociation";
export const internetGateway = "aws:ec2/internetGateway:InternetGateway";
export const natGateway = "aws:ec2/natGateway:NatGateway";

/** The route tables that a subnet is associated with; unknown while an association could still be with it. */
export function routeTablesOf(stack: StackView, subnetResource: StackResource): StackResource[] {
  const associations = associationsOf(stack, subnetResource);
  return associations.flatMap((association) => {
    const tables = stack.targets(association, "routeTableId", routeTable);
    if (tables.state === "unknown") {
      throw new NotKnownYet("routeTableId");
    }
    return tables.found;
  });
}

export function associationsOf(stack: StackView, subnetResource: StackResource): readonly StackResource[] {
  const associations = stack.referrers(subnetResource, routeTableAssociation, "subnetId");
  if (associations.length === 0 && stack.undecided(routeTableAssociation, "subnetId", subnet).length > 0) {
    throw new NotKnownYet("subnetId");
  }
  return associations;
}

/** A route to anywhere (`0.0.0.0/0` or `::/0`). */
export interface DefaultRoute {
  readonly internetGateway: boolean;
  readonly natGateway: StackResource | undefined;
}

/** The default routes of a table, whether written in it or as resources of their own. */
export function defaultRoutesOf(stack: StackView, table: StackResource): DefaultRoute[] {
  const own = stack.referrers(table, route, "routeTableId").flatMap((resource) => {
    const { props } = resource;
    return leadsAnywhere(props.at("destinationCidrBlock"), props.at("destinationIpv6CidrBlock"))
      ? [
          {
            internetGateway: isInternetGateway(stack, resource, "gatewayId", props.at("gatewayId")),
            natGateway: stack.target(resource, "natGatewayId", natGateway),
          },
        ]
      : [];
  });
  const inline = inlineRoutes(table).flatMap((entry) =>
    leadsAnywhere(entry.at("cidrBlock"), entry.at("ipv6CidrBlock"))
      ? [
          {
            internetGateway: isInternetGateway(stack, table, "routes", entry.at("gatewayId")),
            natGateway: entry.at("natGatewayId").isMissing ? undefined : stack.target(table, "routes", natGateway),
          },
        ]
      : [],
  );
  return [...own, ...inline];
}

/**
 * The routes written in a table. Where the program writes none, the provider still announces some that AWS will add:
 * they are unknown in a preview, but made from nothing of the program's.
 */
function inlineRoutes(table: StackResource): Value[] {
  const routes = table.props.at("routes");
  return routes.isUnknown && (table.propertyDependencies.routes ?? []).length === 0 ? [] : routes.list();
}

function leadsAnywhere(...destinations: readonly Value[]): boolean {
  return destinations.some((destination) => ["0.0.0.0/0", "::/0"].includes(destination.string() ?? ""));
}

function isInternetGateway(stack: StackView, from: StackResource, property: string, gateway: Value): boolean {
  if (gateway.isUnknown) {
    const relation = stack.targets(from, property, internetGateway);
    if (relation.state === "unknown") {
      throw new NotKnownYet(gateway.path);
    }
    return relation.state === "inside";
  }
  return gateway.string()?.startsWith("igw-") ?? false;
}
