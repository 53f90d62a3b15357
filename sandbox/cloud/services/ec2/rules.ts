/** The rules of security groups, whichever of the provider's three ways they are written in. */
import { CloudView, Properties } from "../../table";
import { objects, text, texts } from "../../value";
import * as ec2 from "./names";

export type Direction = "ingress" | "egress";

/** A rule as inline lists, `SecurityGroupRule` or the separate ingress and egress types have it. */
export interface Rule extends Properties {
  direction: Direction;
}

/** One protocol, port range and peer: what AWS compares. */
export interface Atom {
  /** In AWS's words: `peer: 10.0.0.0/8, TCP, from port: 443, to port: 443, ALLOW`. */
  text: string;
  peerGroup?: string;
}

/** The single permissions that a rule stands for. */
export function atomsOf(rule: Rule, groupId: string): Atom[] {
  const peers = [
    ...texts(rule["cidrBlocks"]),
    ...texts(rule["ipv6CidrBlocks"]),
    ...texts(rule["prefixListIds"]),
    ...[rule["cidrIpv4"], rule["cidrIpv6"], rule["prefixListId"]].map(text).filter((peer) => peer !== undefined),
  ].map((peer): Atom => ({ text: ruleText(peer, rule) }));
  const groups = [
    ...texts(rule["securityGroups"]),
    ...[rule["sourceSecurityGroupId"], rule["referencedSecurityGroupId"]]
      .map(text)
      .filter((peer) => peer !== undefined),
    ...(rule["self"] === true ? [groupId] : []),
  ].map((peer): Atom => ({ text: ruleText(peer, rule), peerGroup: peer }));
  return [...peers, ...groups];
}

function ruleText(peer: string, rule: Rule): string {
  const protocol = String(rule["protocol"] ?? rule["ipProtocol"] ?? "-1");
  if (protocol === "-1" || protocol === "all") return `peer: ${peer}, ALL, ALLOW`;
  const from = String(rule["fromPort"] ?? -1);
  const to = String(rule["toPort"] ?? -1);
  return `peer: ${peer}, ${PROTOCOLS[protocol] ?? protocol.toUpperCase()}, from port: ${from}, to port: ${to}, ALLOW`;
}

const PROTOCOLS: Record<string, string> = { "6": "TCP", "17": "UDP", "1": "ICMP", "58": "ICMPV6" };

/** The rules of a group in a direction that are objects of their own, but for one that is being judged itself. */
export function separateRules(cloud: CloudView, groupId: string, direction: Direction, but?: string): Rule[] {
  const rules = cloud.all(ec2.GROUP_RULE, { securityGroupId: groupId, type: direction });
  const own = cloud.all(direction === "ingress" ? ec2.INGRESS_RULE : ec2.EGRESS_RULE, { securityGroupId: groupId });
  return [...rules, ...own].filter(({ id }) => id !== but).map(({ inputs }) => ({ ...inputs, direction }));
}

/** Every rule of a group in a direction, those written inline first. */
export function allRules(cloud: CloudView, groupId: string, direction: Direction, but?: string): Rule[] {
  const inline = objects(cloud.find(ec2.SECURITY_GROUP, groupId)?.inputs[direction]);
  return [...inline.map((rule) => ({ ...rule, direction })), ...separateRules(cloud, groupId, direction, but)];
}

/** The rules as a group's own `ingress` or `egress` shows them: what was written inline, then the others in full. */
export function inlineView(cloud: CloudView, groupId: string, direction: Direction, inputs: Properties): Properties[] {
  const inline = objects(inputs[direction]);
  const others = separateRules(cloud, groupId, direction);
  return [
    ...inline,
    ...others.map((rule) => ({
      cidrBlocks: [...texts(rule["cidrBlocks"]), ...[text(rule["cidrIpv4"])].filter((cidr) => cidr !== undefined)],
      description: rule["description"] ?? "",
      fromPort: rule["fromPort"] ?? 0,
      ipv6CidrBlocks: [
        ...texts(rule["ipv6CidrBlocks"]),
        ...[text(rule["cidrIpv6"])].filter((cidr) => cidr !== undefined),
      ],
      prefixListIds: [
        ...texts(rule["prefixListIds"]),
        ...[text(rule["prefixListId"])].filter((list) => list !== undefined),
      ],
      protocol: rule["protocol"] ?? rule["ipProtocol"] ?? "-1",
      securityGroups: [text(rule["sourceSecurityGroupId"]) ?? text(rule["referencedSecurityGroupId"])].filter(
        (group) => group !== undefined && group !== groupId,
      ),
      self: rule["self"] === true || rule["referencedSecurityGroupId"] === groupId,
      toPort: rule["toPort"] ?? 0,
    })),
  ];
}
