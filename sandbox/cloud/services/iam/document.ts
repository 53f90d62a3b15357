/**
 * Policy documents as IAM judges them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 *
 * The words are AWS's own, known from public threads and from moto 5.2, which collected them from the API.
 */
import { Properties, Scope, Validator } from "../../table";
import { isObject, list, texts } from "../../value";
import { snake } from "../../check";

export interface PolicyDocument {
  version: string | undefined;
  statements: Properties[];
}

/** What kind of policy: attached to an identity, or the trust policy of a role. */
export type PolicyKind = "identity" | "trust";

/** The JSON text of a policy input, which programs may also give as an object. */
export const policyText = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value ?? {}));

/** What the provider's Check says of a policy of IAM that is no JSON object. */
export const jsonPolicy: Validator = (value, path) => {
  if (isObject(value)) return undefined;
  const text = String(value);
  const says = (what: string): string =>
    `"${snake(path.replaceAll("[]", ".0"))}" contains an invalid JSON policy: ${what}`;
  if (text.startsWith("[")) return says("contains a JSON array, not a JSON object");
  if (!text.startsWith("{")) return says("not a JSON object");
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return says((error as Error).message);
  }
};

/** The document, or undefined when IAM would speak of syntax errors. */
export function parsePolicy(text: string): PolicyDocument | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(parsed) || !onlyKeys(parsed, ["Version", "Id", "Statement"])) return undefined;
  const version = parsed["Version"];
  if (version !== undefined && version !== "2008-10-17" && version !== "2012-10-17") return undefined;
  const given = parsed["Statement"];
  const statements = isObject(given) ? [given] : list(given);
  if (statements.length === 0 || !statements.every(isObject)) return undefined;
  if (!statements.every(hasGoodSyntax)) return undefined;
  return { version, statements };
}

const ELEMENTS = [
  ...["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction"],
  ...["Resource", "NotResource", "Condition"],
];

const onlyKeys = (value: Properties, keys: string[]): boolean => Object.keys(value).every((key) => keys.includes(key));

function hasGoodSyntax(statement: Properties): boolean {
  const pairs = ["Action", "Resource", "Principal"].every(
    (one) => statement[one] === undefined || statement[`Not${one}`] === undefined,
  );
  const lists = ["Action", "NotAction", "Resource", "NotResource"].every((key) => isTexts(statement[key]));
  const effect = statement["Effect"] === "Allow" || statement["Effect"] === "Deny";
  const sid = statement["Sid"] === undefined || typeof statement["Sid"] === "string";
  const condition = statement["Condition"];
  const conditions = condition === undefined || (isObject(condition) && Object.entries(condition).every(isCondition));
  return onlyKeys(statement, ELEMENTS) && pairs && lists && effect && sid && conditions;
}

const isTexts = (value: unknown): boolean =>
  value === undefined || typeof value === "string" || (Array.isArray(value) && texts(value).length === value.length);

const OPERATOR =
  /^(ForAnyValue:|ForAllValues:)?((String|Numeric|Date)(Not)?(Equals|LessThan|GreaterThan|Like)(Equals)?(IgnoreCase)?|Bool|BinaryEquals|(Not)?IpAddress|Arn(Not)?(Equals|Like)|Null)(IfExists)?$/;

const isCondition = ([operator, keys]: [string, unknown]): boolean => OPERATOR.test(operator) && isObject(keys);

/** Every value of an element that may be one text or a list. */
export const many = (value: unknown): string[] => (typeof value === "string" ? [value] : texts(value));

/** What is wrong with an IAM policy apart from its principals, in IAM's words, or undefined. */
export function documentFault(
  document: PolicyDocument | undefined,
  kind: PolicyKind,
  scope: Scope,
): string | undefined {
  if (!document) return "Syntax errors in policy.";
  const { version, statements } = document;
  if (kind === "identity" && version !== "2012-10-17") return "Policy document must be version 2012-10-17 or greater.";
  const sids = statements.map(({ Sid }) => Sid).filter((sid) => sid !== undefined && sid !== "");
  if (new Set(sids).size < sids.length) return "Statement IDs (SID) in a single policy must be unique.";
  if (!sids.every((sid) => /^[0-9A-Za-z]*$/.test(String(sid)))) {
    return "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";
  }
  const faults = statements.map((statement) => statementFault(statement, kind, scope));
  return faults.find((fault) => fault !== undefined);
}

function statementFault(statement: Properties, kind: PolicyKind, scope: Scope): string | undefined {
  const actions = [...many(statement["Action"]), ...many(statement["NotAction"])];
  const resources = [...many(statement["Resource"]), ...many(statement["NotResource"])];
  const hasPrincipal = statement["Principal"] !== undefined || statement["NotPrincipal"] !== undefined;
  if (actions.length === 0) return "Policy statement must contain actions.";
  const action = actions.map(actionFault).find((fault) => fault !== undefined);
  if (kind === "trust") {
    if (!actions.every((each) => TRUST_ACTIONS.has(each))) return TRUST_ACTION_FAULT;
    if (statement["Resource"] !== undefined || statement["NotResource"] !== undefined) {
      return "Has prohibited field Resource.";
    }
    return hasPrincipal ? action : "Missing required field Principal";
  }
  if (hasPrincipal) return "Policy document should not specify a principal.";
  if (resources.length === 0) return "Policy statement must contain resources.";
  return resources.map((resource) => resourceFault(resource, scope)).find((fault) => fault !== undefined) ?? action;
}

const TRUST_ACTIONS = new Set(
  ["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity", "TagSession", "SetSourceIdentity"].map(
    (action) => `sts:${action}`,
  ),
);

const TRUST_ACTION_FAULT =
  "Trust Policy statement actions can only be sts:AssumeRole, sts:AssumeRoleWithSAML,  and sts:AssumeRoleWithWebIdentity";

function actionFault(action: string): string | undefined {
  const [vendor = "", ...rest] = action.split(":");
  if (action === "*") return undefined;
  if (rest.length === 0) return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  if (rest.length > 1) return "Actions/Condition can contain only one colon.";
  return /^[\w.*-]+$/.test(vendor) ? undefined : `Vendor ${vendor} is not valid`;
}

/** The commonest mistake in China: an ARN of another partition. */
function resourceFault(resource: string, scope: Scope): string | undefined {
  if (resource === "*") return undefined;
  const [, partition, service] = resource.split(":");
  if (partition === undefined) return `Resource ${resource} must be in ARN format or "*".`;
  if (partition !== "*" && partition !== scope.partition) {
    return `Partition "${partition}" is not valid for resource "${resource}".`;
  }
  return service ? undefined : "The policy failed legacy parsing";
}

/** How long IAM takes a document to be: whitespace does not count. */
export const policySize = (text: string): number => text.replace(/\s/g, "").length;

/** One form for all documents that mean the same: the provider sees no change between them. */
export function canonicalPolicy(value: unknown): unknown {
  const document = parsePolicy(policyText(value));
  return document ? normal({ Version: document.version, Statement: document.statements }) : value;
}

function normal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(normal);
    return items.length === 1 ? items[0] : items.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, normal(inner)]));
}
