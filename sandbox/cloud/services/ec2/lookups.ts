/** EC2's data sources: they look into the cloud as the real ones do, and find one or fail. */
import { CloudFunction, CloudRecord, FunctionCall, Properties } from "../../table";
import { object, objects, text, texts } from "../../value";
import { prefixListIdOf } from "./endpoint-services";
import { freeAddresses } from "./interfaces";
import * as ec2 from "./names";
import { routesOf } from "./route-list";
import { mainRouteTableId } from "./vpc";

/** Filter names of the EC2 API that are no plain property: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/Welcome.html */
const FILTERS: Record<string, string> = {
  "vpc-id": "vpcId",
  "subnet-id": "id",
  "group-id": "id",
  "group-name": "name",
  "route-table-id": "id",
  "availability-zone": "availabilityZone",
  "availability-zone-id": "availabilityZoneId",
  cidr: "cidrBlock",
  "cidr-block": "cidrBlock",
  "map-public-ip-on-launch": "mapPublicIpOnLaunch",
  "owner-id": "ownerId",
};

/** Whether the object has what the arguments ask for: ids, tags and filters, all of them. */
function matches(record: CloudRecord, args: Properties, properties: string[]): boolean {
  const outputs: Properties = { ...record.outputs, id: record.id };
  const tags = object(outputs["tags"]);
  const byProperty = properties.every((name) => args[name] === undefined || outputs[name] === args[name]);
  const byTag = Object.entries(object(args["tags"])).every(([key, value]) => tags[key] === value);
  const byFilter = objects(args["filters"]).every((filter) => {
    const name = String(filter["name"]);
    const actual = name.startsWith("tag:") ? tags[name.slice("tag:".length)] : outputs[FILTERS[name] ?? name];
    if (name === "tag-key") return texts(filter["values"]).some((key) => key in tags);
    return texts(filter["values"]).some((value) => wildcard(value).test(String(actual ?? "")));
  });
  return byProperty && byTag && byFilter;
}

