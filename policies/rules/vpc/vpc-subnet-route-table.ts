import { associationsOf } from "../../ec2/routing";
import { subnet, subnetClass, vpc } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";
import { attempt } from "../../frame/value";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "vpc-subnet-route-table",
  title: "Every subnet has a route table of its choice",
  severity: "medium",
  controls: ["VPC-09"],
  description:
    "A subnet without an association falls to the main route table, whose routes were made for something else.",
  remediation: "Add an aws.ec2.RouteTableAssociation of the subnet with the route table of its zone.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html",
  types: [subnet],
  judge: (subject, stack) => {
    if (attempt(() => (subnetClass(subject.props) === "pod" ? [] : compliant)) !== compliant) {
      return notApplicable("is a pod subnet, or may be: vpc-pod-subnet-route-table judges those");
    }
    const [network] = stack.targets(subject, "vpcId", vpc).found;
    const mainIsManaged =
      network &&
      (stack.referrers(network, "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation", "vpcId").length > 0 ||
        stack.referrers(network, "aws:ec2/defaultRouteTable:DefaultRouteTable", "defaultRouteTableId").length > 0);
    if (mainIsManaged) {
      return notApplicable("the stack has chosen the main route table too");
    }
    return associationsOf(stack, subject).length > 0 ? compliant : violation("", "falls to the VPC's main route table");
  },
});
