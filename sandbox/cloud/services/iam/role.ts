/** Roles. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
import { anArn, between, length } from "../../validators";
import { fromInput } from "../../forms";
import { Call, CloudRecord, ResourceType } from "../../table";
import { objects, text, texts } from "../../value";
import { attachedTo, refuseUnattachable } from "./attachment";
import { canonicalPolicy, documentFault, jsonPolicy, parsePolicy, policySize, policyText } from "./document";
import * as iam from "./names";
import { unknownPrincipal } from "./principals";

const documentEvidence = "moto; AWS answers in public threads";

export const role: ResourceType = {
  type: iam.ROLE,
  noun: "IAM Role",
  says: { create: "creating IAM Role ({name})", update: "updating IAM Role ({id}) assume role policy" },
  operations: { create: "CreateRole", update: "UpdateAssumeRolePolicy", delete: "DeleteRole" },
  scope: "global",
  autoName: { maxLength: 64 },
  defaults: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
  valid: {
    name: [length(1, 64), iam.iamName],
    assumeRolePolicy: jsonPolicy,
    maxSessionDuration: between(3600, 43200),
    permissionsBoundary: anArn,
    "managedPolicyArns[]": anArn,
    "inlinePolicies[].policy": jsonPolicy,
    description: length(0, 1000),
  },
  id: fromInput("name"),
  arn: (call) => `role${String(call.setting("path") ?? "/")}${call.id}`,
  computed: (call) => ({
    assumeRolePolicy: policyText(call.inputs["assumeRolePolicy"]),
    uniqueId: call.kept("uniqueId", () => uniqueId("AROA", call)),
    createDate: call.kept("createDate", () => new Date().toISOString().replace(/\.\d+/, "")),
    managedPolicyArns: managedPolicies(call),
    inlinePolicies: inlinePolicies(call),
  }),
  unique: [
    {
      of: ["name"],
      taken: {
        code: "EntityAlreadyExists",
        message: "Role with name {name} already exists.",
        status: 409,
        evidence: "public repository files (no thread)",
      },
    },
  ],
  refuses: (call) => {
    refuseTrust(call);
    for (const arn of texts(call.inputs["managedPolicyArns"])) refuseUnattachable(call, arn);
    for (const { name, policy } of objects(call.inputs["inlinePolicies"])) {
      refuseInline(call, call.id, String(name), policyText(policy));
    }
  },
  refusesDelete: refuseDelete,
  goes: (call) => {
    for (const each of [...policiesOf(call, iam.ROLE_POLICY), ...policiesOf(call, iam.ATTACHMENT)]) call.unmake(each);
    // The provider takes the role out of its instance profiles first.
    for (const profile of call.cloud.all(iam.INSTANCE_PROFILE, { role: call.id })) call.amend(profile, { role: "" });
  },
  canonical: { assumeRolePolicy: canonicalPolicy, "inlinePolicies[].policy": canonicalPolicy },
};

function refuseTrust(call: Call): void {
  const json = policyText(call.inputs["assumeRolePolicy"]);
  const document = parsePolicy(json);
  const fault = documentFault(document, "trust", call.scope);
  if (fault !== undefined || !document) iam.refuseDocument(call, fault ?? "", documentEvidence);
  const stranger = unknownPrincipal(document, call.scope, call.cloud);
  const bareStar = document.statements.some(({ Principal }) => typeof Principal === "string");
  if (bareStar) {
    const evidence = "badmintoncryer/cdk-preflight (pf-iam-trust-policy-principal-star-string)";
    iam.refuseDocument(call, "AssumeRolepolicy contained an invalid principal", evidence);
  }
  if (stranger) {
    const fault = `Invalid principal in policy: "${stranger.type.toUpperCase()}":"${stranger.value}"`;
    iam.refuseDocument(call, fault, "pulumi/pulumi-eks#1864, hashicorp/terraform#35086, kubernetes/kops#27");
  }
  const limit = call.quota("ACLSizePerRole", 2048);
  if (policySize(json) > limit) call.refuse(iam.limitExceeded(`Cannot exceed quota for ACLSizePerRole: ${limit}`));
}

/** Judges an inline policy; the sizes of all of a role's count together. */
export function refuseInline(call: Call, roleName: string, policyName: string, json: string): void {
  const fault = documentFault(parsePolicy(json), "identity", call.scope);
  if (fault !== undefined) iam.refuseDocument(call, fault, documentEvidence);
  const others = call.cloud
    .all(iam.ROLE_POLICY, { role: roleName })
    .filter(({ inputs }) => inputs["name"] !== policyName)
    .reduce((sum, { inputs }) => sum + policySize(policyText(inputs["policy"])), 0);
  if (others + policySize(json) > 10240) {
    call.refuse(iam.limitExceeded(`Maximum policy size of 10240 bytes exceeded for role ${roleName}`));
  }
}

/** The provider empties a role by itself only when told to, or when the role's own arguments list its policies. */
function refuseDelete(call: Call): void {
  if (call.inputs["forceDetachPolicies"] === true) return;
  const attached = policiesOf(call, iam.ATTACHMENT).length > 0;
  const inline = policiesOf(call, iam.ROLE_POLICY).length > 0;
  if (attached && texts(call.inputs["managedPolicyArns"]).length === 0) {
    call.refuse({
      code: "DeleteConflict",
      message: "Cannot delete entity, must detach all policies first.",
      status: 409,
      evidence: "hashicorp/boundary#5646, aws/aws-sdk-java#2155",
    });
  }
  if (inline && objects(call.inputs["inlinePolicies"]).length === 0) {
    call.refuse({
      code: "DeleteConflict",
      message: "Cannot delete entity, must delete policies first.",
      status: 409,
      evidence: "ekristen/aws-nuke#203, awslabs/aws-orbit-workbench#633",
    });
  }
}

const policiesOf = (call: Call, type: string): CloudRecord[] => call.cloud.all(type, { role: call.id });

function managedPolicies(call: Call): string[] {
  const own = texts(call.inputs["managedPolicyArns"]);
  return [...new Set([...own, ...attachedTo(call.cloud, call.id)])].sort();
}

function inlinePolicies(call: Call): object[] {
  const attached = policiesOf(call, iam.ROLE_POLICY).map(({ inputs }) => ({
    name: text(inputs["name"]) ?? "",
    policy: policyText(inputs["policy"]),
  }));
  return [...objects(call.inputs["inlinePolicies"]), ...attached];
}

/** `AROA` and 17 capitals and digits. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html */
export const uniqueId = (prefix: string, call: Call): string => prefix + call.hex(17).toUpperCase();
