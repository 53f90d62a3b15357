import { blockTypes } from "../../ec2/blocks";
import { overlap, readBlock } from "../../ec2/cidr";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

const reserved = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4"];

export const rule = resourceRule({
  id: "vpc-cidr-reserved",
  title: "Blocks of VPCs and subnets are outside the ranges that EC2 keeps",
  severity: "high",
  controls: ["VPC-02"],
  description: "Loopback, link-local, multicast and the zero network can't be a VPC's.",
  remediation: "Use a private range of RFC 1918, or 100.64.0.0/10.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
  types: blockTypes,
  judge: ({ props }) => {
    const cidr = props.at("cidrBlock");
    const block = readBlock(cidr.string() ?? "");
    if (!block) {
      return notApplicable("has no IPv4 block");
    }
    const range = reserved.find((text) => {
      const other = readBlock(text);
      return other !== undefined && overlap(block, other);
    });
    return range === undefined ? compliant : violation(cidr.path, `is ${block.canonical}, in the reserved ${range}`);
  },
});
