import { partitionOfRegion } from "../../ec2/partition";
import { accessPolicyAssociation } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { attempt } from "../../frame/value";
import { compliant, type Verdict, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-access-policy-arn",
  title: "Access policies are EKS's, with a scope that fits",
  severity: "high",
  controls: ["IAM-04", "IAM-07"],
  description: "EKS refuses IAM policies, a namespace scope without namespaces and a cluster scope with some.",
  remediation:
    "Use arn:<partition>:eks::aws:cluster-access-policy/<name>, and list namespaces for a namespace scope only.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/access-policies.html",
  types: [accessPolicyAssociation],
  judge: ({ props, region }) => {
    const arn = props.at("policyArn");
    const scope = props.at("accessScope");
    const namespaces = scope.at("namespaces");
    return [
      attempt(() => {
        const partition = /^arn:(aws[a-z-]*):eks::aws:cluster-access-policy\/[A-Za-z]+$/.exec(arn.string() ?? "")?.[1];
        if (partition === undefined) {
          return violation(arn.path, "is no access policy of EKS");
        }
        const place = region.string();
        return place === undefined || partitionOfRegion(place) === partition
          ? compliant
          : violation(arn.path, `is of another partition than ${place}`);
      }),
      attempt(() => {
        const type = scope.at("type").string();
        if (type !== "cluster" && type !== "namespace") {
          return violation(scope.at("type").path, "is neither cluster nor namespace");
        }
        const some = namespaces.list().length > 0;
        return some === (type === "namespace")
          ? compliant
          : violation(namespaces.path, some ? "is not for the whole cluster" : "lists no namespace");
      }),
    ].flat() as Verdict[];
  },
});
