import { subnet, subnetClass } from "../../ec2/vpc";
import { resourceRule } from "../../frame/rule";
import { each } from "../../frame/value";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "vpc-pod-subnet-no-load-balancers",
  title: "Pod subnets are not offered to load balancers",
  severity: "medium",
  controls: ["VPC-11"],
  description:
    "The load balancer controller finds subnets by tag: it could put a load balancer among the pods' addresses.",
  remediation: "Remove the kubernetes.io/role/internal-elb and kubernetes.io/role/elb tags from pod subnets.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/network-load-balancing.html",
  types: [subnet],
  judge: ({ props }) => {
    const tags = props.at("tags");
    const isForPods = subnetClass(props) === "pod" || tags.at("kubernetes.io/role/cni").string() === "1";
    return isForPods
      ? each(["kubernetes.io/role/internal-elb", "kubernetes.io/role/elb"], (key) => {
          const tag = tags.at(key);
          return tag.isMissing ? compliant : violation(tag.path, "offers the pods' subnet to load balancers");
        })
      : notApplicable("is no pod subnet");
  },
});
