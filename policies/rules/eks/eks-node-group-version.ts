import { securityHubUrl } from "../../catalogue/security-hub-url";
import { nodeGroup } from "../../eks/types";
import { judgeVersion, versionSettings } from "../../eks/versions";
import { resourceRule } from "../../frame/rule";

export const rule = resourceRule({
  id: "eks-node-group-version",
  title: "Node groups run a supported version of Kubernetes",
  severity: "high",
  controls: ["EKS.9"],
  description: "There are no new images for a version without support, so its nodes get no fixes.",
  remediation: "Set version to the cluster's.",
  url: securityHubUrl("EKS.9"),
  settings: versionSettings,
  types: [nodeGroup],
  judge: ({ props }, settings) => judgeVersion(props.at("version"), settings),
});
