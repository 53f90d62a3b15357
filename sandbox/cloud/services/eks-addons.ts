/** EKS add-ons and EKS Pod Identity. https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html */
import { randomBytes } from "node:crypto";
import { randomUuid } from "../forms";
import { Call, CloudRecord, Refusal, ResourceType, Validator } from "../table";
import { anArn, oneOf } from "../validators";
import { object, objects, text } from "../value";
import * as eks from "./eks-names";
import { addons, DEFAULT_VERSION, isOffered } from "./eks-versions";

const semanticVersion: Validator = (value) =>
  /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(String(value))
    ? undefined
    : "invalid value for addon_version (must follow semantic version format)";

const ROLE_MISSING = eks.invalidParameter(
  "Role provided in the request does not exist.",
  "comment in hashicorp/terraform-provider-aws pod_identity_association.go",
);

function associated(holder: CloudRecord): Refusal {
  return eks.inUse(`Association already exists: ${holder.id}`, "awslabs/crossplane-on-eks#168, aws/eks-hybrid#679");
}

export const addon: ResourceType = {
  type: eks.ADDON,
  noun: "EKS Add-On",
  says: { create: "creating EKS Add-On ({clusterName}:{addonName})" },
  operations: { create: "CreateAddon", update: "UpdateAddon", delete: "DeleteAddon" },
  autoName: null,
  id: (call) => `${String(call.inputs["clusterName"])}:${String(call.inputs["addonName"])}`,
  arn: (call) => call.kept("arn", () => call.arn(`addon/${call.id.replace(":", "/")}/${randomUuid()}`)),
  valid: {
    addonVersion: semanticVersion,
    resolveConflictsOnCreate: oneOf("NONE", "OVERWRITE"),
    resolveConflictsOnUpdate: oneOf("NONE", "OVERWRITE", "PRESERVE"),
    serviceAccountRoleArn: anArn,
    "podIdentityAssociations[].roleArn": anArn,
  },
  refersTo: [
    eks.ofCluster,
    eks.roleReference("serviceAccountRoleArn", ROLE_MISSING),
    eks.roleReference("podIdentityAssociations[].roleArn", ROLE_MISSING),
  ],
  unique: [
    {
      of: ["clusterName", "addonName"],
      taken: eks.inUse("Addon already exists.", "crossplane-contrib/provider-aws#1310, wandb/terraform-aws-wandb#230"),
    },
  ],
  filled: (call) => ({
    addonVersion: addons[addonName(call)]?.versions[kubernetesVersion(call)]?.[0],
    configurationValues: "",
  }),
  computed: (call) => ({
    createdAt: call.kept("createdAt", eks.now),
    modifiedAt: call.kind === "read" ? call.kept("modifiedAt", eks.now) : eks.now(),
    namespaceConfig: { namespace: addons[addonName(call)]?.namespace ?? "kube-system" },
  }),
  refuses: (call) => {
    refuseOffer(call);
    refuseConfiguration(call);
    eks.refuseForeignRole(call, "serviceAccountRoleArn");
    refuseTakenAccounts(call);
  },
  takesEffect: (call) => {
    const namespace = addons[addonName(call)]?.namespace;
    const present = associationsOf(call);
    const wanted = objects(call.inputs["podIdentityAssociations"]);
    present
      .filter(({ inputs }) => !wanted.some(({ serviceAccount }) => serviceAccount === inputs["serviceAccount"]))
      .forEach((record) => call.unmake(record));
    for (const { serviceAccount, roleArn } of wanted) {
      const there = present.find(({ inputs }) => inputs["serviceAccount"] === serviceAccount);
      if (there) call.amend(there, { roleArn });
      else {
        const { clusterName } = call.inputs;
        call.make(eks.POD_IDENTITY, { clusterName, namespace, serviceAccount, roleArn, disableSessionTags: false });
      }
    }
  },
  // The provider waits twenty minutes for an add-on to become ACTIVE, at creation only.
  settles: (call) =>
    call.kind === "create" && addons[addonName(call)]?.needsNodes && !hasNodes(call)
      ? `waiting for EKS Add-On (${call.id}) create: timeout while waiting for state to become 'ACTIVE' (last state: 'DEGRADED', timeout: 20m0s)`
      : undefined,
};

