import type { ResourceView } from "../frame/rule";
import { each, type Value } from "../frame/value";
import type { Answer, Verdict } from "../frame/verdict";
import { type Statement, statementsOf } from "./document";

export const managedPolicy = "aws:iam/policy:Policy";
export const role = "aws:iam/role:Role";
export const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
export const userPolicy = "aws:iam/userPolicy:UserPolicy";
export const groupPolicy = "aws:iam/groupPolicy:GroupPolicy";

/** Types that carry an inline policy. */
export const inlinePolicyTypes = [role, rolePolicy, userPolicy, groupPolicy];

/** The permission documents in a resource: not trust policies, which say who, not what. */
export function permissionDocuments(resource: ResourceView): Value[] {
  return resource.type === role
    ? resource.props
        .at("inlinePolicies")
        .list()
        .map((inline) => inline.at("policy"))
    : [resource.props.at("policy")];
}

/** Judges every statement of every permission document by itself. */
export function eachStatement(resource: ResourceView, judge: (statement: Statement) => Answer): Verdict[] {
  return each(permissionDocuments(resource), (document) => each(statementsOf(document), judge));
}
