/** Inline and customer-managed policies. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html */
import { joined } from "../../forms";
import { CloudView, ResourceType } from "../../table";
import { length } from "../../validators";
import { text, texts } from "../../value";
import { canonicalPolicy, documentFault, jsonPolicy, parsePolicy, policySize, policyText } from "./document";
import * as iam from "./names";
import { refuseInline, uniqueId } from "./role";

export const rolePolicy: ResourceType = {
  type: iam.ROLE_POLICY,
  noun: "IAM Role Policy",
  says: {
    create: "putting IAM Role ({role}) Policy ({name})",
    update: "putting IAM Role ({role}) Policy ({name})",
    delete: "deleting IAM Role ({role}) Policy ({name})",
  },
  operations: { create: "PutRolePolicy", delete: "DeleteRolePolicy" },
  scope: "global",
  autoName: { maxLength: 128 },
  valid: { name: [length(1, 128), iam.iamName], policy: jsonPolicy },
  id: joined(":", "role", "name"),
  computed: (call) => ({ policy: policyText(call.inputs["policy"]) }),
  refersTo: [{ property: "role", to: iam.ROLE, missing: iam.noSuchRole, holds: false }],
  refuses: (call) => {
    const { role, name, policy } = call.inputs;
    refuseInline(call, String(role), String(name), policyText(policy));
  },
  canonical: { policy: canonicalPolicy },
};

export const policy: ResourceType = {
  type: iam.POLICY,
  noun: "IAM Policy",
  says: { create: "creating IAM Policy ({name})" },
  operations: { create: "CreatePolicy", update: "CreatePolicyVersion", delete: "DeletePolicy" },
  scope: "global",
  autoName: { maxLength: 128 },
  defaults: { path: "/" },
  valid: { name: [length(1, 128), iam.iamName], policy: jsonPolicy },
  id: (call) => call.arn(`policy${text(call.inputs["path"]) ?? "/"}${String(call.inputs["name"])}`),
  arn: (call) => call.id,
  computed: (call) => ({
    policy: policyText(call.inputs["policy"]),
    policyId: call.kept("policyId", () => uniqueId("ANPA", call)),
    attachmentCount: holdersOf(call.cloud, call.id).length,
  }),
  unique: [
    {
      of: ["name"],
      taken: {
        code: "EntityAlreadyExists",
        message: "A policy called {name} already exists. Duplicate names are not allowed.",
        status: 409,
        evidence: "moto",
      },
    },
  ],
  refuses: (call) => {
    const json = policyText(call.inputs["policy"]);
    const fault = documentFault(parsePolicy(json), "identity", call.scope);
    if (fault !== undefined) iam.refuseDocument(call, fault, "moto; AWS answers in public threads");
    if (policySize(json) > 6144) call.refuse(iam.limitExceeded("Cannot exceed quota for PolicySize: 6144"));
  },
  refusesDelete: (call) => {
    if (holdersOf(call.cloud, call.id).length === 0) return;
    call.refuse({
      code: "DeleteConflict",
      message: "Cannot delete a policy attached to entities.",
      status: 409,
      evidence: "rebuy-de/aws-nuke#294, serverless/components#312",
    });
  },
  canonical: { policy: canonicalPolicy },
};

/** The roles that have a managed policy. */
function holdersOf(cloud: CloudView, arn: string): string[] {
  const attached = cloud.all(iam.ATTACHMENT, { policyArn: arn }).map(({ inputs }) => String(inputs["role"]));
  const own = cloud.all(iam.ROLE).filter(({ inputs }) => texts(inputs["managedPolicyArns"]).includes(arn));
  return [...new Set([...attached, ...own.map(({ id }) => id)])];
}
