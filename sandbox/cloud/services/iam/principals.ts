/**
 * Which principals AWS takes in a trust policy or a key policy. It looks each of them up, and refuses the whole policy for one that
 * does not exist: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { isKnownRegion } from "../../../../components/aws/regions";
import { CloudView, Properties, Scope } from "../../table";
import { isObject } from "../../value";
import { PolicyDocument, many } from "./document";
import * as iam from "./names";
import principals from "./service-principals.json";

const services = new Set(principals.names.split(" "));
/** Services that also, or only, take the partition's own DNS suffix in China. */
const partitional = new Set(principals.partitional.split(" "));

export interface Principal {
  /** `AWS`, `Service`, `Federated` or `CanonicalUser`; `*` when the element is the bare star. */
  type: string;
  value: string;
}

/** Every principal that a statement names, `NotPrincipal` included. */
export function principalsOf(statement: Properties): Principal[] {
  return ["Principal", "NotPrincipal"].flatMap((element) => {
    const given = statement[element];
    if (typeof given === "string") return [{ type: "*", value: given }];
    return isObject(given)
      ? Object.entries(given).flatMap(([type, values]) => many(values).map((value) => ({ type, value })))
      : [];
  });
}

/** The first principal of a policy that AWS does not know. */
export function unknownPrincipal(document: PolicyDocument, scope: Scope, cloud: CloudView): Principal | undefined {
  return document.statements.flatMap(principalsOf).find((principal) => !isPrincipal(principal, scope, cloud));
}

function isPrincipal({ type, value }: Principal, scope: Scope, cloud: CloudView): boolean {
  switch (type) {
    case "*":
      return value === "*";
    case "Service":
      return isServicePrincipal(value, scope);
    case "AWS":
      return value === "*" || /^\d{12}$/.test(value) || isIdentity(value, scope, cloud);
    case "Federated":
      return value.startsWith("arn:") ? value.startsWith(`arn:${scope.partition}:iam::`) : value.includes(".");
    default:
      return type === "CanonicalUser";
  }
}

/** `eks.amazonaws.com`, `logs.eu-west-1.amazonaws.com`, in China also `ec2.amazonaws.com.cn`. */
export function isServicePrincipal(value: string, scope: Scope): boolean {
  const match = /^(.+?)\.amazonaws\.com(\.cn)?$/.exec(value);
  if (!match) return false;
  const parts = (match[1] ?? "").split(".");
  const region = parts.length > 1 && isKnownRegion(parts.at(-1) ?? "") ? parts.pop() : undefined;
  const service = parts.join(".");
  if (region !== undefined && region.startsWith("cn-") !== (scope.partition === "aws-cn")) return false;
  const chinese = match[2] !== undefined;
  return services.has(service) && (!chinese || (scope.partition === "aws-cn" && partitional.has(service)));
}

/** A role of this account must be there. Users, other accounts and the roles that AWS makes cannot be looked up here. */
function isIdentity(value: string, scope: Scope, cloud: CloudView): boolean {
  const match = /^arn:([\w-]+):(iam|sts)::(\d{12}):(root$|user\/|role\/|assumed-role\/|federated-user\/)(.*)$/.exec(
    value,
  );
  if (!match || match[1] !== scope.partition) return false;
  const [, , , account, kind, path = ""] = match;
  if (kind !== "role/" || account !== scope.account || /^aws-(service-role|reserved)\//.test(path)) return true;
  return cloud.find(iam.ROLE, path.split("/").at(-1) ?? "") !== undefined;
}
