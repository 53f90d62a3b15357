import { securityHubUrl } from "../../catalogue/security-hub-url";
import { judgeTags, tagSettings } from "../../ec2/tagged";
import { resourceRule } from "../../frame/rule";
import { role } from "../../iam/policies";

export const rule = resourceRule({
  id: "iam-role-tags",
  title: "IAM roles are tagged",
  severity: "low",
  controls: ["IAM.24"],
  description: "A role outlives what it was made for; its tags say whom to ask.",
  remediation: "Set the tags, or defaultTags of the provider.",
  url: securityHubUrl("IAM.24"),
  settings: tagSettings,
  types: [role],
  judge: judgeTags,
});
