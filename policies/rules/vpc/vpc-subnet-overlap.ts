import { overlapped } from "../../ec2/subnets";
import { subnet, vpcOf } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "vpc-subnet-overlap",
  title: "No two subnets of a VPC overlap",
  severity: "high",
  controls: ["VPC-07"],
  description: "EC2 refuses the second of two subnets that overlap, in the middle of an update.",
  remediation: "Move one of the two to a free part of the VPC's blocks.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
  types: [subnet],
  judge: (subject, stack) => {
    const cidr = subject.props.at("cidrBlock");
    const text = cidr.string();
    if (text === undefined || vpcOf(stack, subject) === undefined) {
      return notApplicable("has no IPv4 block");
    }
    const other = overlapped(stack, subject);
    return other
      ? violation(
          cidr.path,
          `is ${text}, which overlaps ${other.props.at("cidrBlock").string() ?? ""} of ${other.name}`,
        )
      : compliant;
  },
});
