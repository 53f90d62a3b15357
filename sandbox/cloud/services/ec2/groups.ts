/** Security groups and their rules. https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html */
import { hexId } from "../../forms";
import { Call, CloudRecord, Properties, Refusal, ResourceType } from "../../table";
import { atLeastOneOf, conflicts, ipv4Network, ipv4NetworkAttribute, length, oneOf } from "../../validators";
import { objects, text } from "../../value";
import * as ec2 from "./names";
import { allRules, atomsOf, Direction, inlineView, Rule, separateRules } from "./rules";

/** AWS's default of rules for each direction: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups */
const RULES_PER_GROUP = 60;

const DIRECTIONS: Direction[] = ["ingress", "egress"];

const IN_USE: Refusal = {
  code: "DependencyViolation",
  message: "resource {id} has a dependent object",
  evidence: "lianghong/delete_vpc#10",
};

/** A rule of a group about itself does not keep the group. */
const otherGroups = (holder: CloudRecord, held: CloudRecord) =>
  holder.id !== held.id && holder.inputs["securityGroupId"] !== held.id;

const inlineReferences = DIRECTIONS.map((direction) =>
  ec2.refersTo(`${direction}[].securityGroups[]`, ec2.SECURITY_GROUP, { holds: otherGroups }),
);

const inlineChecks = Object.fromEntries(DIRECTIONS.map((direction) => [`${direction}[].cidrBlocks[]`, ipv4Network]));

export const securityGroup: ResourceType = {
  type: ec2.SECURITY_GROUP,
  noun: "Security Group",
  says: { create: "creating Security Group ({name})" },
  operations: { create: "CreateSecurityGroup", update: "AuthorizeSecurityGroupIngress", delete: "DeleteSecurityGroup" },
  id: hexId("sg"),
  arn: (call) => `security-group/${call.id}`,
  defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
  valid: { ...inlineChecks, name: length(0, 255), description: length(0, 255) },
  check: (inputs) => [
    ...conflicts(inputs, "name", "namePrefix"),
    ...DIRECTIONS.flatMap((direction) => wholeRanges(inputs, direction)),
  ],
  refersTo: [ec2.refersTo("vpcId", ec2.VPC), ...inlineReferences],
  computed: (call) => ({
    ownerId: call.scope.account,
    name:
      call.inputs["name"] ??
      call.kept("name", () => `${String(call.inputs["namePrefix"] ?? "terraform-")}${call.hex(26)}`),
    ingress: call.old ? inlineView(call.cloud, call.id, "ingress", call.inputs) : call.inputs["ingress"],
    egress: call.old ? inlineView(call.cloud, call.id, "egress", call.inputs) : call.inputs["egress"],
  }),
  refuses: (call) => {
    if (call.kind === "create") refuseName(call);
    for (const direction of DIRECTIONS) refuseInline(call, direction);
  },
  refusesDelete: (call) => {
    if (call.old?.outputs["name"] !== "default") return;
    call.refuse({
      code: "CannotDelete",
      message: 'the specified group: "{id}" name: "default" cannot be deleted by a user',
      evidence: "public repository files (no thread)",
    });
  },
  goes: (call) =>
    [ec2.GROUP_RULE, ec2.INGRESS_RULE, ec2.EGRESS_RULE].forEach((type) =>
      call.cloud.all(type, { securityGroupId: call.id }).forEach((rule) => call.unmake(rule)),
    ),
  inUse: IN_USE,
};

function refuseName(call: Call): void {
  const name = text(call.inputs["name"]) ?? "";
  const vpcId = text(call.inputs["vpcId"]);
  if (!vpcId) {
    call.refuse({
      code: "VPCIdNotSpecified",
      message: "No default VPC for this user",
      evidence: "public repository files (no thread)",
    });
  }
  if (name.toLowerCase() === "default") {
    call.refuse({
      code: "InvalidParameterValue",
      message: "Cannot use reserved security group name: default",
      evidence: "badmintoncryer/cdk-preflight (pf-ec2-sg-group-name-default); code inferred from the API model",
    });
  }
  if (name.startsWith("sg-")) {
    call.refuse({
      code: "InvalidParameterValue",
      message: "Value ({name}) for parameter GroupName is invalid. Group names may not be in the format sg-*.",
      evidence: "public repository files; badmintoncryer/cdk-preflight (pf-ec2-sg-group-name)",
    });
  }
  if (call.cloud.all(ec2.SECURITY_GROUP, { vpcId, name }).length > 0) {
    call.refuse({
      code: "InvalidGroup.Duplicate",
      message: "The security group '{name}' already exists for VPC '{vpcId}'",
      evidence: "public repository files (no thread)",
    });
  }
}

