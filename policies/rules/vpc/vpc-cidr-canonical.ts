import { blockTypes } from "../../ec2/blocks";
import { readBlock } from "../../ec2/cidr";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "vpc-cidr-canonical",
  title: "Blocks of VPCs and subnets are written as EC2 keeps them",
  severity: "high",
  controls: ["VPC-06"],
  description: "EC2 turns host bits off without a word: every later preview shows a change that is none.",
  remediation: "Write the first address of the block, without leading zeros.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
  types: blockTypes,
  judge: ({ props }) => {
    const cidr = props.at("cidrBlock");
    const text = cidr.string() ?? "";
    const block = readBlock(text);
    if (!block) {
      return notApplicable("has no IPv4 block");
    }
    return block.canonical === text
      ? compliant
      : violation(cidr.path, `is ${text}, which EC2 keeps as ${block.canonical}`);
  },
});