/** EC2's filters know `*` and `?`. */
function wildcard(pattern: string): RegExp {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${escaped}$`);
}

function the(call: FunctionCall, noun: string, found: CloudRecord[]): CloudRecord {
  const [first] = found;
  if (!first) return call.fail(`no matching ${noun} found`);
  if (found.length > 1)
    call.fail(`multiple ${noun}s matched; use additional constraints to reduce matches to a single ${noun}`);
  return first;
}

function many(token: string, type: string, noun: string, properties: string[], mayBeNone: boolean): CloudFunction {
  return {
    token,
    run: (args, call) => {
      const ids = call.cloud
        .all(type)
        .filter((record) => matches(record, args, properties))
        .map(({ id }) => id);
      if (ids.length === 0 && !mayBeNone) call.fail(`no matching ${noun} found`);
      return { tags: {}, ...args, id: call.scope.region, ids, region: call.scope.region };
    },
  };
}

const getVpc: CloudFunction = {
  token: "aws:ec2/getVpc:getVpc",
  run: (args, call) => {
    // Seeded and made VPCs are never an account's default one.
    const candidates = args["default"] === true ? [] : call.cloud.all(ec2.VPC);
    const vpc = the(
      call,
      "EC2 VPC",
      candidates.filter((record) => matches(record, args, ["id", "cidrBlock", "dhcpOptionsId"])),
    );
    const outputs = vpc.outputs;
    const secondary = call.cloud.all(ec2.CIDR_ASSOCIATION, { vpcId: vpc.id });
    const primary = {
      associationId: `vpc-cidr-assoc-${vpc.id.slice("vpc-".length)}`,
      cidrBlock: vpc.inputs["cidrBlock"],
      state: "associated",
    };
    return {
      ...{ tags: {}, filters: args["filters"], ...outputs, id: vpc.id, default: false, state: "available" },
      mainRouteTableId: mainRouteTableId(call.cloud, vpc.id),
      cidrBlockAssociations: [
        primary,
        ...secondary.map(({ id, inputs }) => ({
          associationId: id,
          cidrBlock: inputs["cidrBlock"],
          state: "associated",
        })),
      ],
      ipv6CidrBlockAssociations: [],
    };
  },
};

const getSubnet: CloudFunction = {
  token: "aws:ec2/getSubnet:getSubnet",
  run: (args, call) => {
    const properties = ["id", "vpcId", "cidrBlock", "availabilityZone", "availabilityZoneId"];
    const subnet = the(
      call,
      "EC2 Subnet",
      call.cloud.all(ec2.SUBNET).filter((record) => matches(record, args, properties)),
    );
    return {
      ...{
        tags: {},
        filters: args["filters"],
        ...subnet.outputs,
        id: subnet.id,
        defaultForAz: false,
        state: "available",
      },
      ...{ availableIpAddressCount: freeAddresses(call.cloud, subnet), customerOwnedIpv4Pool: "", outpostArn: "" },
      ...{ enableLniAtDeviceIndex: 0, mapCustomerOwnedIpOnLaunch: false },
    };
  },
};

const getRouteTable: CloudFunction = {
  token: "aws:ec2/getRouteTable:getRouteTable",
  run: (args, call) => {
    const subnetId = text(args["subnetId"]);
    // EC2 knows only associations that were made: a subnet that uses the main table by default is not found.
    const explicit = subnetId ? call.cloud.all(ec2.ROUTE_TABLE_ASSOCIATION, { subnetId }) : undefined;
    const wanted = { ...args, id: args["routeTableId"] };
    const candidates = explicit
      ? explicit.flatMap(({ inputs }) => call.cloud.find(ec2.ROUTE_TABLE, String(inputs["routeTableId"])) ?? [])
      : call.cloud.all(ec2.ROUTE_TABLE);
    const table = the(
      call,
      "EC2 Route Table",
      candidates.filter((record) => matches(record, wanted, ["id", "vpcId"])),
    );
    const local = {
      cidrBlock: call.cloud.find(ec2.VPC, String(table.inputs["vpcId"]))?.inputs["cidrBlock"],
      gatewayId: "local",
    };
    return {
      ...{
        tags: {},
        filters: args["filters"],
        ...table.outputs,
        id: table.id,
        routeTableId: table.id,
        subnetId: subnetId ?? "",
      },
      gatewayId: "",
      associations: call.cloud.all(ec2.ROUTE_TABLE_ASSOCIATION, { routeTableId: table.id }).map(({ id, inputs }) => ({
        ...{ routeTableAssociationId: id, routeTableId: table.id, main: false },
        ...{ subnetId: inputs["subnetId"] ?? "", gatewayId: inputs["gatewayId"] ?? "" },
      })),
      routes: [local, ...routesOf(call.cloud, table)],
    };
  },
};

const getSecurityGroup: CloudFunction = {
  token: "aws:ec2/getSecurityGroup:getSecurityGroup",
  run: (args, call) => {
    const found = call.cloud.all(ec2.SECURITY_GROUP).filter((record) => matches(record, args, ["id", "name", "vpcId"]));
    const { arn, description, name, vpcId, region, tags } = the(call, "EC2 Security Group", found).outputs;
    return {
      ...{ arn, description, name, vpcId, region, tags: tags ?? {} },
      id: found[0]?.id,
      filters: args["filters"],
    };
  },
};

/** AWS's own lists: `com.amazonaws.<region>.s3` and its like; the addresses are documentation blocks. */
const getPrefixList: CloudFunction = {
  token: "aws:ec2/getPrefixList:getPrefixList",
  run: (args, call) => {
    const { region } = call.scope;
    const services = ["s3", "dynamodb"].map((short) => ({
      name: `com.amazonaws.${region}.${short}`,
      id: prefixListIdOf(short, region),
    }));
    const filters = objects(args["filters"]);
    const wanted = services.find(
      ({ name, id }) =>
        (args["name"] === undefined || args["name"] === name) &&
        (args["prefixListId"] === undefined || args["prefixListId"] === id) &&
        filters.every((filter) => filter["name"] !== "prefix-list-name" || texts(filter["values"]).includes(name)),
    );
    if (!wanted) return call.fail("no matching EC2 Prefix List found");
    return { ...args, ...wanted, cidrBlocks: ["192.0.2.0/24", "198.51.100.0/24"], region };
  },
};

const getManagedPrefixList: CloudFunction = {
  token: "aws:ec2/getManagedPrefixList:getManagedPrefixList",
  run: (args, call) => {
    const { cidrBlocks, id, name, region } = getPrefixList.run({ name: args["name"], prefixListId: args["id"] }, call);
    const entries = texts(cidrBlocks).map((cidr) => ({ cidr, description: "" }));
    return {
      ...args,
      id,
      name,
      region,
      entries,
      addressFamily: "IPv4",
      arn: "",
      maxEntries: 0,
      ownerId: "AWS",
      tags: {},
      version: 0,
    };
  },
};

export const lookups: CloudFunction[] = [
  ...[getVpc, getSubnet, getRouteTable, getSecurityGroup, getPrefixList, getManagedPrefixList],
  many("aws:ec2/getVpcs:getVpcs", ec2.VPC, "EC2 VPCs", [], true),
  many("aws:ec2/getSubnets:getSubnets", ec2.SUBNET, "EC2 Subnets", [], true),
  many("aws:ec2/getRouteTables:getRouteTables", ec2.ROUTE_TABLE, "EC2 Route Tables", ["vpcId"], true),
  many("aws:ec2/getSecurityGroups:getSecurityGroups", ec2.SECURITY_GROUP, "EC2 Security Groups", [], true),
];
