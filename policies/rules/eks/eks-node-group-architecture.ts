import { architectureOfImage, architectureOfInstance } from "../../eks/instances";
import { nodeGroup } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { attempt, each } from "../../frame/value";
import { compliant, notApplicable, unknown, type Verdict, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-node-group-architecture",
  title: "A node group's instances have its image's architecture",
  severity: "high",
  controls: ["ARC-01", "ARC-02", "ARC-03"],
  description: "An image is for one architecture: EKS refuses other instance types, and two kinds in one group.",
  remediation: "Take an ARM_64 image for Graviton types and an x86_64 one for others; make a group for each.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html",
  types: [nodeGroup],
  judge: ({ props }) => {
    const types = props.at("instanceTypes").list();
    if (types.length === 0) {
      return notApplicable("names no instance types");
    }
    const amiType = props.at("amiType");
    const wanted = amiType.isUnknown ? undefined : architectureOfImage(amiType.string() ?? "");
    const first = types.find((type) => !type.isUnknown);
    const expected = wanted ?? (first && architectureOfInstance(first.string() ?? ""));
    const verdicts: Verdict[] = each(types, (type) => {
      const name = type.string() ?? "";
      const architecture = architectureOfInstance(name);
      if (name.startsWith("a1.") && (amiType.string() ?? "").startsWith("AL2023")) {
        return violation(type.path, `${name} does not run Amazon Linux 2023`);
      }
      return architecture === undefined || expected === undefined || architecture === expected
        ? compliant
        : violation(type.path, `${name} is ${architecture}, ${wanted ? "the image" : "another type"} ${expected}`);
    });
    // What an image that is not known yet is for can't be said.
    return [...verdicts, attempt(() => (amiType.isUnknown ? unknown(amiType.path) : compliant))].flat() as Verdict[];
  },
});