function refuseInline(call: Call, direction: Direction): void {
  const atoms = objects(call.inputs[direction]).flatMap((rule) => atomsOf({ ...rule, direction }, call.id));
  // AWS's own check runs rule by rule; the provider sends those of a group in one request, where doubles are refused as well.
  // One that was inline before is not asked for again.
  const before = objects(call.old?.inputs[direction]).flatMap((rule) => atomsOf({ ...rule, direction }, call.id));
  const old = new Set(before.map((atom) => atom.text));
  const apart = separateRules(call.cloud, call.id, direction).flatMap((rule) => atomsOf(rule, call.id));
  const seen = new Set(apart.map((atom) => atom.text).filter((atom) => !old.has(atom)));
  for (const atom of atoms) {
    if (seen.has(atom.text)) refuseDuplicate(call, direction, atom.text);
    seen.add(atom.text);
    refuseForeignPeer(call, atom.peerGroup, text(call.setting("vpcId")));
  }
  refuseTooMany(call, direction, atoms.length + apart.length);
}

function refuseDuplicate(call: Call, direction: Direction, rule: string): never {
  return call.refuse(
    {
      code: "InvalidPermission.Duplicate",
      message: 'the specified rule "{rule}" already exists',
      operation: direction === "ingress" ? "AuthorizeSecurityGroupIngress" : "AuthorizeSecurityGroupEgress",
      evidence:
        "terraform-aws-modules/terraform-aws-security-group#351, hashicorp/terraform#1874, lucidsoftware/cumulus#101",
    },
    { rule },
  );
}

function refuseForeignPeer(call: Call, peerGroup: string | undefined, vpcId: string | undefined): void {
  const peer = peerGroup === undefined ? undefined : call.cloud.find(ec2.SECURITY_GROUP, peerGroup);
  if (!peer || peer.outputs["vpcId"] === vpcId) return;
  call.refuse({
    code: "InvalidGroup.NotFound",
    message: "You have specified two resources that belong to different networks.",
    evidence: "public repository files (no thread); code inferred",
  });
}

function refuseTooMany(call: Call, direction: Direction, count: number): void {
  if (count <= call.quota("rulesPerSecurityGroup", RULES_PER_GROUP)) return;
  call.refuse({
    code: "RulesPerSecurityGroupLimitExceeded",
    message: "The maximum number of rules per security group has been reached.",
    operation: direction === "ingress" ? "AuthorizeSecurityGroupIngress" : "AuthorizeSecurityGroupEgress",
    evidence: "2i2c-org/infrastructure#5101 (cut short); full text: moto",
  });
}

/** The provider's own rule for `-1`: https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/security_group */
function wholeRanges(inputs: Properties, direction: Direction) {
  return objects(inputs[direction])
    .filter(({ protocol, fromPort, toPort }) => protocol === "-1" && (Number(fromPort) !== 0 || Number(toPort) !== 0))
    .map(({ fromPort, toPort }) => ({
      property: direction,
      reason: `from_port (${String(fromPort)}) and to_port (${String(toPort)}) must both be 0 to use the 'ALL' "-1" protocol!`,
    }));
}

/** One rule as an object of its own: checked against every other rule of its group, inline ones too. */
function refusesRule(directionOf: (inputs: Properties) => Direction) {
  return (call: Call) => {
    const groupId = String(call.inputs["securityGroupId"]);
    const direction = directionOf(call.inputs);
    const group = call.cloud.find(ec2.SECURITY_GROUP, groupId);
    const present = allRules(call.cloud, groupId, direction, call.kind === "create" ? undefined : call.id);
    const taken = new Set(present.flatMap((rule) => atomsOf(rule, groupId)).map((atom) => atom.text));
    const own = atomsOf({ ...call.inputs, direction } as Rule, groupId);
    for (const atom of own) {
      if (taken.has(atom.text)) refuseDuplicate(call, direction, atom.text);
      refuseForeignPeer(call, atom.peerGroup, text(group?.outputs["vpcId"]));
    }
    refuseTooMany(call, direction, taken.size + own.length);
  };
}

