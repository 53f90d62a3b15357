import { nodeGroup } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-node-group-al2023",
  title: "Nodes do not run Amazon Linux 2",
  severity: "high",
  controls: ["ARC-04"],
  description: "EKS has made no images of it since November 2025, and has none for Kubernetes 1.33 and later.",
  remediation: "Set amiType to one of Amazon Linux 2023 (AL2023_…) or Bottlerocket.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html",
  types: [nodeGroup],
  judge: ({ props }) => {
    const image = props.at("amiType");
    if (image.string() === "CUSTOM") {
      return notApplicable("takes the image of its launch template");
    }
    return image.string()?.startsWith("AL2_") ? violation(image.path, "is an image of Amazon Linux 2") : compliant;
  },
});
