/** Instance profiles. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2_instance-profiles.html */
import { fromInput } from "../../forms";
import { ResourceType } from "../../table";
import { length } from "../../validators";
import * as iam from "./names";
import { uniqueId } from "./role";

export const instanceProfile: ResourceType = {
  type: iam.INSTANCE_PROFILE,
  noun: "IAM Instance Profile",
  says: { create: "creating IAM Instance Profile ({name})" },
  operations: { create: "CreateInstanceProfile", update: "AddRoleToInstanceProfile", delete: "DeleteInstanceProfile" },
  scope: "global",
  autoName: { maxLength: 128 },
  defaults: { path: "/" },
  valid: { name: [length(1, 128), iam.iamName] },
  id: fromInput("name"),
  arn: (call) => `instance-profile${String(call.setting("path") ?? "/")}${call.id}`,
  computed: (call) => ({
    uniqueId: call.kept("uniqueId", () => uniqueId("AIPA", call)),
    createDate: call.kept("createDate", () => new Date().toISOString().replace(/\.\d+/, "")),
  }),
  refersTo: [
    {
      property: "role",
      to: iam.ROLE,
      missing: { ...iam.noSuchRole, operation: "AddRoleToInstanceProfile" },
      holds: false,
    },
  ],
  unique: [
    {
      of: ["name"],
      taken: {
        code: "EntityAlreadyExists",
        message: "Instance Profile {name} already exists.",
        status: 409,
        evidence: "moto",
      },
    },
  ],
};
