import { defaultRoutesOf, natGateway, routeTablesOf } from "../../ec2/routing";
import { byVpc, subnet, vpcOf } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";
import type { StackResource, StackView } from "../../frame/stack";
import { each } from "../../frame/value";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "vpc-subnet-nat-same-zone",
  title: "A subnet leaves through the NAT gateway of its own zone",
  severity: "medium",
  controls: ["VPC-10"],
  description: "A NAT gateway in another zone costs for each byte and takes the subnet down with that zone.",
  remediation: "Associate the subnet with the route table that leads to its zone's NAT gateway.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html",
  types: [subnet],
  judge: (subject, stack) => {
    const gateways = routeTablesOf(stack, subject).flatMap((table) =>
      defaultRoutesOf(stack, table).flatMap(({ natGateway: gateway }) => gateway ?? []),
    );
    if (gateways.length === 0) {
      return notApplicable("leaves through no NAT gateway of this stack");
    }
    const zone = zoneOf(subject);
    return each(gateways, (gateway) => {
      const place = subnetOf(stack, gateway);
      const away = place ? zoneOf(place) : undefined;
      if (zone === undefined || away === undefined || zone === away) {
        return compliant;
      }
      // One gateway for several zones is a choice that this rule has no part in: there must be one nearer by.
      const hasOwn = natZones(stack, subject).includes(zone);
      return hasOwn
        ? violation("", `is in ${zone} but leaves through ${gateway.name} in ${away}`)
        : notApplicable("its zone has no NAT gateway");
    });
  },
});

function zoneOf(resource: StackResource): string | undefined {
  return resource.props.at("availabilityZone").string() ?? resource.props.at("availabilityZoneId").string();
}

function subnetOf(stack: StackView, gateway: StackResource): StackResource | undefined {
  return stack.target(gateway, "subnetId", subnet);
}

const zonesByVpc = new WeakMap<StackView, Map<string, readonly string[]>>();

/** The zones of a VPC that have a NAT gateway. */
function natZones(stack: StackView, resource: StackResource): readonly string[] {
  const key = vpcOf(stack, resource)?.key ?? "";
  const known = zonesByVpc.get(stack) ?? new Map<string, readonly string[]>();
  zonesByVpc.set(stack, known);
  const zones =
    known.get(key) ??
    (byVpc(stack, subnet).of.get(key) ?? [])
      .filter((place) => stack.referrers(place, natGateway, "subnetId").length > 0)
      .flatMap((place) => zoneOf(place) ?? []);
  known.set(key, zones);
  return zones;
}
