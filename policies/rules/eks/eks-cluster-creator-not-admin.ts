import { cluster } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-cluster-creator-not-admin",
  title: "Who creates a cluster does not administer it by that alone",
  severity: "medium",
  controls: ["EKS-01"],
  description: "Otherwise whoever ran the program first stays an administrator, and no program says so.",
  remediation: "Set accessConfig.bootstrapClusterCreatorAdminPermissions to false and add access entries.",
  url: "https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html",
  types: [cluster],
  judge: ({ props }) => {
    const config = props.at("accessConfig");
    const mode = config.at("authenticationMode").string();
    const creator = config.at("bootstrapClusterCreatorAdminPermissions");
    if (mode === undefined || mode === "CONFIG_MAP") {
      return notApplicable("has no access entries: the creator administers it always");
    }
    return creator.boolean() === false ? compliant : violation(creator.path, "is not false");
  },
});