export const securityGroupRule: ResourceType = {
  type: ec2.GROUP_RULE,
  noun: "Security Group Rule",
  says: { create: "authorizing Security Group ({securityGroupId}) Rule ({id})" },
  operations: {
    create: "AuthorizeSecurityGroupIngress",
    update: "UpdateSecurityGroupRuleDescriptionsIngress",
    delete: "RevokeSecurityGroupIngress",
  },
  id: (call) => `sgrule-${parseInt(call.hex(8), 16)}`,
  defaults: { self: false },
  // Two rules of the same content cannot stand beside each other.
  deleteBeforeReplace: true,
  valid: { type: oneOf("egress", "ingress"), "cidrBlocks[]": ipv4Network },
  check: (inputs) => [
    ...(inputs["self"] === true
      ? []
      : atLeastOneOf(inputs, "cidrBlocks", "ipv6CidrBlocks", "prefixListIds", "sourceSecurityGroupId")),
    ...conflicts(inputs, "sourceSecurityGroupId", "cidrBlocks", "ipv6CidrBlocks"),
  ],
  refersTo: [
    ec2.refersTo("securityGroupId", ec2.SECURITY_GROUP, { holds: false }),
    ec2.refersTo("sourceSecurityGroupId", ec2.SECURITY_GROUP, { holds: otherGroups }),
  ],
  computed: (call) => ({
    securityGroupRuleId:
      atomsOf({ ...call.inputs, direction: "ingress" } as Rule, "").length === 1
        ? call.kept("securityGroupRuleId", () => `sgr-0${call.hex(16)}`)
        : "",
  }),
  refuses: refusesRule((inputs) => (inputs["type"] === "egress" ? "egress" : "ingress")),
};

function separateRule(type: string, direction: Direction): ResourceType {
  const side = direction === "ingress" ? "Ingress" : "Egress";
  return {
    type,
    noun: "VPC Security Group Rule",
    operations: {
      create: `AuthorizeSecurityGroup${side}`,
      update: "ModifySecurityGroupRules",
      delete: `RevokeSecurityGroup${side}`,
    },
    id: hexId("sgr"),
    arn: (call) => `security-group-rule/${call.id}`,
    valid: { cidrIpv4: ipv4NetworkAttribute },
    check: (inputs) => {
      const peers = ["cidrIpv4", "cidrIpv6", "prefixListId", "referencedSecurityGroupId"];
      if (peers.filter((peer) => inputs[peer] !== undefined).length === 1) return [];
      const names = "[cidr_ipv4,cidr_ipv6,prefix_list_id,referenced_security_group_id]";
      const reason = `Missing Attribute Configuration. Exactly one of these attributes must be configured: ${names}`;
      return [{ property: "cidrIpv4", reason }];
    },
    refersTo: [
      ec2.refersTo("securityGroupId", ec2.SECURITY_GROUP, { holds: false }),
      ec2.refersTo("referencedSecurityGroupId", ec2.SECURITY_GROUP, { holds: otherGroups }),
    ],
    computed: (call) => ({ securityGroupRuleId: call.id }),
    refuses: refusesRule(() => direction),
  };
}

export const ingressRule = separateRule(ec2.INGRESS_RULE, "ingress");
export const egressRule = separateRule(ec2.EGRESS_RULE, "egress");

/** The VPC's default group under Pulumi's hand: adopted, its rules replaced by those given, and left so at the end. */
export const defaultSecurityGroup: ResourceType = {
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  noun: "EC2 Default Security Group",
  operations: { create: "AuthorizeSecurityGroupIngress", delete: "DeleteSecurityGroup" },
  autoName: null,
  id: (call) => {
    const group = call.cloud.all(ec2.SECURITY_GROUP, { vpcId: call.inputs["vpcId"], name: "default" })[0];
    if (!group) return call.fail(`reading EC2 Default Security Group: empty result`);
    return group.id;
  },
  arn: (call) => `security-group/${call.id}`,
  defaults: { revokeRulesOnDelete: false },
  valid: inlineChecks,
  refersTo: [ec2.refersTo("vpcId", ec2.VPC, { holds: false }), ...inlineReferences],
  computed: (call) => ({
    ownerId: call.scope.account,
    name: "default",
    description: "default VPC security group",
    ingress: call.inputs["ingress"] ?? [],
    egress: call.inputs["egress"] ?? [],
  }),
  refuses: (call) => DIRECTIONS.forEach((direction) => refuseInline(call, direction)),
  takesEffect: (call) => {
    const group = call.cloud.find(ec2.SECURITY_GROUP, call.id);
    if (group) call.amend(group, { ingress: call.inputs["ingress"] ?? [], egress: call.inputs["egress"] ?? [] });
  },
};
