/** VPCs and what comes into being with them. https://docs.aws.amazon.com/vpc/latest/userguide/configure-your-vpc.html */
import { hexId, randomHex } from "../../forms";
import { cidrOf } from "../../ipv4";
import { Call, CloudView, ResourceType } from "../../table";
import { cidrNetwork, oneOf } from "../../validators";
import { text } from "../../value";
import { forbiddenBlock } from "./blocks";
import * as ec2 from "./names";

/** AWS's default of https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const VPCS_PER_REGION = 5;

export const vpc: ResourceType = {
  type: ec2.VPC,
  noun: "EC2 VPC",
  operations: { create: "CreateVpc", update: "ModifyVpcAttribute", delete: "DeleteVpc" },
  id: hexId("vpc"),
  arn: (call) => `vpc/${call.id}`,
  defaults: { enableDnsSupport: true, instanceTenancy: "default" },
  valid: { cidrBlock: cidrNetwork(16, 28), instanceTenancy: oneOf("default", "dedicated") },
  filled: () => ({ enableDnsHostnames: false, enableNetworkAddressUsageMetrics: false }),
  computed: (call) => ({
    ownerId: call.scope.account,
    // The account's default options of the region: every new VPC starts with them.
    dhcpOptionsId: call.kept("dhcpOptionsId", () => `dopt-0${randomHex(16)}`),
    mainRouteTableId: mainRouteTableId(call.cloud, call.id),
    defaultRouteTableId: call.kept("defaultRouteTableId", () => `rtb-0${randomHex(16)}`),
    defaultSecurityGroupId: call.kept("defaultSecurityGroupId", () => `sg-0${randomHex(16)}`),
    defaultNetworkAclId: call.kept("defaultNetworkAclId", () => `acl-0${randomHex(16)}`),
  }),
  refuses: (call) => {
    if (call.kind !== "create") return;
    const cidr = text(call.inputs["cidrBlock"]);
    if (!cidr || forbiddenBlock(cidrOf(cidr))) {
      call.refuse({
        code: "InvalidVpc.Range",
        message: "The CIDR '{cidrBlock}' is invalid.",
        evidence: "badmintoncryer/cdk-preflight (pf-ec2-vpc-cidr-reserved-range); code inferred from the API model",
      });
    }
    if (call.cloud.all(ec2.VPC).length >= call.quota("vpcs", VPCS_PER_REGION)) {
      call.refuse({
        code: "VpcLimitExceeded",
        message: "The maximum number of VPCs has been reached.",
        evidence: "public repository files (no thread)",
      });
    }
  },
  takesEffect: (call) => {
    if (call.kind !== "create") return;
    const vpcId = call.id;
    call.make(ec2.ROUTE_TABLE, { vpcId, main: true }, { id: id(call, "defaultRouteTableId") });
    call.make(
      ec2.SECURITY_GROUP,
      {
        vpcId,
        name: "default",
        description: "default VPC security group",
        ingress: [FROM_ITSELF],
        egress: [TO_ANYWHERE],
      },
      { id: id(call, "defaultSecurityGroupId") },
    );
    call.make(
      ec2.NETWORK_ACL,
      { vpcId, default: true, ingress: [ALLOW_ALL], egress: [ALLOW_ALL] },
      { id: id(call, "defaultNetworkAclId") },
    );
  },
  inUse: ec2.dependencyViolation("vpc"),
};

const FROM_ITSELF = { protocol: "-1", fromPort: 0, toPort: 0, self: true };
const TO_ANYWHERE = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
const ALLOW_ALL = { protocol: "-1", ruleNo: 100, action: "allow", cidrBlock: "0.0.0.0/0", fromPort: 0, toPort: 0 };

function id(call: Call, property: string): string {
  return call.kept(property, () => "");
}

/** The table that subnets use which have none of their own. */
export function mainRouteTableId(cloud: CloudView, vpcId: string): string | undefined {
  const replaced = cloud.all(ec2.MAIN_ASSOCIATION, { vpcId }).at(-1);
  if (replaced) return text(replaced.inputs["routeTableId"]);
  return cloud.all(ec2.ROUTE_TABLE, { vpcId, main: true })[0]?.id;
}

export const dhcpOptions: ResourceType = {
  type: ec2.DHCP_OPTIONS,
  noun: "EC2 DHCP Options Set",
  operations: { create: "CreateDhcpOptions", update: "CreateTags", delete: "DeleteDhcpOptions" },
  id: hexId("dopt"),
  arn: (call) => `dhcp-options/${call.id}`,
  computed: (call) => ({ ownerId: call.scope.account }),
  inUse: {
    code: "DependencyViolation",
    message: "The dhcpOptions '{id}' has dependencies and cannot be deleted.",
    evidence: "moto has the code; text after the other EC2 deletes, unsure",
  },
};

export const dhcpOptionsAssociation: ResourceType = {
  type: "aws:ec2/vpcDhcpOptionsAssociation:VpcDhcpOptionsAssociation",
  noun: "EC2 VPC DHCP Options Set Association",
  operations: { create: "AssociateDhcpOptions", delete: "AssociateDhcpOptions" },
  id: (call) => `${String(call.inputs["dhcpOptionsId"])}-${String(call.inputs["vpcId"])}`,
  refersTo: [ec2.refersTo("vpcId", ec2.VPC, { holds: false }), ec2.refersTo("dhcpOptionsId", ec2.DHCP_OPTIONS)],
  takesEffect: (call) => {
    const owner = call.cloud.find(ec2.VPC, String(call.inputs["vpcId"]));
    if (owner) call.amend(owner, { dhcpOptionsId: call.inputs["dhcpOptionsId"] });
  },
};
