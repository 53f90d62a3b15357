import { addon } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { compliant, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-addon-conflicts",
  title: "Updates of add-ons overwrite what was changed by hand",
  severity: "low",
  controls: ["CNI-16"],
  description:
    "By default an update fails on a setting that someone has changed in the cluster; PRESERVE keeps it unseen.",
  remediation: "Set resolveConflictsOnUpdate to OVERWRITE, and settings in configurationValues.",
  url: "https://docs.aws.amazon.com/eks/latest/APIReference/API_UpdateAddon.html",
  types: [addon],
  judge: ({ props }) => {
    const resolve = props.at("resolveConflictsOnUpdate");
    return resolve.string() === "OVERWRITE" ? compliant : violation(resolve.path, "is not OVERWRITE");
  },
});
