/** Type tokens of IAM, and the answers that several of its operations share. */
import { Call, Refusal, Validator } from "../../table";

export const ROLE = "aws:iam/role:Role";
export const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
export const POLICY = "aws:iam/policy:Policy";
export const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
export const INSTANCE_PROFILE = "aws:iam/instanceProfile:InstanceProfile";

export const noSuchRole: Refusal = {
  code: "NoSuchEntity",
  message: "The role with name {value} cannot be found.",
  status: 404,
  evidence: "AWS answers in public threads",
};

/** `Member must have…` aside, IAM's names share one pattern, and the provider checks it first. */
export const iamName: Validator = (value, path) =>
  /^[\w+=,.@-]+$/.test(String(value)) ? undefined : `invalid value for ${path} (must match [\\w+=,.@-])`;

/** Ends the call with what is wrong with a policy document. */
export function refuseDocument(call: Call, fault: string, evidence: string): never {
  // As a value, since a policy is full of braces itself.
  return call.refuse({ code: "MalformedPolicyDocument", message: "{fault}", evidence }, { fault });
}

export function limitExceeded(message: string): Refusal {
  return { code: "LimitExceeded", message, status: 409, evidence: "AWS answers in public threads" };
}

/** An answer whose code IAM's API model does not list: the SDK prints it as it came. */
export const unmodelled = (code: string): string => `api error ${code}`;