function addonName(call: Call): string {
  return String(call.inputs["addonName"]);
}

function kubernetesVersion(call: Call): string {
  return text(eks.clusterOf(call)?.outputs["version"]) ?? DEFAULT_VERSION;
}

function associationsOf(call: Call): CloudRecord[] {
  return call.cloud.all(eks.POD_IDENTITY).filter(({ madeBy }) => madeBy === `${eks.ADDON} ${call.id}`);
}

function hasNodes(call: Call): boolean {
  const { clusterName } = call.inputs;
  const groups = eks.inCluster(call.cloud, eks.NODE_GROUP, clusterName);
  const profiles = eks.inCluster(call.cloud, eks.FARGATE_PROFILE, clusterName);
  return profiles.length > 0 || groups.some(({ inputs }) => Number(object(inputs["scalingConfig"])["desiredSize"]) > 0);
}

function refuseOffer(call: Call): void {
  if (!addons[addonName(call)]) {
    call.refuse(eks.invalidParameter("Addon specified is not supported", "aws/containers-roadmap#1429; code inferred"));
  }
  const version = text(call.inputs["addonVersion"]);
  if (!version || version === call.old?.outputs["addonVersion"]) return;
  if (isOffered(addonName(call), version, kubernetesVersion(call))) return;
  call.refuse(
    eks.invalidParameter("Addon version specified is not supported", "hashicorp/terraform-provider-aws#33385"),
  );
}

/** JSON or YAML; what is neither starts no mapping. The add-on's own schema is not known here. */
function refuseConfiguration(call: Call): void {
  const values = text(call.inputs["configurationValues"])?.trim();
  if (!values || isMapping(values)) return;
  call.refuse(
    eks.invalidParameter(
      "The ConfigurationValues provided is not in valid YAML or JSON format.",
      "badmintoncryer/cdk-preflight (pf-eks-addon-configuration-values-json); code inferred",
    ),
  );
}

function isMapping(values: string): boolean {
  if (!values.startsWith("{"))
    return /^["']?[\w.-]+["']?\s*:/m.test(values) && !/[{}[\]]\s*$/.test(values.split("\n")[0] ?? "");
  try {
    JSON.parse(values);
    return true;
  } catch {
    return false;
  }
}

function refuseTakenAccounts(call: Call): void {
  const namespace = addons[addonName(call)]?.namespace;
  const own = associationsOf(call);
  for (const { serviceAccount } of objects(call.inputs["podIdentityAssociations"])) {
    const holder = eks
      .inCluster(call.cloud, eks.POD_IDENTITY, call.inputs["clusterName"])
      .find(({ inputs }) => inputs["namespace"] === namespace && inputs["serviceAccount"] === serviceAccount);
    if (holder && !own.some(({ id }) => id === holder.id)) call.refuse(associated(holder));
  }
}

export const podIdentityAssociation: ResourceType = {
  type: eks.POD_IDENTITY,
  noun: "EKS Pod Identity Association",
  operations: {
    create: "CreatePodIdentityAssociation",
    update: "UpdatePodIdentityAssociation",
    delete: "DeletePodIdentityAssociation",
  },
  autoName: null,
  id: () => `a-${identifier(17)}`,
  defaults: { disableSessionTags: false },
  valid: { roleArn: anArn, targetRoleArn: anArn },
  refersTo: [eks.ofCluster, eks.roleReference("roleArn", ROLE_MISSING)],
  computed: (call) => ({
    associationId: call.id,
    associationArn: call.arn(`podidentityassociation/${String(call.inputs["clusterName"])}/${call.id}`),
    externalId: "",
  }),
  refuses: (call) => {
    eks.refuseForeignRole(call, "roleArn");
    const { clusterName, namespace, serviceAccount } = call.inputs;
    const holder = eks
      .inCluster(call.cloud, eks.POD_IDENTITY, clusterName)
      .find(
        ({ id, inputs }) =>
          id !== call.id && inputs["namespace"] === namespace && inputs["serviceAccount"] === serviceAccount,
      );
    if (holder) call.refuse(associated(holder));
  },
};

/** Small letters and digits, as AWS's newer ids have them. */
function identifier(length: number): string {
  const alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  return [...randomBytes(length)].map((byte) => alphabet[byte % alphabet.length]).join("");
}
