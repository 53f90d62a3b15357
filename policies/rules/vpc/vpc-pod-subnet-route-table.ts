import { associationsOf } from "../../ec2/routing";
import { subnet, subnetClass } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "vpc-pod-subnet-route-table",
  title: "Every pod subnet has a route table of its choice",
  severity: "high",
  controls: ["VPC-09"],
  description: "The main route table has no NAT: pods come up and reach nothing outside the VPC.",
  remediation: "Add an aws.ec2.RouteTableAssociation of the subnet with the route table of its zone.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
  types: [subnet],
  judge: (subject, stack) => {
    if (subnetClass(subject.props) !== "pod") {
      return notApplicable("is no pod subnet");
    }
    return associationsOf(stack, subject).length > 0 ? compliant : violation("", "falls to the VPC's main route table");
  },
});
