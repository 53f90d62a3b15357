import { securityHubUrl } from "../../catalogue/security-hub-url";
import { isAnywhere } from "../../ec2/cidr";
import { resourceRule } from "../../frame/rule";
import { each, type Value } from "../../frame/value";
import { compliant, notApplicable, type Verdict, violation } from "../../frame/verdict";

const aclRule = "aws:ec2/networkAclRule:NetworkAclRule";
const adminPorts = [22, 3389];

export const rule = resourceRule({
  id: "ec2-network-acl-admin-ports",
  title: "No network ACL lets the internet in to SSH or RDP",
  severity: "medium",
  controls: ["EC2.21"],
  also: ["CKV_AWS_229", "CKV_AWS_231", "CKV_AWS_232"],
  description:
    "The network ACL is the second line behind the security groups; administration ports are the first thing it should stop.",
  remediation: "Deny 22 and 3389 with a lower rule number, or allow only the blocks that need them.",
  url: securityHubUrl("EC2.21"),
  types: ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", aclRule],
  judge: ({ type, props }) => {
    if (type === aclRule) {
      return props.at("egress").boolean() === true
        ? notApplicable("a rule for outgoing traffic")
        : judgeEntry(props, props.at("ruleAction"), []);
    }
    const entries = props.at("ingress").list();
    return each(entries, (entry) => judgeEntry(entry, entry.at("action"), entries));
  },
});

function judgeEntry(entry: Value, action: Value, others: readonly Value[]): Verdict {
  if (action.string()?.toLowerCase() !== "allow") {
    return compliant;
  }
  const open = adminPorts.filter((port) => covers(entry, port));
  const source = [entry.at("cidrBlock"), entry.at("ipv6CidrBlock")].find((block) => isAnywhere(block.string() ?? ""));
  if (open.length === 0 || !source) {
    return compliant;
  }
  const stopped = (port: number): boolean => others.some((other) => deniesBefore(entry, other, port));
  const left = open.filter((port) => !stopped(port));
  return left.length === 0
    ? compliant
    : violation(source.path, `lets ${source.string() ?? ""} in to port ${left.join(" and ")}`);
}

/** The first rule that matches decides, in the order of their numbers. */
function deniesBefore(entry: Value, other: Value, port: number): boolean {
  if (other.isUnknown || other.at("action").string()?.toLowerCase() !== "deny") {
    return false;
  }
  const earlier = (other.at("ruleNo").number() ?? Infinity) < (entry.at("ruleNo").number() ?? Infinity);
  const family = entry.at("ipv6CidrBlock").string() ? "ipv6CidrBlock" : "cidrBlock";
  return earlier && covers(other, port) && isAnywhere(other.at(family).string() ?? "") !== undefined;
}

function covers(entry: Value, port: number): boolean {
  const protocol = entry.at("protocol").string()?.toLowerCase() ?? String(entry.at("protocol").number() ?? "");
  if (protocol === "-1" || protocol === "all") {
    return true;
  }
  const from = entry.at("fromPort").number() ?? 0;
  const to = entry.at("toPort").number() ?? 65535;
  return (protocol === "tcp" || protocol === "6") && from <= port && port <= to;
}
