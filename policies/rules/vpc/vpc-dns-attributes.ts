import { vpc } from "../../ec2/vpc";
import { resourceRule } from "../../frame/rule";
import { each } from "../../frame/value";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "vpc-dns-attributes",
  title: "A VPC resolves names and gives out host names",
  severity: "high",
  controls: ["PRV-07"],
  description: "Without both DNS attributes the private endpoint of a cluster and of AWS services resolves to nothing.",
  remediation: "Set enableDnsSupport and enableDnsHostnames to true.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html",
  types: [vpc],
  judge: ({ props }) =>
    // AWS turns the first on by default, the second off.
    each(Object.entries({ enableDnsSupport: true, enableDnsHostnames: false }), ([attribute, byDefault]) => {
      const value = props.at(attribute);
      return (value.boolean() ?? byDefault) ? compliant : violation(value.path, "is off");
    }),
});
