import { blockTypes } from "../../ec2/blocks";
import { readBlock } from "../../ec2/cidr";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "vpc-cidr-size",
  title: "Blocks of VPCs and subnets are from /16 to /28",
  severity: "high",
  controls: ["VPC-01"],
  description: "EC2 takes no other size.",
  remediation: "Choose a prefix from /16 to /28.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
  types: blockTypes,
  judge: ({ props }) => {
    const cidr = props.at("cidrBlock");
    const text = cidr.string();
    if (text === undefined) {
      return notApplicable("takes its block from IPAM, or has IPv6 only");
    }
    const block = readBlock(text);
    if (!block) {
      return violation(cidr.path, `is ${text}, which is no IPv4 block`);
    }
    return block.prefix < 16 || block.prefix > 28 ? violation(cidr.path, `is a /${String(block.prefix)}`) : compliant;
  },
});
