/** VPC endpoints. https://docs.aws.amazon.com/vpc/latest/privatelink/concepts.html */
import { createHash } from "node:crypto";
import { hexId } from "../../forms";
import { Call, CloudRecord, CloudView, Refusal, ResourceType } from "../../table";
import { json, oneOf } from "../../validators";
import { text, texts } from "../../value";
import { EndpointKind, offers, prefixListIdOf, privateDomainOf, serviceOf } from "./endpoint-services";
import { freeAddress, makeInterface, refuseForeignGroup, SUBNET_FULL } from "./interfaces";
import * as ec2 from "./names";

/** What an endpoint's policy is when none is given. */
const FULL_ACCESS = JSON.stringify({
  Statement: [{ Action: "*", Effect: "Allow", Principal: "*", Resource: "*" }],
  Version: "2008-10-17",
});

export const vpcEndpoint: ResourceType = {
  type: ec2.VPC_ENDPOINT,
  noun: "EC2 VPC Endpoint",
  says: { create: "creating EC2 VPC Endpoint ({serviceName})" },
  operations: { create: "CreateVpcEndpoint", update: "ModifyVpcEndpoint", delete: "DeleteVpcEndpoints" },
  id: hexId("vpce"),
  arn: (call) => `vpc-endpoint/${call.id}`,
  defaults: { vpcEndpointType: "Gateway" },
  valid: {
    vpcEndpointType: oneOf("Interface", "Gateway", "GatewayLoadBalancer", "Resource", "ServiceNetwork"),
    policy: json,
  },
  canonical: { policy: canonicalJson },
  refersTo: [
    ec2.refersTo("vpcId", ec2.VPC),
    ec2.refersTo("subnetIds[]", ec2.SUBNET),
    ec2.refersTo("securityGroupIds[]", ec2.SECURITY_GROUP),
    ec2.refersTo("routeTableIds[]", ec2.ROUTE_TABLE, { holds: false }),
  ],
  filled: (call) => {
    const isInterface = kindOf(call) === "Interface";
    const group = call.cloud.all(ec2.SECURITY_GROUP, { vpcId: call.inputs["vpcId"], name: "default" })[0];
    return {
      policy: call.kept("policy", () => FULL_ACCESS),
      ipAddressType: "ipv4",
      privateDnsEnabled: false,
      serviceRegion: call.scope.region,
      ...(isInterface && group ? { securityGroupIds: [group.id] } : {}),
      dnsOptions: isInterface
        ? { dnsRecordIpType: "ipv4", privateDnsOnlyForInboundResolverEndpoint: false }
        : { dnsRecordIpType: "service-defined", privateDnsOnlyForInboundResolverEndpoint: false },
    };
  },
  computed: (call) => {
    const short = shortName(call);
    const interfaces = interfacesOf(call.cloud, call.id);
    const tables = call.cloud
      .all(ec2.ENDPOINT_ROUTE_TABLE, { vpcEndpointId: call.id })
      .map(({ inputs }) => inputs["routeTableId"]);
    const isInterface = kindOf(call) === "Interface";
    return {
      ownerId: call.scope.account,
      state: "available",
      requesterManaged: false,
      prefixListId: isInterface ? "" : prefixListIdOf(short, call.scope.region),
      networkInterfaceIds: interfaces.map(({ id }) => id),
      routeTableIds: [...texts(call.inputs["routeTableIds"]), ...tables],
      subnetIds: texts(call.inputs["subnetIds"]),
      dnsEntries: isInterface ? dnsEntries(call, short, interfaces) : [],
      subnetConfigurations: interfaces.map(({ outputs }) => ({
        ipv4: outputs["privateIp"],
        ipv6: "",
        subnetId: outputs["subnetId"],
      })),
    };
  },
  refuses: (call) => {
    refuseService(call);
    if (kindOf(call) === "Gateway") refuseGateway(call);
    if (kindOf(call) === "Interface") refuseInterface(call);
  },
  takesEffect: (call) => {
    if (kindOf(call) !== "Interface") return;
    const wanted = texts(call.inputs["subnetIds"]);
    const present = interfacesOf(call.cloud, call.id);
    present.filter(({ inputs }) => !wanted.includes(String(inputs["subnetId"]))).forEach((each) => call.unmake(each));
    const securityGroups = texts(call.inputs["securityGroupIds"]);
    for (const subnetId of wanted) {
      const there = present.find(({ inputs }) => inputs["subnetId"] === subnetId);
      if (there) call.amend(there, { securityGroups });
      else
        makeInterface(call, {
          subnetId,
          securityGroups,
          description: `VPC Endpoint Interface ${call.id}`,
          interfaceType: "vpc_endpoint",
        });
    }
  },
  goes: (call) =>
    call.cloud.all(ec2.ENDPOINT_ROUTE_TABLE, { vpcEndpointId: call.id }).forEach((each) => call.unmake(each)),
};

