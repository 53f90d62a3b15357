/** Access entries and their policies. https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
import { eksAccessPolicyArn, type PartitionId, parseArn } from "../../../components/aws/partition";
import { joined, randomUuid } from "../forms";
import { Call, CloudView, Properties, Refusal, ResourceType } from "../table";
import { anArn, oneOf } from "../validators";
import { object, text, texts } from "../value";
import * as eks from "./eks-names";

const STANDARD = "STANDARD";
const NODE_TYPES = ["EC2_LINUX", "EC2_WINDOWS", "FARGATE_LINUX", "HYBRID_LINUX", "EC2", "HYPERPOD_LINUX"];
const RESERVED_PREFIXES = ["system:", "eks:", "aws:", "amazon:", "iam:"];

/** https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const POLICIES = [
  ...["AmazonEKSClusterAdminPolicy", "AmazonEKSAdminPolicy", "AmazonEKSEditPolicy", "AmazonEKSViewPolicy"],
  ...["AmazonEKSAdminViewPolicy", "AmazonEKSSecretReaderPolicy", "AmazonAIOpsAssistantPolicy"],
];

const CONFIG_MAP_ONLY: Refusal = {
  ...eks.invalidRequest(
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
    "badmintoncryer/cdk-preflight (pf-eks-accessentry-requires-api-auth-mode); code inferred",
  ),
};

const BAD_PRINCIPAL = eks.invalidParameter(
  "The principalArn parameter format is not valid",
  "aws-samples/appmod-blueprints#319",
);

interface Principal {
  kind: "user" | "role";
  account: string;
  /** With its path. */
  path: string;
  name: string;
}

/** A user or a role of this partition, or undefined: sessions, the account's root and other partitions are none. */
function principalOf(value: unknown, partition: string): Principal | undefined {
  const arn = parseArn(String(value));
  const [, kind, path] = /^(user|role)\/(.+)$/.exec(arn?.resource ?? "") ?? [];
  if (!arn || !path || arn.partition !== partition || arn.service !== "iam" || !/^\d{12}$/.test(arn.account))
    return undefined;
  return { kind: kind as Principal["kind"], account: arn.account, path, name: path.split("/").at(-1) ?? "" };
}

export const accessEntry: ResourceType = {
  type: eks.ACCESS_ENTRY,
  noun: "EKS Access Entry",
  says: { create: "creating EKS Access Entry ({clusterName}:{principalArn})" },
  operations: { create: "CreateAccessEntry", update: "UpdateAccessEntry", delete: "DeleteAccessEntry" },
  autoName: null,
  id: joined(":", "clusterName", "principalArn"),
  defaults: { type: STANDARD },
  valid: { principalArn: anArn, type: oneOf(STANDARD, ...NODE_TYPES) },
  refersTo: [eks.ofCluster],
  unique: [
    {
      of: ["clusterName", "principalArn"],
      taken: eks.inUse(
        "The specified access entry resource is already in use on this cluster.",
        "terraform-aws-modules/terraform-aws-eks#3293",
      ),
    },
  ],
  filled: (call) => ({ kubernetesGroups: defaultGroups(call), userName: defaultUserName(call) }),
  computed: (call) => ({
    accessEntryArn: call.kept("accessEntryArn", () => entryArn(call)),
    createdAt: call.kept("createdAt", eks.now),
    modifiedAt: call.kind === "read" ? call.kept("modifiedAt", eks.now) : eks.now(),
  }),
  refuses: (call) => {
    refuseMode(call);
    refusePrincipal(call);
    refuseNames(call);
  },
  goes: (call) =>
    eks
      .inCluster(call.cloud, eks.ACCESS_POLICY_ASSOCIATION, call.inputs["clusterName"])
      .filter(({ inputs }) => inputs["principalArn"] === call.inputs["principalArn"])
      .forEach((record) => call.unmake(record)),
};

function defaultGroups(call: Call): string[] {
  return call.inputs["type"] === STANDARD ? [] : ["system:nodes"];
}

