/** Route tables, their routes, and which subnet uses which. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html */
import { createHash } from "node:crypto";
import { hexId } from "../../forms";
import { cidrOf, contains, parseCidr } from "../../ipv4";
import { Call, CloudRecord, CloudView, Properties, Refusal, ResourceType } from "../../table";
import { exactlyOneOf, ipv4Network } from "../../validators";
import { objects, text } from "../../value";
import { blocksOf } from "./blocks";
import * as ec2 from "./names";
import { Route, routesOf, TARGETS } from "./route-list";

/** AWS's default of https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html, for routes that are not propagated. */
const ROUTES_PER_TABLE = 500;

export const routeTable: ResourceType = {
  type: ec2.ROUTE_TABLE,
  noun: "Route Table",
  operations: { create: "CreateRouteTable", update: "CreateRoute", delete: "DeleteRouteTable" },
  id: hexId("rtb"),
  arn: (call) => `route-table/${call.id}`,
  valid: { "routes[].cidrBlock": (value, path) => (value === "" ? undefined : ipv4Network(value, path)) },
  refersTo: [
    ec2.refersTo("vpcId", ec2.VPC),
    ec2.refersTo("routes[].natGatewayId", ec2.NAT_GATEWAY, { holds: false }),
    ec2.refersTo("routes[].gatewayId", ec2.INTERNET_GATEWAY, {
      holds: false,
      except: (value) => !value.startsWith("igw-"),
    }),
  ],
  computed: (call) => ({
    ownerId: call.scope.account,
    routes: call.old ? routesOf(call.cloud, { ...call.old, inputs: call.inputs }) : call.inputs["routes"],
  }),
  refuses: (call) => {
    const vpcId = String(call.inputs["vpcId"]);
    const seen = new Set<string>();
    for (const route of objects(call.inputs["routes"])) {
      const destination = destinationOf(route["cidrBlock"], route["ipv6CidrBlock"], route["destinationPrefixListId"]);
      if (destination && seen.has(destination)) call.refuse(ALREADY, { destination });
      if (destination) seen.add(destination);
      refuseRoute(call, vpcId, route, destination);
    }
  },
  // The provider takes the table away from its subnets before it deletes it.
  goes: (call) => {
    call.cloud.all(ec2.ROUTE_TABLE_ASSOCIATION, { routeTableId: call.id }).forEach((each) => call.unmake(each));
    call.cloud.all(ec2.ROUTE, { routeTableId: call.id }).forEach((each) => call.unmake(each));
  },
  refusesDelete: (call) => {
    const isMain = call.cloud.all(ec2.MAIN_ASSOCIATION, { routeTableId: call.id }).length > 0;
    if (isMain || call.inputs["main"] === true) call.refuse(ec2.dependencyViolation("routeTable"));
  },
  inUse: ec2.dependencyViolation("routeTable"),
};

/** The VPC's main table under Pulumi's hand: it is adopted, its routes replaced, and left as it is at the end. */
export const defaultRouteTable: ResourceType = {
  type: "aws:ec2/defaultRouteTable:DefaultRouteTable",
  noun: "EC2 Default Route Table",
  operations: { create: "CreateRoute", update: "CreateRoute", delete: "DeleteRoute" },
  id: (call) => String(call.inputs["defaultRouteTableId"]),
  arn: (call) => `route-table/${call.id}`,
  refersTo: [ec2.refersTo("defaultRouteTableId", ec2.ROUTE_TABLE, { holds: false })],
  computed: (call) => ({
    ownerId: call.scope.account,
    vpcId: call.cloud.find(ec2.ROUTE_TABLE, call.id)?.inputs["vpcId"],
    routes: call.inputs["routes"] ?? [],
  }),
  takesEffect: (call) => {
    const table = call.cloud.find(ec2.ROUTE_TABLE, call.id);
    if (table) call.amend(table, { routes: call.inputs["routes"] ?? [] });
  },
};

