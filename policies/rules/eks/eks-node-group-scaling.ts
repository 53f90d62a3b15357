import { nodeGroup } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { attempt } from "../../frame/value";
import { compliant, type Verdict, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-node-group-scaling",
  title: "A node group's sizes are in order",
  severity: "high",
  controls: ["NG-01"],
  description: "EKS takes whole numbers with 0 ≤ minSize ≤ desiredSize ≤ maxSize, and at least 1 for maxSize.",
  remediation: "Set all three of scalingConfig in this order.",
  url: "https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html",
  types: [nodeGroup],
  judge: ({ props }) => {
    const config = props.at("scalingConfig");
    const [min, desired, max] = [config.at("minSize"), config.at("desiredSize"), config.at("maxSize")];
    const size = ({ path, lowest }: { path: string; lowest: number }, value: number | undefined): Verdict =>
      value !== undefined && Number.isInteger(value) && value >= lowest
        ? compliant
        : violation(path, `is no whole number of at least ${String(lowest)}`);
    return [
      attempt(() => size({ path: min.path, lowest: 0 }, min.number())),
      attempt(() => size({ path: desired.path, lowest: 0 }, desired.number())),
      attempt(() => size({ path: max.path, lowest: 1 }, max.number())),
      attempt(() =>
        (min.number() ?? 0) > (desired.number() ?? Infinity) ? violation(desired.path, "is below minSize") : compliant,
      ),
      attempt(() =>
        (desired.number() ?? 0) > (max.number() ?? Infinity) ? violation(desired.path, "is above maxSize") : compliant,
      ),
      attempt(() =>
        (min.number() ?? 0) > (max.number() ?? Infinity) ? violation(min.path, "is above maxSize") : compliant,
      ),
    ].flat() as Verdict[];
  },
});