/** A route table of a gateway endpoint, as an object of its own. */
export const endpointRouteTable: ResourceType = {
  type: ec2.ENDPOINT_ROUTE_TABLE,
  noun: "VPC Endpoint Route Table Association",
  says: { create: "creating VPC Endpoint Route Table Association ({vpcEndpointId}/{routeTableId})" },
  operations: { create: "ModifyVpcEndpoint", delete: "ModifyVpcEndpoint" },
  id: (call) => {
    const pair = `${String(call.inputs["vpcEndpointId"])}${String(call.inputs["routeTableId"])}`;
    return `a-${String(call.inputs["vpcEndpointId"])}${createHash("sha256").update(pair).digest().readUInt32BE()}`;
  },
  refersTo: [
    ec2.refersTo("routeTableId", ec2.ROUTE_TABLE, { holds: false }),
    ec2.refersTo("vpcEndpointId", ec2.VPC_ENDPOINT, { holds: false }),
  ],
  refuses: (call) => {
    const endpoint = call.cloud.find(ec2.VPC_ENDPOINT, String(call.inputs["vpcEndpointId"]));
    if (endpoint && call.kind === "create") refuseRouteTable(call, endpoint, String(call.inputs["routeTableId"]));
  },
};

function kindOf(call: Call): EndpointKind | undefined {
  const kind = call.inputs["vpcEndpointType"];
  return kind === "Interface" || kind === "Gateway" ? kind : undefined;
}

function shortName(call: Call): string {
  return text(call.inputs["serviceName"])?.split(`.${call.scope.region}.`)[1] ?? "";
}

function interfacesOf(cloud: CloudView, endpointId: string): CloudRecord[] {
  return cloud.all(ec2.NETWORK_INTERFACE).filter(({ madeBy }) => madeBy === `${ec2.VPC_ENDPOINT} ${endpointId}`);
}

function invalid(message: string, evidence: string): Refusal {
  return { code: "InvalidParameter", message, evidence };
}

function refuseService(call: Call): void {
  const name = text(call.inputs["serviceName"]);
  const kind = kindOf(call);
  if (!name || !kind || call.kind !== "create" || name.startsWith("com.amazonaws.vpce.") || name.startsWith("aws."))
    return;
  if (
    !serviceOf(name, kind, call.scope) &&
    !serviceOf(name, kind === "Gateway" ? "Interface" : "Gateway", call.scope)
  ) {
    call.refuse({
      code: "InvalidServiceName",
      message: "The Vpc Endpoint Service '{serviceName}' does not exist",
      evidence: "moto; AWS answers in public threads",
    });
  }
  if (!offers(shortName(call), kind)) {
    call.refuse(
      invalid(
        `Endpoint type (${kind}) does not match available service types ([${kind === "Gateway" ? "Interface" : "Gateway"}]).`,
        "badmintoncryer/cdk-preflight (pf-ec2-vpce-gateway-service), a fragment; code inferred",
      ),
    );
  }
}

function refuseGateway(call: Call): void {
  if (texts(call.inputs["subnetIds"]).length > 0) {
    call.refuse(
      invalid(
        "Subnet IDs are only supported for Interface and GatewayLoadBalancer type VPC Endpoints.",
        "badmintoncryer/cdk-preflight (pf-ec2-vpce-type-config); code inferred from the API model",
      ),
    );
  }
  if (texts(call.inputs["securityGroupIds"]).length > 0) {
    call.refuse(
      invalid(
        "Security Group IDs are only supported for Interface type VPC Endpoints.",
        "after the text for subnets; unsure",
      ),
    );
  }
  if (call.inputs["privateDnsEnabled"] === true) {
    call.refuse(
      invalid(
        "Private DNS can't be enabled because the service {serviceName} does not provide a private DNS name.",
        "public files; unsure",
      ),
    );
  }
  const endpoint = { id: call.id, outputs: { serviceName: call.inputs["serviceName"], vpcId: call.inputs["vpcId"] } };
  const before = texts(call.old?.inputs["routeTableIds"]);
  texts(call.inputs["routeTableIds"])
    .filter((table) => !before.includes(table))
    .forEach((table) => refuseRouteTable(call, endpoint, table));
}

/** One gateway endpoint of a service for each route table, of the same VPC. */
function refuseRouteTable(call: Call, endpoint: Pick<CloudRecord, "id" | "outputs">, routeTableId: string): void {
  const { serviceName, vpcId } = endpoint.outputs;
  const table = call.cloud.find(ec2.ROUTE_TABLE, routeTableId);
  if (table && table.inputs["vpcId"] !== vpcId) {
    call.refuse(
      {
        code: "InvalidParameter",
        message: "Route table {table} and endpoint's network {network} belong to different networks",
        evidence: "unsure: after EC2's texts for other pairs",
      },
      { table: routeTableId, network: String(vpcId) },
    );
  }
  const routed = call.cloud.all(ec2.VPC_ENDPOINT, { serviceName }).some((other) => {
    const separate = call.cloud.all(ec2.ENDPOINT_ROUTE_TABLE, { vpcEndpointId: other.id, routeTableId });
    const inline = other.id !== call.id && texts(other.inputs["routeTableIds"]).includes(routeTableId);
    return inline || separate.length > 0;
  });
  const short = text(serviceName)?.split(`.${call.scope.region}.`)[1] ?? "";
  if (routed) {
    call.refuse(
      {
        code: "RouteAlreadyExists",
        message: "route table {table} already has a route with destination-prefix-list-id {list}",
        evidence: "public repository files (no thread)",
      },
      { table: routeTableId, list: prefixListIdOf(short, call.scope.region) },
    );
  }
}

