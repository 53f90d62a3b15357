import { securityHubUrl } from "../../catalogue/security-hub-url";
import { cluster } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

export const rule = resourceRule({
  id: "eks-cluster-logging",
  title: "Clusters write all logs of the control plane",
  severity: "medium",
  controls: ["EKS.8", "CIS-EKS 2.1.1"],
  also: ["CKV_AWS_37", "EKSClusterControlPlaneLogs", "eks_control_plane_logging_all_types_enabled"],
  description:
    "The audit log is the only record of who did what in the cluster; what was not written can't be had later.",
  remediation: `Set enabledClusterLogTypes to ${logTypes.join(", ")}.`,
  url: securityHubUrl("EKS.8"),
  types: [cluster],
  judge: ({ props }) => {
    const enabled = props.at("enabledClusterLogTypes");
    const given = enabled.strings();
    const missing = logTypes.filter((type) => !given.includes(type));
    return missing.length === 0 ? compliant : violation(enabled.path, `leaves out ${missing.join(", ")}`);
  },
});
