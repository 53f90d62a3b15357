import type { ResourceView } from "../frame/rule";
import { each, NotKnownYet, Value } from "../frame/value";
import { compliant, notApplicable, type Answer, type Verdict, violation } from "../frame/verdict";
import { isAnywhere } from "./cidr";

export const securityGroup = "aws:ec2/securityGroup:SecurityGroup";
export const defaultSecurityGroup = "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup";
export const securityGroupRule = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const egressRule = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

/** Every type that can open a security group. */
export const securityGroupTypes = [securityGroup, defaultSecurityGroup, securityGroupRule, ingressRule, egressRule];

export type Direction = "ingress" | "egress";

/** One rule of a security group, whichever of the three ways it was written in. */
export interface Opening {
  readonly rule: Value;
  readonly protocol: Value;
  readonly from: Value;
  readonly to: Value;
  /** Lists of blocks and single blocks, both families. */
  readonly sources: readonly Value[];
  readonly description: Value;
}

/** The rules of one direction that a resource adds. */
export function openings(resource: ResourceView, direction: Direction): Opening[] {
  const { props, type } = resource;
  switch (type) {
    case securityGroup:
    case defaultSecurityGroup:
      return props.at(direction).list().map(inline);
    case securityGroupRule:
      return props.at("type").string() === direction ? [inline(props)] : [];
    case ingressRule:
    case egressRule:
      return (type === ingressRule) === (direction === "ingress") ? [standalone(props)] : [];
    default:
      return [];
  }
}

function inline(rule: Value): Opening {
  return {
    rule,
    protocol: rule.at("protocol"),
    from: rule.at("fromPort"),
    to: rule.at("toPort"),
    sources: [rule.at("cidrBlocks"), rule.at("ipv6CidrBlocks")],
    description: rule.at("description"),
  };
}

function standalone(rule: Value): Opening {
  return {
    rule,
    protocol: rule.at("ipProtocol"),
    from: rule.at("fromPort"),
    to: rule.at("toPort"),
    sources: [rule.at("cidrIpv4"), rule.at("cidrIpv6")],
    description: rule.at("description"),
  };
}

export interface Anywhere {
  readonly path: string;
  readonly cidr: string;
  readonly family: "ipv4" | "ipv6";
}

/** The sources of an opening that are the whole internet. Unknown where none is and one isn't known. */
export function anywhere(opening: Opening): Anywhere[] {
  const found: Anywhere[] = [];
  let notKnown: NotKnownYet | undefined;
  for (const source of opening.sources) {
    for (const block of source.isUnknown ? [source] : source.oneOrMany()) {
      if (block.isUnknown) {
        notKnown = new NotKnownYet(block.path);
        continue;
      }
      const cidr = block.string() ?? "";
      const family = isAnywhere(cidr);
      if (family) {
        found.push({ path: block.path, cidr, family });
      }
    }
  }
  if (found.length === 0 && notKnown) {
    throw notKnown;
  }
  return found;
}

export interface PortRange {
  /** `tcp`, `udp`, `icmp`, …, or `all`. */
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

const protocolNames: Readonly<Record<string, string>> = { "-1": "all", "6": "tcp", "17": "udp", "1": "icmp" };

/** Protocol and ports of an opening; without ports it is all of them. */
export function ports(opening: Opening): PortRange {
  const named = opening.protocol.string()?.toLowerCase() ?? String(opening.protocol.number() ?? "-1");
  const protocol = protocolNames[named] ?? named;
  if (protocol === "all") {
    return { protocol, from: 0, to: 65535 };
  }
  const from = opening.from.number() ?? -1;
  const to = opening.to.number() ?? from;
  return from < 0 ? { protocol, from: 0, to: 65535 } : { protocol, from, to: Math.max(from, to) };
}

/** Whether the range has the port, over TCP or UDP. */
export function covers(range: PortRange, port: number): boolean {
  return ["all", "tcp", "udp"].includes(range.protocol) && range.from <= port && port <= range.to;
}

/**
 * Judges each ingress rule that the whole internet may use by its ports. A rule is compliant as soon as either its
 * ports or its sources say so, even where the other is unknown.
 * @param offence What is wrong with the ports, or undefined.
 */
export function judgeOpenIngress(
  resource: ResourceView,
  families: readonly ("ipv4" | "ipv6")[],
  offence: (range: PortRange) => string | undefined,
): Answer {
  if (resource.type === egressRule) {
    return notApplicable("a rule for outgoing traffic");
  }
  if (resource.type === securityGroupRule && resource.props.at("type").string() === "egress") {
    return notApplicable("a rule for outgoing traffic");
  }
  return each(openings(resource, "ingress"), (opening): Answer => {
    const ranges = known(() => ports(opening));
    const wrong = ranges instanceof NotKnownYet ? undefined : offence(ranges);
    if (!(ranges instanceof NotKnownYet) && wrong === undefined) {
      return compliant;
    }
    const open = anywhere(opening).filter(({ family }) => families.includes(family));
    if (open.length === 0) {
      return compliant;
    }
    if (ranges instanceof NotKnownYet) {
      throw ranges;
    }
    return open.map(({ path, cidr }): Verdict => violation(path, `opens ${wrong ?? ""} to ${cidr}`));
  });
}

function known<T>(read: () => T): T | NotKnownYet {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotKnownYet) {
      return error;
    }
    throw error;
  }
}
