import { homeOf } from "../../ec2/subnets";
import { subnet } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "vpc-subnet-within-vpc",
  title: "Every subnet lies in a block of its VPC",
  severity: "high",
  controls: ["VPC-07"],
  description: "EC2 refuses a subnet outside its VPC's blocks, in the middle of an update.",
  remediation: "Take the subnet's block from one of the VPC's, or associate the block that it lies in first.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html",
  types: [subnet],
  judge: (subject, stack) => {
    const home = homeOf(stack, subject);
    if (home === "untold") {
      return notApplicable("its VPC is not of this stack, or one of the two has no IPv4 block of its own");
    }
    const cidr = subject.props.at("cidrBlock");
    return home === "nowhere" ? violation(cidr.path, `is ${cidr.string() ?? ""}, in no block of its VPC`) : compliant;
  },
});
