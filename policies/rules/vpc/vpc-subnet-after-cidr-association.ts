import { homeOf } from "../../ec2/subnets";
import { subnet } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "vpc-subnet-after-cidr-association",
  title: "A subnet in a secondary block waits for the block's association",
  severity: "high",
  controls: ["VPC-08"],
  description:
    "Nothing in a subnet's arguments refers to the association, so Pulumi may create it before its range is in the VPC (InvalidSubnet.Range).",
  remediation: "Give the subnet dependsOn: [the association], or take its vpcId from the association.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/add-ipv4-cidr.html",
  types: [subnet],
  judge: (subject, stack) => {
    const home = homeOf(stack, subject);
    if (home === "untold" || home === "nowhere" || !home.association) {
      return notApplicable("does not lie in a block that this stack associates");
    }
    return stack.waitsFor(subject, home.association)
      ? compliant
      : violation("", `does not depend on ${home.association.name}, which brings ${home.block.canonical} into the VPC`);
  },
});
