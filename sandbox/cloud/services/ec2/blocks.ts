/**
 * The blocks of a VPC: which may join it, and which not.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
import { hexId } from "../../forms";
import { Cidr, cidrOf, contains, overlaps } from "../../ipv4";
import { Call, CloudRecord, CloudView, Refusal, ResourceType } from "../../table";
import { cidrNetwork } from "../../validators";
import { text } from "../../value";
import * as ec2 from "./names";
import { routesOf } from "./route-list";

/** AWS's default, the primary block included: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const BLOCKS_PER_VPC = 5;

const FORBIDDEN = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4"].map(cidrOf);

const TEN = cidrOf("10.0.0.0/8");
const ONE_SEVEN_TWO = cidrOf("172.16.0.0/12");
const ONE_NINE_TWO = cidrOf("192.168.0.0/16");
const BENCHMARK = cidrOf("198.19.0.0/16");
const RFC_1918 = [TEN, ONE_SEVEN_TWO, ONE_NINE_TWO];

/** "IPv4 CIDR block association restrictions": what an associated block keeps out. The last row is for any other range. */
const RESTRICTIONS: { range: Cidr | undefined; keepsOut: Cidr[] }[] = [
  { range: TEN, keepsOut: [ONE_SEVEN_TWO, ONE_NINE_TWO, BENCHMARK] },
  { range: ONE_SEVEN_TWO, keepsOut: [TEN, ONE_NINE_TWO, BENCHMARK, cidrOf("172.31.0.0/16")] },
  { range: ONE_NINE_TWO, keepsOut: [TEN, ONE_SEVEN_TWO, BENCHMARK] },
  { range: BENCHMARK, keepsOut: RFC_1918 },
  { range: undefined, keepsOut: [...RFC_1918, BENCHMARK] },
];

/** A VPC that has any of 10.0.0.0/15 may not be given anything of 10.0.0.0/16. */
const TEN_FIFTEEN = cidrOf("10.0.0.0/15");
const TEN_SIXTEEN = cidrOf("10.0.0.0/16");

/** Whether the block touches a range that no VPC may use. */
export function forbiddenBlock(cidr: Cidr): boolean {
  return FORBIDDEN.some((range) => overlaps(range, cidr));
}

/**
 * Whether the table keeps the candidate out of a VPC that has these blocks.
 *
 * Read to the letter: every associated block counts, not only the first. So a second block of the primary's private range must come before
 * one of 100.64.0.0/10. Whether AWS is as strict is not known; an order that passes here passes there.
 */
export function isRestricted(existing: Cidr[], candidate: Cidr): boolean {
  if (existing.some((block) => contains(TEN_FIFTEEN, block)) && contains(TEN_SIXTEEN, candidate)) return true;
  return existing.some((block) => {
    const row = RESTRICTIONS.find(({ range }) => range === undefined || contains(range, block));
    return row?.keepsOut.some((range) => overlaps(range, candidate)) ?? false;
  });
}

/** Every block of the VPC, the one it was created with first. */
export function blocksOf(cloud: CloudView, vpc: CloudRecord): string[] {
  const secondary = cloud.all(ec2.CIDR_ASSOCIATION, { vpcId: vpc.id }).map(({ inputs }) => text(inputs["cidrBlock"]));
  return [text(vpc.inputs["cidrBlock"]), ...secondary].filter((block) => block !== undefined);
}

const RESTRICTED: Refusal = {
  code: "InvalidVpc.Range",
  message:
    "The CIDR '{cidrBlock}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a " +
    "publicly-routable CIDR. For additional restrictions, see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Subnets.html#VPC_Sizing",
  evidence: "public repository files (no thread); the page's address is a placeholder there",
};

export const cidrBlockAssociation: ResourceType = {
  type: ec2.CIDR_ASSOCIATION,
  noun: "EC2 VPC IPv4 CIDR Block Association",
  says: { create: "creating EC2 VPC ({vpcId}) IPv4 CIDR Block Association" },
  operations: { create: "AssociateVpcCidrBlock", delete: "DisassociateVpcCidrBlock" },
  id: hexId("vpc-cidr-assoc"),
  valid: { cidrBlock: cidrNetwork(16, 28) },
  refersTo: [ec2.refersTo("vpcId", ec2.VPC, { holds: false })],
  refuses: (call) => {
    const vpc = call.cloud.find(ec2.VPC, String(call.inputs["vpcId"]));
    const block = text(call.inputs["cidrBlock"]);
    if (!vpc || !block || call.kind !== "create") return;
    const candidate = cidrOf(block);
    const existing = blocksOf(call.cloud, vpc);
    const limit = call.quota("vpcCidrBlocks", BLOCKS_PER_VPC);
    if (forbiddenBlock(candidate)) {
      call.refuse({
        code: "InvalidVpc.Range",
        message: "The CIDR '{cidrBlock}' is invalid.",
        evidence: "badmintoncryer/cdk-preflight (pf-ec2-vpc-cidr-reserved-range), seen for CreateVpc",
      });
    }
    if (isRestricted(existing.map(cidrOf), candidate)) call.refuse(RESTRICTED);
    if (existing.some((each) => overlaps(cidrOf(each), candidate)) || coversARoute(call, vpc, candidate)) {
      call.refuse({
        code: "CidrConflict",
        message: "CIDR range conflicts with an existing CIDR of the VPC or of one of its routes",
        evidence:
          "badmintoncryer/cdk-preflight (pf-ec2-vpc-cidr-block-overlap) has 'CIDR range conflicts', a fragment; the rest is unsure",
      });
    }
    if (existing.length >= limit) {
      call.refuse(
        {
          code: "CidrLimitExceeded",
          message: "This network {vpcId} has met its maximum number of allowed CIDRs: {limit}",
          evidence: "moto",
        },
        { limit: String(limit) },
      );
    }
  },
  refusesDelete: (call) => {
    const block = cidrOf(String(call.inputs["cidrBlock"]));
    const inside = call.cloud
      .all(ec2.SUBNET, { vpcId: call.inputs["vpcId"] })
      .some(({ inputs }) => overlaps(block, cidrOf(String(inputs["cidrBlock"]))));
    if (inside) {
      call.refuse({
        code: "InvalidCidrBlock.InUse",
        message: "The vpc currently has a subnet within CIDR block range {cidrBlock}",
        evidence:
          "unsure: the rule is in the VPC guide (delete the subnets first), the words are remembered from public threads",
      });
    }
  },
};

/** "The CIDR block must not be the same or larger than a destination CIDR range in a route in any of the VPC route tables." */
function coversARoute(call: Call, vpc: CloudRecord, candidate: Cidr): boolean {
  return call.cloud.all(ec2.ROUTE_TABLE, { vpcId: vpc.id }).some((table) =>
    routesOf(call.cloud, table)
      .map((route) => text(route["cidrBlock"]))
      .some((destination) => destination !== undefined && contains(candidate, cidrOf(destination))),
  );
}
