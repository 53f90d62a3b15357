import { cluster } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-cluster-authentication-mode",
  title: "IAM principals get into clusters by access entries only",
  severity: "medium",
  controls: ["CIS-EKS 5.5.1", "CIS-EKS 4.1.7", "IAM-09"],
  description:
    "The aws-auth config map can be edited from inside the cluster and locks everyone out by a typo. By default it is the only way in, and access entries count for nothing.",
  remediation: "Set accessConfig.authenticationMode to API.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html",
  types: [cluster],
  judge: ({ props }) => {
    const mode = props.at("accessConfig").at("authenticationMode");
    return mode.string() === "API"
      ? compliant
      : violation(mode.path, mode.isMissing ? "is not set, which means CONFIG_MAP" : "lets the config map in");
  },
});
