import { securityHubUrl } from "../../catalogue/security-hub-url";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";
import { userPolicy } from "../../iam/policies";

const policyAttachment = "aws:iam/policyAttachment:PolicyAttachment";

export const rule = resourceRule({
  id: "iam-no-user-policies",
  title: "IAM users have no policies of their own",
  severity: "low",
  controls: ["IAM.2"],
  also: ["CKV_AWS_40", "IAMUserNoPolicies"],
  description: "Rights given to single users are forgotten; groups and roles keep them in one place.",
  remediation: "Attach the policy to a group or a role.",
  url: securityHubUrl("IAM.2"),
  types: [userPolicy, "aws:iam/userPolicyAttachment:UserPolicyAttachment", policyAttachment],
  judge: ({ type, props }) => {
    if (type !== policyAttachment) {
      const user = props.at("user");
      return violation(
        user.path,
        `gives ${user.isUnknown ? "a user" : `user ${user.string() ?? ""}`.trim()} rights directly`,
      );
    }
    const users = props.at("users");
    if (users.isMissing) {
      return notApplicable("is attached to groups or roles");
    }
    return users.list().length > 0 ? violation(users.path, "gives users rights directly") : compliant;
  },
});
