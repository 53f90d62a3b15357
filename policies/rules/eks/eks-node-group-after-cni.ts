import { addon, cluster, nodeGroup } from "../../eks/types";
import { stackRule } from "../../frame/rule";
import type { StackResource, StackView } from "../../frame/stack";
import { each } from "../../frame/value";
import { compliant, notApplicable, unknown, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "eks-node-group-after-cni",
  title: "Nodes wait for the vpc-cni add-on",
  severity: "high",
  controls: ["CNI-07", "NG-13"],
  description:
    "Nothing in a node group's arguments refers to the add-on. Nodes that start before it keep their number of pods and their addresses from its defaults.",
  remediation: "Give the node group dependsOn: [the vpc-cni add-on].",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network-tutorial.html",
  types: [nodeGroup],
  judge: (subject, stack) => {
    const others = stack.ofType(addon).filter(({ props }) => {
      const name = props.at("addonName");
      return name.isUnknown || name.raw === "vpc-cni";
    });
    const verdicts = each(others, (cni) => {
      if (stack.waitsFor(subject, cni)) {
        return compliant;
      }
      const same = sameCluster(stack, subject, cni);
      if (same === undefined || cni.props.at("addonName").isUnknown) {
        return unknown(same === undefined ? "clusterName" : "");
      }
      return same ? violation("", `does not depend on ${cni.name}`) : notApplicable("is of another cluster");
    });
    return verdicts.length > 0 ? verdicts : notApplicable("has no vpc-cni add-on in this stack");
  },
});

/** Undefined while the clusters' names are not known and the graph doesn't tell. */
function sameCluster(stack: StackView, one: StackResource, other: StackResource): boolean | undefined {
  const names = [one.props.at("clusterName"), other.props.at("clusterName")];
  if (names.every((name) => !name.isUnknown)) {
    return names[0]?.raw === names[1]?.raw;
  }
  const [first, second] = [one, other].map((resource) => stack.target(resource, "clusterName", cluster));
  return first && second ? first.urn === second.urn : undefined;
}
