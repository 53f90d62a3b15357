import { byVpc, subnet, subnetClass, vpc } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";
import { NotKnownYet } from "../../frame/value";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "vpc-private-subnets-two-zones",
  title: "The private subnets of a VPC are in two zones or more",
  severity: "high",
  controls: ["PRV-01"],
  description:
    "EKS refuses a cluster whose subnets are in one zone, and one zone is no place for anything that must stay up.",
  remediation: "Add a private subnet in a second zone.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
  types: [vpc],
  judge: (subject, stack) => {
    const subnets = byVpc(stack, subnet);
    const own = (subnets.of.get(subject.urn) ?? []).filter(({ props }) => subnetClass(props) === "private");
    const zones = own.map(({ props }) => props.at("availabilityZone"));
    const known = new Set(zones.filter((zone) => !zone.isUnknown).map((zone) => zone.string()));
    if (known.size >= 2) {
      return compliant;
    }
    if (zones.some((zone) => zone.isUnknown) || subnets.unknown.length > 0) {
      throw new NotKnownYet("availabilityZone");
    }
    return own.length === 0
      ? notApplicable("has no subnets that are tagged as private")
      : violation("", "has private subnets in one zone only");
  },
});