/** The name that Kubernetes sees: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
function defaultUserName(call: Call): string {
  const arn = String(call.inputs["principalArn"]);
  const principal = principalOf(arn, call.scope.partition);
  if (call.inputs["type"] !== STANDARD) return "system:node:{{EC2PrivateDNSName}}";
  if (principal?.kind !== "role") return arn;
  return call.arn(`assumed-role/${principal.name}/{{SessionName}}`, "sts", { region: "", account: principal.account });
}

function entryArn(call: Call): string {
  const principal = principalOf(call.inputs["principalArn"], call.scope.partition);
  const { kind, account, name } = principal ?? { kind: "role", account: call.scope.account, name: "" };
  return call.arn(`access-entry/${String(call.inputs["clusterName"])}/${kind}/${account}/${name}/${randomUuid()}`);
}

function refuseMode(call: Call): void {
  const cluster = eks.clusterOf(call);
  if (object(cluster?.outputs["accessConfig"])["authenticationMode"] === "CONFIG_MAP") call.refuse(CONFIG_MAP_ONLY);
}

function refusePrincipal(call: Call): void {
  const principal = principalOf(call.inputs["principalArn"], call.scope.partition);
  if (!principal) call.refuse(BAD_PRINCIPAL);
  if (principal.path.startsWith("aws-service-role/")) {
    call.refuse(
      eks.invalidParameter(
        "The caller is not allowed to modify access entries with a principalArn value of a Service Linked Role",
        "hashicorp/terraform-provider-aws#36447",
      ),
    );
  }
  if (call.inputs["type"] === STANDARD) return;
  if (principal.kind === "user") {
    call.refuse(
      eks.invalidParameter(
        "AccessEntry principalArn must be IAM role when using types [EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, HYBRID_LINUX, EC2]",
        "badmintoncryer/cdk-preflight (pf-eks-accessentry-node-type-requires-role); code inferred",
      ),
    );
  }
  if (principal.account !== call.scope.account) {
    call.refuse(
      eks.invalidParameter(
        "The principalArn must be in the same account as the cluster when using type {type}",
        "rule: EKS user guide, creating access entries; text unsure",
      ),
    );
  }
}

function refuseNames(call: Call): void {
  const groups = texts(call.inputs["kubernetesGroups"]);
  const userName = text(call.inputs["userName"]);
  if (call.inputs["type"] !== STANDARD && (groups.length > 0 || userName)) {
    call.refuse(
      eks.invalidParameter(
        "kubernetesGroups and username can not be set for access entries of type {type}",
        "rule: EKS user guide, creating access entries; text unsure",
      ),
    );
  }
  const reserved = groups.find((group) => RESERVED_PREFIXES.some((prefix) => group.startsWith(prefix)));
  if (reserved) {
    call.refuse(
      eks.invalidParameter(
        "The kubernetes group name {group} is invalid, it cannot start with {prefix}",
        "terraform-aws-modules/terraform-aws-eks#2915, seen for system:",
      ),
      { group: reserved, prefix: `${reserved.split(":")[0] ?? ""}:` },
    );
  }
  if (!userName) return;
  const prefix = RESERVED_PREFIXES.find((each) => userName.startsWith(each));
  if (prefix) {
    call.refuse(
      eks.invalidParameter(
        "The username {userName} is invalid, it cannot start with {prefix}",
        "after the text for groups; rule: EKS user guide, creating access entries; unsure",
      ),
      { prefix },
    );
  }
  const session = userName.search(/\{\{SessionName(Raw)?\}\}/);
  if (session >= 0 && !userName.slice(0, session).includes(":")) {
    call.refuse(
      eks.invalidParameter(
        "The username {userName} is invalid, it must contain a colon before {{SessionName}}",
        "rule: EKS user guide, creating access entries; text unsure",
      ),
    );
  }
}

export const accessPolicyAssociation: ResourceType = {
  type: eks.ACCESS_POLICY_ASSOCIATION,
  noun: "EKS Access Policy Association",
  says: { create: "creating EKS Access Policy Association ({clusterName}#{principalArn}#{policyArn})" },
  operations: { create: "AssociateAccessPolicy", delete: "DisassociateAccessPolicy" },
  autoName: null,
  id: joined("#", "clusterName", "principalArn", "policyArn"),
  valid: { principalArn: anArn, policyArn: anArn },
  refersTo: [eks.ofCluster],
  computed: (call) => ({
    associatedAt: call.kept("associatedAt", eks.now),
    modifiedAt: call.kept("modifiedAt", eks.now),
  }),
  refuses: (call) => {
    refuseMode(call);
    refuseEntry(call);
    refusePolicy(call);
    refuseScope(call);
  },
};

function entryOf(cloud: CloudView, { clusterName, principalArn }: Properties) {
  return cloud.find(eks.ACCESS_ENTRY, `${String(clusterName)}:${String(principalArn)}`);
}

function refuseEntry(call: Call): void {
  const entry = entryOf(call.cloud, call.inputs);
  if (!entry) {
    call.refuse({
      code: "ResourceNotFoundException",
      message:
        "The specified principalArn could not be found. You can view your available access entries with 'list-access-entries'.",
      status: 404,
      evidence: "terraform-aws-modules/terraform-aws-eks#3024",
    });
  }
  if (entry.inputs["type"] === STANDARD) return;
  call.refuse(
    eks.invalidParameter(
      'This operation can only be performed on Access Entries with a type of "STANDARD".',
      "aws-controllers-k8s/community#2144",
    ),
  );
}

function refusePolicy(call: Call): void {
  const arn = String(call.inputs["policyArn"]);
  const name = arn.split("/").at(-1) ?? "";
  if (arn !== policyArn(call, name)) {
    call.refuse(
      eks.invalidParameter(
        "The policyArn parameter format is not valid",
        "badmintoncryer/cdk-preflight (pf-eks-accessentry-policy-arn-form); code inferred",
      ),
    );
  }
  if (!POLICIES.includes(name)) {
    call.refuse(
      eks.invalidParameter(
        "The specified policyArn is invalid: invalid policy",
        "after the text for principals; unsure",
      ),
    );
  }
}

function policyArn({ scope }: Pick<Call, "scope">, name: string): string {
  return eksAccessPolicyArn(scope.partition as PartitionId, name);
}

function refuseScope(call: Call): void {
  const scope = object(call.inputs["accessScope"]);
  const namespaces = texts(scope["namespaces"]);
  if (scope["type"] === "namespace" && namespaces.length === 0) {
    call.refuse(
      eks.invalidParameter(
        "At least 1 namespace must be provided if the type is set as namespace",
        "badmintoncryer/cdk-preflight (pf-eks-accessentry-scope-namespace-requires-namespaces); code inferred",
      ),
    );
  }
  if (scope["type"] === "cluster" && namespaces.length > 0) {
    call.refuse(
      eks.invalidParameter(
        "accessScope should not include namespaces if the type is not set as namespace",
        "badmintoncryer/cdk-preflight (pf-eks-accessentry-scope-cluster-forbids-namespaces); code inferred",
      ),
    );
  }
  if (scope["type"] !== "namespace" && scope["type"] !== "cluster") {
    call.refuse(eks.invalidParameter("The accessScope type is not valid", "unsure"));
  }
}

/** The creator of a cluster becomes its administrator unless told otherwise; that entry can be seen only where entries count. */
export function makeCreatorEntry(call: Call): void {
  if (object(call.inputs["accessConfig"])["authenticationMode"] === undefined) return;
  if (object(call.inputs["accessConfig"])["authenticationMode"] === "CONFIG_MAP") return;
  const principalArn = call.arn("user/sandbox", "iam", { region: "" });
  const clusterName = call.id;
  call.make(eks.ACCESS_ENTRY, { clusterName, principalArn, type: STANDARD });
  call.make(eks.ACCESS_POLICY_ASSOCIATION, {
    ...{ clusterName, principalArn, accessScope: { type: "cluster" } },
    policyArn: policyArn(call, "AmazonEKSClusterAdminPolicy"),
  });
}

/** EKS lets the nodes of a managed group in: one entry for a role, however many groups share it. */
export function makeNodeEntry(call: Call): void {
  const { clusterName, nodeRoleArn } = call.inputs;
  const mode = object(eks.clusterOf(call)?.outputs["accessConfig"])["authenticationMode"];
  if (mode === "CONFIG_MAP" || entryOf(call.cloud, { clusterName, principalArn: nodeRoleArn })) return;
  call.make(eks.ACCESS_ENTRY, { clusterName, principalArn: nodeRoleArn, type: "EC2_LINUX" }, { detached: true });
}

/** Takes the nodes' entry away with the last group of the role, if EKS made it. */
export function removeNodeEntry(call: Call): void {
  const { clusterName, nodeRoleArn } = call.inputs;
  const shared = eks
    .inCluster(call.cloud, eks.NODE_GROUP, clusterName)
    .some(({ id, inputs }) => id !== call.id && inputs["nodeRoleArn"] === nodeRoleArn);
  const entry = entryOf(call.cloud, { clusterName, principalArn: nodeRoleArn });
  if (!shared && entry && entry.urn === "") call.unmake(entry);
}
