import { securityHubUrl } from "../../catalogue/security-hub-url";
import { cluster } from "../../eks/types";
import { judgeVersion, versionSettings } from "../../eks/versions";
import { resourceRule } from "../../frame/rule";

export const rule = resourceRule({
  id: "eks-cluster-supported-version",
  title: "Clusters run a supported version of Kubernetes",
  severity: "high",
  controls: ["EKS.2"],
  also: ["CKV_AWS_339", "eks_cluster_uses_a_supported_version"],
  description: "EKS makes no cluster of another version, and upgrades those that it no longer supports by itself.",
  remediation: "Set version to one that EKS supports.",
  url: securityHubUrl("EKS.2"),
  settings: versionSettings,
  types: [cluster],
  judge: ({ props }, settings) => judgeVersion(props.at("version"), settings),
});
