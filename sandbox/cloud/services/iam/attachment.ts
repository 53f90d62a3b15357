/** Managed policies on roles. https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
import { joined } from "../../forms";
import { Call, CloudView, ResourceType } from "../../table";
import { anArn } from "../../validators";
import managed from "./managed-policies.json";
import * as iam from "./names";

/** AWS's own policies: `/service-role/AmazonEBSCSIDriverPolicy`. */
const managedPolicies = new Set(
  Object.entries(managed.paths).flatMap(([path, names]) => names.split(" ").map((name) => path + name)),
);

export const rolePolicyAttachment: ResourceType = {
  type: iam.ATTACHMENT,
  noun: "IAM Role Policy Attachment",
  says: {
    create: "attaching IAM Policy ({policyArn}) to IAM Role ({role})",
    delete: "detaching IAM Policy ({policyArn}) from IAM Role ({role})",
  },
  operations: { create: "AttachRolePolicy", delete: "DetachRolePolicy" },
  scope: "global",
  autoName: null,
  valid: { policyArn: anArn },
  id: joined("/", "role", "policyArn"),
  refersTo: [{ property: "role", to: iam.ROLE, missing: iam.noSuchRole, holds: false }],
  refuses: (call) => {
    const [role, arn] = [String(call.inputs["role"]), String(call.inputs["policyArn"])];
    refuseUnattachable(call, arn);
    const others = attachedTo(call.cloud, role).filter((other) => other !== arn);
    const limit = call.quota("PoliciesPerRole", 10);
    if (others.length >= limit) call.refuse(iam.limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${limit}`));
  },
};

/** The ARNs of the managed policies that attachments put on a role. */
export function attachedTo(cloud: CloudView, role: string): string[] {
  return cloud.all(iam.ATTACHMENT, { role }).map(({ inputs }) => String(inputs["policyArn"]));
}

/** Whether AWS has a managed policy of this ARN. */
export function isManagedPolicy(arn: string): boolean {
  const path = /^arn:[\w-]+:iam::aws:policy(\/.+)$/.exec(arn)?.[1];
  return path !== undefined && managedPolicies.has(path);
}

/** Ends the call when no such policy can be attached to a role. */
export function refuseUnattachable(call: Call, arn: string): void {
  const [, partition, , , account, resource = ""] = arn.split(":");
  if (partition !== call.scope.partition) {
    call.refuse({
      code: iam.unmodelled("ValidationError"),
      message: "Invalid ARN partition",
      operation: "AttachRolePolicy",
      evidence: "pulumi/pulumi-aws-apigateway#347 (cn-northwest-1)",
    });
  }
  if (account === "aws" && resource.startsWith("policy/aws-service-role/") && isManagedPolicy(arn)) {
    call.refuse({
      code: "PolicyNotAttachable",
      message: "Cannot attach a Service Role Policy to a Customer Role.",
      operation: "AttachRolePolicy",
      evidence: "AWS answers in public threads",
    });
  }
  const exists = account === "aws" ? isManagedPolicy(arn) : call.cloud.find(iam.POLICY, arn) !== undefined;
  if (!exists) {
    call.refuse(
      {
        code: "NoSuchEntity",
        message: "Policy {policy} does not exist or is not attachable.",
        operation: "AttachRolePolicy",
        status: 404,
        evidence: "moto",
      },
      { policy: arn },
    );
  }
}
