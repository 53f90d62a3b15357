/** The type tokens of EKS, and what its types have in common. https://docs.aws.amazon.com/eks/latest/APIReference/ */
import { parseArn } from "../../../components/aws/partition";
import { Call, CloudRecord, CloudView, Reference, Refusal } from "../table";
import { isObject, list, texts } from "../value";

export const CLUSTER = "aws:eks/cluster:Cluster";
export const ADDON = "aws:eks/addon:Addon";
export const ACCESS_ENTRY = "aws:eks/accessEntry:AccessEntry";
export const ACCESS_POLICY_ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
export const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";
export const POD_IDENTITY = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
export const FARGATE_PROFILE = "aws:eks/fargateProfile:FargateProfile";
export const ROLE = "aws:iam/role:Role";

/** The answer to most of what is wrong with a request. */
export function invalidParameter(message: string, evidence: string): Refusal {
  return { code: "InvalidParameterException", message, evidence };
}

export function invalidRequest(message: string, evidence: string): Refusal {
  return { code: "InvalidRequestException", message, evidence };
}

export function inUse(message: string, evidence: string): Refusal {
  return { code: "ResourceInUseException", message, status: 409, evidence };
}

/** What belongs to a cluster names it. It goes with the cluster, so it does not keep the cluster from going. */
export const ofCluster: Reference = {
  property: "clusterName",
  to: CLUSTER,
  holds: false,
  missing: {
    ...{ code: "ResourceNotFoundException", message: "No cluster found for name: {value}.", status: 404 },
    evidence: "moto; AWS answers in public threads",
  },
};

/** A role by its ARN. Only the account's own can be looked up. */
export function roleReference(property: string, missing: Refusal): Reference {
  return { property, to: ROLE, by: "arn", holds: false, missing };
}

/** The cluster that an object belongs to. References are checked before, so it is there. */
export function clusterOf(call: Pick<Call, "cloud" | "inputs">): CloudRecord | undefined {
  return call.cloud.find(CLUSTER, String(call.inputs["clusterName"]));
}

/** Everything of a type that belongs to a cluster. */
export function inCluster(cloud: CloudView, type: string, clusterName: unknown): CloudRecord[] {
  return cloud.all(type).filter((record) => record.inputs["clusterName"] === clusterName);
}

/** `2026-11-22T13:05:00Z`: RFC 3339 without fractions, as the provider writes times. */
export function now(): string {
  return new Date().toISOString().replace(/\.\d+/, "");
}

/** The account's roles may be passed, others never. */
export function refuseForeignRole(call: Call, property: string): void {
  const account = parseArn(String(call.inputs[property] ?? ""))?.account;
  if (!account || account === call.scope.account) return;
  call.refuse({
    code: "AccessDeniedException",
    message: "Cross-account pass role is not allowed.",
    status: 403,
    evidence: "badmintoncryer/cdk-preflight (pf-eks-cluster-role-arn-account)",
  });
}

/** The services that a role of the store lets assume it, or undefined when the role is not of this account's store. */
export function trustedServices(cloud: CloudView, roleArn: unknown): string[] | undefined {
  const role = cloud.all(ROLE).find(({ outputs }) => outputs["arn"] === roleArn);
  if (!role) return undefined;
  const given = role.inputs["assumeRolePolicy"];
  let document: unknown = given;
  try {
    if (typeof given === "string") document = JSON.parse(given);
  } catch {
    return [];
  }
  const statements = isObject(document) ? [document["Statement"]].flat() : [];
  return list(statements).flatMap((statement) => {
    if (!isObject(statement) || statement["Effect"] !== "Allow" || !isObject(statement["Principal"])) return [];
    return texts([statement["Principal"]["Service"]].flat());
  });
}
