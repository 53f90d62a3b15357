/**
 * Who may do what with a key, as far as its own policy says.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
import { CloudRecord, CloudView, Properties, Scope } from "../../table";
import { isObject } from "../../value";
import { many, parsePolicy, PolicyDocument, policyText } from "../iam/document";
import { principalsOf } from "../iam/principals";

export const KEY = "aws:kms/key:Key";
export const ALIAS = "aws:kms/alias:Alias";

/** Somebody who asks for an action on a key. */
export interface Request {
  /** Values of `Principal` that mean the one who asks: ARNs, account numbers, service names. */
  principals: string[];
  /** `kms:Decrypt`. */
  action: string;
  /** Condition keys that come with the request; others are taken as met. */
  context?: Record<string, string>;
}

/** Whether the policy allows it: some statement does and none denies it. */
export function allows(document: PolicyDocument, request: Request): boolean {
  const matching = document.statements.filter((statement) => matches(statement, request));
  return (
    matching.some(({ Effect }) => Effect === "Allow") &&
    !matching.some(({ Effect, Condition }) => Effect === "Deny" && Condition === undefined)
  );
}

function matches(statement: Properties, { principals, action, context = {} }: Request): boolean {
  const named = principalsOf(statement).some(({ value }) => value === "*" || principals.includes(value));
  const actions = many(statement["Action"]);
  const acts =
    actions.length > 0
      ? actions.some((pattern) => like(pattern, action, "i"))
      : !many(statement["NotAction"]).some((pattern) => like(pattern, action, "i"));
  return named && acts && meets(statement["Condition"], context);
}

/** Only conditions on keys that the request brings along are judged. */
function meets(condition: unknown, context: Record<string, string>): boolean {
  return Object.entries(isObject(condition) ? condition : {}).every(([operator, keys]) =>
    Object.entries(isObject(keys) ? keys : {}).every(([key, wanted]) => {
      const actual = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
      if (actual === undefined) return true;
      const patterns = many(wanted);
      if (/Like$|^Arn/.test(operator)) return patterns.some((pattern) => like(pattern, actual));
      return operator.startsWith("StringEquals") ? patterns.includes(actual) : true;
    }),
  );
}

/** `*` and `?` as in policies. */
function like(pattern: string, text: string, flags = ""): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, flags).test(text);
}

/** The policy that AWS gives to a key without one: the account decides through IAM. */
export function defaultKeyPolicy({ partition, account }: Scope): string {
  return JSON.stringify({
    Id: "key-default-1",
    Statement: [
      {
        Action: "kms:*",
        Effect: "Allow",
        Principal: { AWS: `arn:${partition}:iam::${account}:root` },
        Resource: "*",
        Sid: "Enable IAM User Permissions",
      },
    ],
    Version: "2012-10-17",
  });
}

/** A key of this region, by its id, its ARN, or an alias's name or ARN. */
export function findKey(cloud: CloudView, name: string): CloudRecord | undefined {
  const resource = name.startsWith("arn:") ? name.split(":").slice(5).join(":") : name;
  if (resource.startsWith("alias/")) {
    const alias = cloud.find(ALIAS, resource);
    return alias && findKey(cloud, String(alias.inputs["targetKeyId"]));
  }
  return cloud.find(KEY, resource.replace(/^key\//, ""));
}

/** Whether a service may encrypt and decrypt with a key of this account. */
export function serviceMayUse(key: CloudRecord, service: string, context: Record<string, string>): boolean {
  const policy = parsePolicy(policyText(key.outputs["policy"]));
  if (!policy || key.outputs["isEnabled"] === false) return false;
  return ["kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"].every((action) =>
    allows(policy, { principals: [service], action, context }),
  );
}
