import { overlap, readBlock } from "../../ec2/cidr";
import { cidrAssociation, vpc } from "../../ec2/vpc";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "vpc-cidr-docker-bridge",
  title: "No block of a VPC contains Docker's bridge network",
  severity: "medium",
  controls: ["VPC-12"],
  description: "Hosts that run Docker, and services such as Cloud9 and SageMaker, use 172.17.0.0/16 themselves.",
  remediation: "Choose a block outside 172.17.0.0/16.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
  types: [vpc, cidrAssociation],
  judge: ({ props }) => {
    const cidr = props.at("cidrBlock");
    const block = readBlock(cidr.string() ?? "");
    const bridge = readBlock("172.17.0.0/16");
    if (!block || !bridge) {
      return notApplicable("has no IPv4 block");
    }
    return overlap(block, bridge)
      ? violation(cidr.path, `is ${block.canonical}, with Docker's 172.17.0.0/16 in it`)
      : compliant;
  },
});