function refuseInterface(call: Call): void {
  const vpc = call.cloud.find(ec2.VPC, String(call.inputs["vpcId"]));
  if (texts(call.inputs["routeTableIds"]).length > 0) {
    call.refuse(
      invalid(
        "Route table IDs are only supported for Gateway type VPC Endpoint.",
        "public repository files (no thread)",
      ),
    );
  }
  const zones = new Set<unknown>();
  const present = interfacesOf(call.cloud, call.id).map(({ inputs }) => inputs["subnetId"]);
  for (const subnetId of texts(call.inputs["subnetIds"])) {
    const subnet = call.cloud.find(ec2.SUBNET, subnetId);
    if (subnet && subnet.inputs["vpcId"] !== vpc?.id) {
      call.refuse(
        {
          code: "InvalidParameter",
          message: "The subnet ID {subnet} does not belong to the VPC {vpcId}",
          evidence: "unsure",
        },
        { subnet: subnetId },
      );
    }
    const zone = subnet?.outputs["availabilityZone"];
    if (zones.has(zone)) {
      call.refuse(
        {
          code: "DuplicateSubnetsInSameZone",
          message:
            "Found another VPC endpoint subnet in the availability zone of {subnet}. VPC endpoint subnets should be in different " +
            "availability zones supported by the VPC endpoint service.",
          evidence: "terraform-aws-modules/terraform-aws-vpc#583, #451",
        },
        { subnet: subnetId },
      );
    }
    zones.add(zone);
    if (!present.includes(subnetId) && !freeAddress(call.cloud, subnetId)) call.refuse(SUBNET_FULL);
    texts(call.inputs["securityGroupIds"]).forEach((group) => refuseForeignGroup(call, group, vpc?.id, subnetId));
  }
  if (call.inputs["privateDnsEnabled"] === true && vpc) refusePrivateDns(call, vpc);
}

function refusePrivateDns(call: Call, vpc: CloudRecord): void {
  if (vpc.outputs["enableDnsSupport"] !== true || vpc.outputs["enableDnsHostnames"] !== true) {
    call.refuse(
      invalid(
        "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for {vpcId}",
        "https://docs.aws.amazon.com/guardduty/latest/ug/troubleshooting-guardduty-runtime-monitoring.html; public repository files",
      ),
    );
  }
  const others = call.cloud
    .all(ec2.VPC_ENDPOINT, { vpcId: vpc.id, privateDnsEnabled: true })
    .filter(({ id, inputs }) => id !== call.id && inputs["serviceName"] === call.inputs["serviceName"]);
  if (others.length > 0) {
    call.refuse(
      invalid(
        "private-dns-enabled cannot be set because there is already a conflicting DNS domain for {domain} in the VPC {vpcId}",
        "hashicorp/terraform-provider-aws#17535",
      ),
      { domain: privateDomainOf(shortName(call), call.scope) },
    );
  }
}

/** One name for the endpoint, one for each zone, and the service's own when private DNS is on. */
function dnsEntries(call: Call, short: string, interfaces: CloudRecord[]) {
  const { region, dnsSuffix } = call.scope;
  const label = `${call.id}-${createHash("sha256")
    .update(call.id)
    .digest("base64url")
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 8)}`;
  const domain = `${short.split(".").reverse().join(".")}.${region}.vpce.${dnsSuffix}`;
  const zone = `Z${createHash("sha256").update(domain).digest("hex").slice(0, 13).toUpperCase()}`;
  const zones = interfaces.map(
    ({ inputs }) => call.cloud.find(ec2.SUBNET, String(inputs["subnetId"]))?.outputs["availabilityZone"],
  );
  const own = [label, ...zones.map((name) => `${label}-${String(name)}`)].map((name) => ({
    dnsName: `${name}.${domain}`,
    hostedZoneId: zone,
  }));
  if (call.inputs["privateDnsEnabled"] !== true) return own;
  return [
    ...own,
    {
      dnsName: privateDomainOf(short, call.scope),
      hostedZoneId: call.kept("privateZone", () => `Z0${call.hex(18).toUpperCase()}`),
    },
  ];
}

function canonicalJson(value: unknown): unknown {
  try {
    return typeof value === "string" ? (JSON.parse(value) as unknown) : value;
  } catch {
    return value;
  }
}