const ALREADY: Refusal = {
  code: "RouteAlreadyExists",
  message: "The route identified by {destination} already exists",
  evidence: "moto",
};

export const route: ResourceType = {
  type: ec2.ROUTE,
  noun: "Route",
  says: { create: "creating Route in Route Table ({routeTableId}) with destination ({destination})" },
  operations: { create: "CreateRoute", update: "ReplaceRoute", delete: "DeleteRoute" },
  // The provider's own: a hash of the destination behind the table's id.
  id: (call) =>
    `r-${String(call.inputs["routeTableId"])}${createHash("sha256")
      .update(String(destinationOfRoute(call.inputs)))
      .digest()
      .readUInt32BE()}`,
  valid: { destinationCidrBlock: ipv4Network },
  check: (inputs) => [
    ...exactlyOneOf(inputs, "destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId"),
    ...exactlyOneOf(inputs, ...TARGETS.map(({ property }) => property)),
  ],
  refersTo: [
    ec2.refersTo("routeTableId", ec2.ROUTE_TABLE, { holds: false }),
    ec2.refersTo("natGatewayId", ec2.NAT_GATEWAY, { holds: false }),
    ec2.refersTo("networkInterfaceId", ec2.NETWORK_INTERFACE, { holds: false }),
    ec2.refersTo("gatewayId", ec2.INTERNET_GATEWAY, { holds: false, except: (value) => !value.startsWith("igw-") }),
  ],
  computed: () => ({ origin: "CreateRoute", state: "active" }),
  refuses: (call) => {
    const destination = destinationOfRoute(call.inputs) ?? "";
    const table = call.cloud.find(ec2.ROUTE_TABLE, String(call.inputs["routeTableId"]));
    if (!table) return;
    if (call.kind === "create") {
      const taken = routesOf(call.cloud, table).some(
        (each) =>
          destinationOf(each["cidrBlock"], each["ipv6CidrBlock"], each["destinationPrefixListId"]) === destination,
      );
      if (taken) call.refuse(ALREADY, { destination });
      const limit = call.quota("routesPerTable", ROUTES_PER_TABLE);
      if (routesOf(call.cloud, table).length >= limit) {
        call.refuse(
          {
            code: "RouteLimitExceeded",
            message: "The maximum number of routes has been reached.",
            evidence: "botocore; text unsure",
          },
          { destination },
        );
      }
    }
    refuseRoute(
      call,
      String(table.inputs["vpcId"]),
      { ...call.inputs, cidrBlock: call.inputs["destinationCidrBlock"] },
      destination,
    );
  },
};

function destinationOfRoute(inputs: Properties): string | undefined {
  return destinationOf(
    inputs["destinationCidrBlock"],
    inputs["destinationIpv6CidrBlock"],
    inputs["destinationPrefixListId"],
  );
}

function destinationOf(...candidates: unknown[]): string | undefined {
  return candidates.map(text).find((candidate) => candidate !== undefined);
}

/** A target must stand in the table's own VPC, and no route may lead the VPC's own addresses astray. */
function refuseRoute(call: Call, vpcId: string, route: Route, destination = ""): void {
  for (const { property, to, in: place } of TARGETS) {
    const id = text(route[property]);
    const target = id && to ? call.cloud.find(to, id) : undefined;
    if (!target || !place || target.outputs[place] === vpcId) continue;
    call.refuse(
      {
        code: "InvalidParameterValue",
        message: "route table {table} and network gateway {target} belong to different networks",
        evidence: "code: EC2 API reference; text: public repository files, for internet gateways; unsure for others",
      },
      { table: call.id || String(call.inputs["routeTableId"]), target: target.id, destination },
    );
  }
  const block = parseCidr(text(route["cidrBlock"]) ?? "");
  const vpc = call.cloud.find(ec2.VPC, vpcId);
  if (!block || !vpc) return;
  const astray = blocksOf(call.cloud, vpc).some(
    (each) => contains(cidrOf(each), block) && text(route["gatewayId"])?.startsWith("igw-"),
  );
  if (astray) {
    call.refuse(
      {
        code: "InvalidParameterValue",
        message:
          "The destination CIDR block {destination} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.",
        evidence: "public repository files (no thread)",
      },
      { destination },
    );
  }
}

