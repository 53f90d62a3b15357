import { nodeGroup } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { attempt } from "../../frame/value";
import { compliant, type Verdict, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-node-group-launch-template",
  title: "A node group does not set what its launch template is for",
  severity: "high",
  controls: ["NG-02"],
  description: "EKS refuses a disk size or remote access beside a launch template, and more than 20 instance types.",
  remediation: "Set the disk and the key in the launch template.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html",
  types: [nodeGroup],
  judge: ({ props }) => {
    const hasTemplate = props.at("launchTemplate");
    const types = props.at("instanceTypes");
    return [
      ...["diskSize", "remoteAccess"].map((key) => {
        const given = props.at(key);
        return attempt(() =>
          given.isMissing || hasTemplate.isMissing
            ? compliant
            : violation(given.path, "is not allowed with a launch template"),
        );
      }),
      attempt(() => (types.list().length > 20 ? violation(types.path, "lists more than 20 types") : compliant)),
    ].flat() as Verdict[];
  },
});