export const routeTableAssociation: ResourceType = {
  type: ec2.ROUTE_TABLE_ASSOCIATION,
  noun: "Route Table Association",
  says: { create: "creating Route Table ({routeTableId}) Association" },
  operations: {
    create: "AssociateRouteTable",
    update: "ReplaceRouteTableAssociation",
    delete: "DisassociateRouteTable",
  },
  id: hexId("rtbassoc"),
  check: (inputs) => exactlyOneOf(inputs, "subnetId", "gatewayId"),
  refersTo: [
    ec2.refersTo("routeTableId", ec2.ROUTE_TABLE),
    ec2.refersTo("subnetId", ec2.SUBNET, { holds: false }),
    ec2.refersTo("gatewayId", ec2.INTERNET_GATEWAY),
  ],
  refuses: (call) => {
    const { subnetId, gatewayId, routeTableId } = call.inputs;
    const property = subnetId === undefined ? "gatewayId" : "subnetId";
    const table = call.cloud.find(ec2.ROUTE_TABLE, String(routeTableId));
    const held = call.cloud.all(ec2.ROUTE_TABLE_ASSOCIATION, { [property]: subnetId ?? gatewayId });
    if (held.some(({ id }) => id !== call.id || call.kind === "create")) {
      call.refuse({
        code: "Resource.AlreadyAssociated",
        message: "the specified association for route table {routeTableId} conflicts with an existing association",
        evidence:
          "public repository files, among them the aws_route_table_association page of the Terraform AWS provider",
      });
    }
    const member = subnetId === undefined ? undefined : call.cloud.find(ec2.SUBNET, String(subnetId));
    if (member && table && member.inputs["vpcId"] !== table.inputs["vpcId"]) {
      call.refuse({
        code: "InvalidParameterValue",
        message: "route table {routeTableId} and subnet {subnetId} belong to different networks",
        evidence: "public repository files (no thread)",
      });
    }
  },
};

export const mainRouteTableAssociation: ResourceType = {
  type: ec2.MAIN_ASSOCIATION,
  noun: "Main Route Table Association",
  operations: { create: "ReplaceRouteTableAssociation", delete: "ReplaceRouteTableAssociation" },
  id: hexId("rtbassoc"),
  refersTo: [ec2.refersTo("routeTableId", ec2.ROUTE_TABLE), ec2.refersTo("vpcId", ec2.VPC, { holds: false })],
  computed: (call) => ({
    originalRouteTableId: call.kept("originalRouteTableId", () => {
      const vpc = call.cloud.find(ec2.VPC, String(call.inputs["vpcId"]));
      return vpc?.outputs["defaultRouteTableId"] ?? "";
    }),
  }),
};

/** The route table that a subnet uses: its own or the VPC's main one. */
export function routeTableOf(cloud: CloudView, subnetId: string): CloudRecord | undefined {
  const association = cloud.all(ec2.ROUTE_TABLE_ASSOCIATION, { subnetId })[0];
  const own = association && cloud.find(ec2.ROUTE_TABLE, String(association.inputs["routeTableId"]));
  if (own) return own;
  const vpcId = cloud.find(ec2.SUBNET, subnetId)?.inputs["vpcId"];
  const main = cloud.all(ec2.MAIN_ASSOCIATION, { vpcId }).at(-1);
  return main
    ? cloud.find(ec2.ROUTE_TABLE, String(main.inputs["routeTableId"]))
    : cloud.all(ec2.ROUTE_TABLE, { vpcId, main: true })[0];
}
