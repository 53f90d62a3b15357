/** Managed node groups and Fargate profiles. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateNodegroup.html */
import { architectureOf, instanceType } from "../../../components/aws/instances";
import { ec2TrustPrincipals } from "../../../components/aws/principals";
import { randomUuid } from "../forms";
import { Call, CheckFailure, CloudRecord, Properties, ResourceType, Validator } from "../table";
import { between, conflicts, exactlyOneOf, length, oneOf } from "../validators";
import { object, objects, text, texts } from "../value";
import { freeAddresses, makeInterface } from "./ec2/interfaces";
import * as ec2 from "./ec2/names";
import { templateData, templateOf } from "./ec2-launch-template";
import { makeNodeEntry, removeNodeEntry } from "./eks-access";
import * as eks from "./eks-names";
import { kubernetesVersions, minorOf } from "./eks-versions";

const AMI_TYPES = [
  ...["AL2_x86_64", "AL2_x86_64_GPU", "AL2_ARM_64", "CUSTOM"],
  ...["AL2023_x86_64_STANDARD", "AL2023_ARM_64_STANDARD", "AL2023_x86_64_NEURON", "AL2023_x86_64_NVIDIA"],
  ...["AL2023_ARM_64_NVIDIA", "BOTTLEROCKET_ARM_64", "BOTTLEROCKET_x86_64", "BOTTLEROCKET_ARM_64_FIPS"],
  ...["BOTTLEROCKET_x86_64_FIPS", "BOTTLEROCKET_ARM_64_NVIDIA", "BOTTLEROCKET_x86_64_NVIDIA"],
  ...["BOTTLEROCKET_ARM_64_NVIDIA_FIPS", "BOTTLEROCKET_x86_64_NVIDIA_FIPS", "WINDOWS_CORE_2019_x86_64"],
  ...["WINDOWS_FULL_2019_x86_64", "WINDOWS_CORE_2022_x86_64", "WINDOWS_FULL_2022_x86_64"],
  ...["WINDOWS_CORE_2025_x86_64", "WINDOWS_FULL_2025_x86_64"],
];

/** Amazon Linux 2 ends with this Kubernetes version: https://docs.aws.amazon.com/eks/latest/userguide/eks-ami-deprecation-faqs.html */
const LAST_MINOR_OF_AL2 = 32;
const MOST_INSTANCE_TYPES = 20;

function atLeast(least: number): Validator {
  return (value, path) =>
    typeof value === "number" && Number.isInteger(value) && value >= least
      ? undefined
      : `expected ${path.replace(/\./, ".0.")} to be at least (${least}), got ${String(value)}`;
}

export const nodeGroup: ResourceType = {
  type: eks.NODE_GROUP,
  noun: "EKS Node Group",
  says: { create: "creating EKS Node Group ({clusterName}:{nodeGroupName})" },
  operations: { create: "CreateNodegroup", update: "UpdateNodegroupConfig", delete: "DeleteNodegroup" },
  autoName: { property: "nodeGroupName", maxLength: 255 },
  id: (call) => `${String(call.inputs["clusterName"])}:${nameOf(call)}`,
  arn: (call) => call.kept("arn", () => call.arn(`nodegroup/${call.id.replace(":", "/")}/${randomUuid()}`)),
  valid: {
    nodeGroupName: length(0, 63),
    nodeGroupNamePrefix: length(0, 37),
    amiType: oneOf(...AMI_TYPES),
    capacityType: oneOf("ON_DEMAND", "SPOT", "CAPACITY_BLOCK"),
    "scalingConfig.desiredSize": atLeast(0),
    "scalingConfig.maxSize": atLeast(1),
    "scalingConfig.minSize": atLeast(0),
    "updateConfig.maxUnavailable": between(1, 100),
    "updateConfig.maxUnavailablePercentage": between(1, 100),
    "taints[].effect": oneOf("NO_SCHEDULE", "NO_EXECUTE", "PREFER_NO_SCHEDULE"),
  },
  check: (inputs) => [...conflicts(inputs, "nodeGroupName", "nodeGroupNamePrefix"), ...badUpdateConfig(inputs)],
  refersTo: [
    eks.ofCluster,
    { property: "subnetIds[]", to: ec2.SUBNET, holds: false, missing: subnetMissing() },
    eks.roleReference(
      "nodeRoleArn",
      eks.invalidParameter("The role with ARN {value} cannot be found.", "code inferred; text unsure"),
    ),
  ],
  unique: [
    {
      of: ["clusterName", "nodeGroupName"],
      taken: eks.inUse(
        "NodeGroup already exists with name {nodeGroupName} and cluster name {clusterName}",
        "pulumi/pulumi-eks#294 for the first part; moto for the rest",
      ),
    },
  ],
  filled: (call) => ({
    amiType: templateData(template(call))["imageId"] ? "CUSTOM" : "AL2023_x86_64_STANDARD",
    capacityType: "ON_DEMAND",
    instanceTypes: typeInTemplate(call) ? [] : ["t3.medium"],
    diskSize: templateGiven(call) ? 0 : 20,
    version: versionOf(call),
    releaseVersion: kubernetesVersions[versionOf(call)]?.nodeRelease,
    updateConfig: { maxUnavailable: 1 },
    nodeRepairConfig: { enabled: false },
  }),
  computed: (call) => ({
    nodeGroupName: nameOf(call),
    nodeGroupNamePrefix: call.inputs["nodeGroupNamePrefix"] ?? "",
    status: "ACTIVE",
    resources: call.kept("resources", () => [
      { autoscalingGroups: [{ name: `eks-${nameOf(call)}-${randomUuid()}` }], remoteAccessSecurityGroupId: "" },
    ]),
    ...launchTemplateOutput(call),
  }),
  refuses: (call) => {
    refuseSizes(call);
    refuseTemplate(call);
    refuseTypes(call);
    refuseVersion(call);
    refusePlace(call);
  },
  takesEffect: (call) => {
    makeNodeEntry(call);
    placeNodes(call);
  },
  settles: (call) => {
    const missing = sizesOf(call).desired - nodesOf(call).length;
    if (missing <= 0) return undefined;
    const doing = call.kind === "create" ? "create" : "config update";
    return (
      `waiting for EKS Node Group (${call.id}) ${doing}: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: ` +
      `${call.id}: InsufficientFreeAddresses: one or more of the subnets have no free addresses for ${missing} more nodes`
    );
  },
  goes: removeNodeEntry,
};

function subnetMissing() {
  return eks.invalidRequest("The subnet ID '{value}' does not exist", "EC2's text; code inferred, unsure");
}

/** Given, made by the provider, or by AWS's SDK from a prefix: 26 digits after it. */
function nameOf(call: Call): string {
  const prefix = text(call.inputs["nodeGroupNamePrefix"]);
  return text(call.inputs["nodeGroupName"]) ?? call.kept("nodeGroupName", () => `${prefix ?? ""}${call.hex(26)}`);
}

function badUpdateConfig(inputs: Properties): CheckFailure[] {
  if (inputs["updateConfig"] === undefined) return [];
  return exactlyOneOf(object(inputs["updateConfig"]), "maxUnavailable", "maxUnavailablePercentage");
}

interface Sizes {
  min: number;
  desired: number;
  max: number;
}

function sizesOf({ inputs }: Pick<Call, "inputs">): Sizes {
  const { minSize, desiredSize, maxSize } = object(inputs["scalingConfig"]);
  return { min: Number(minSize), desired: Number(desiredSize), max: Number(maxSize) };
}

function templateGiven(call: Call): boolean {
  return call.inputs["launchTemplate"] !== undefined;
}

/** The launch template that the group names, by id or name. */
function template(call: Call): CloudRecord | undefined {
  return templateOf(call.cloud, object(call.inputs["launchTemplate"]));
}

function typeInTemplate(call: Call): string | undefined {
  return text(templateData(template(call))["instanceType"]);
}

function launchTemplateOutput(call: Call): Properties {
  const found = template(call);
  if (!found) return {};
  const version = object(call.inputs["launchTemplate"])["version"];
  return { launchTemplate: { id: found.id, name: found.outputs["name"], version } };
}

function versionOf(call: Call): string {
  return text(call.setting("version")) ?? String(eks.clusterOf(call)?.outputs["version"]);
}

function refuseSizes(call: Call): void {
  const { min, desired, max } = sizesOf(call);
  const values = { min: String(min), desired: String(desired), max: String(max) };
  if (desired > max) {
    call.refuse(
      eks.invalidParameter(
        "desiredSize can't be greater than maxSize",
        "badmintoncryer/cdk-preflight (pf-eks-nodegroup-scaling-desired-le-max), ministryofjustice/cloud-platform-infrastructure#4595",
      ),
    );
  }
  if (min > desired && call.kind === "create") {
    call.refuse(eks.invalidParameter("minSize can't be greater than desiredSize", "sassoftware/viya4-iac-aws#298"));
  }
  if (min > desired) {
    call.refuse(
      {
        ...eks.invalidParameter(
          "Minimum capacity {min} can't be greater than desired size {desired}",
          "terraform-aws-modules/terraform-aws-eks#3306",
        ),
        saying: "updating EKS Node Group ({id}) config",
      },
      values,
    );
  }
}

function refuseTemplate(call: Call): void {
  const given = object(call.inputs["launchTemplate"]);
  if (!templateGiven(call)) return;
  if (given["id"] !== undefined && given["name"] !== undefined) {
    call.refuse(
      eks.invalidParameter(
        "Either provide launch template ID or launch template name in the request.",
        "badmintoncryer/cdk-preflight (pf-eks-nodegroup-lt-id-xor-name), aws-controllers-k8s/community#2645",
      ),
    );
  }
  const found = template(call);
  if (!found) {
    call.refuse(
      eks.invalidRequest("The specified launch template, {wanted}, does not exist.", "after EC2's text (moto); unsure"),
      { wanted: String(given["id"] ?? given["name"]) },
    );
  }
  refuseTemplateVersion(call, found);
  if (call.inputs["diskSize"] !== undefined) {
    call.refuse(
      eks.invalidParameter(
        "Disk size must be specified within the launch template.",
        "badmintoncryer/cdk-preflight (pf-eks-nodegroup-lt-forbids-disk-size); code: moto",
      ),
    );
  }
  if (call.inputs["remoteAccess"] !== undefined) {
    call.refuse(
      eks.invalidParameter(
        "Remote access configuration cannot be specified with a launch template.",
        "badmintoncryer/cdk-preflight (pf-eks-nodegroup-lt-forbids-remote-access); code: moto",
      ),
    );
  }
  refuseTemplateData(call, templateData(found));
}

function refuseTemplateVersion(call: Call, found: CloudRecord): void {
  const version = String(object(call.inputs["launchTemplate"])["version"]);
  const latest = Number(found.outputs["latestVersion"]);
  if (["$Latest", "$Default"].includes(version) || (Number(version) >= 1 && Number(version) <= latest)) return;
  call.refuse(
    eks.invalidRequest(
      "Could not find the specified version {version} for the launch template with ID {template}.",
      "EC2's text (moto); that EKS passes it on is unsure",
    ),
    { version, template: found.id },
  );
}

/** https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-basics */
function refuseTemplateData(call: Call, data: Properties): void {
  const forbids = (thing: string): never =>
    call.refuse(
      eks.invalidRequest(
        "You must not specify {thing} in your launch template.",
        "rule: EKS user guide, launch templates; after the text for subnets, unsure",
      ),
      { thing },
    );
  if (objects(data["networkInterfaces"]).some(({ subnetId }) => subnetId !== undefined)) {
    call.refuse(
      eks.invalidRequest(
        "You must not specify a subnet in your launch template. All subnets must be specified in the API.",
        "badmintoncryer/cdk-preflight (pf-eks-nodegroup-lt-forbids-subnet-id); code inferred",
      ),
    );
  }
  if (data["iamInstanceProfile"] !== undefined) forbids("an instance profile");
  if (data["instanceInitiatedShutdownBehavior"] !== undefined) forbids("a shutdown behavior");
  if (object(data["hibernationOptions"])["configured"] === true) forbids("hibernation");
  if (data["instanceType"] !== undefined && call.inputs["instanceTypes"] !== undefined) {
    call.refuse(
      eks.invalidRequest(
        "Cannot specify instance types in launch template and API request",
        "terraform-aws-modules/terraform-aws-eks#1545",
      ),
    );
  }
}

function refuseTypes(call: Call): void {
  if (call.kind !== "create") return;
  const data = templateData(template(call));
  const types = texts(call.inputs["instanceTypes"] ?? (data["instanceType"] ? [data["instanceType"]] : []));
  if (types.length > MOST_INSTANCE_TYPES) {
    call.refuse(
      eks.invalidParameter(
        "instanceTypes can have at most 20 items",
        "rule: EKS API reference, CreateNodegroup; text unsure",
      ),
    );
  }
  const unknown = types.filter((type) => architectureOf(type) === undefined || instanceType(type)?.mac);
  if (unknown.length > 0) {
    call.refuse(
      eks.invalidParameter("The following supplied instance types do not exist: [{types}]", "EC2's text; unsure"),
      { types: unknown.join(", ") },
    );
  }
  if (data["imageId"] !== undefined) return;
  const amiType = text(call.inputs["amiType"]) ?? "AL2023_x86_64_STANDARD";
  const wrong = types.filter((type) => !fits(type, amiType));
  if (wrong.length > 0) {
    call.refuse(
      eks.invalidParameter(
        "[{types}] is not a valid instance type for requested amiType {ami}",
        "HHS/simpler-grants-gov#12404, eksctl-io/eksctl#7754",
      ),
      { types: wrong.join(", "), ami: amiType },
    );
  }
  if (amiType.startsWith("AL2_") && minorOf(versionOf(call)) > LAST_MINOR_OF_AL2) {
    call.refuse(
      eks.invalidParameter(
        "Requested AMI for this version {version} is not supported",
        "public repository files, seen for versions whose AMIs had ended",
      ),
      { version: versionOf(call) },
    );
  }
}

/** Amazon Linux 2023 does not run on the first Graviton: https://docs.aws.amazon.com/linux/al2023/ug/system-requirements.html */
function fits(type: string, amiType: string): boolean {
  if (amiType === "CUSTOM") return true;
  if (amiType.startsWith("AL2023_ARM") && type.startsWith("a1.")) return false;
  return architectureOf(type) === (amiType.includes("ARM") ? "arm64" : "x86_64");
}

function refuseVersion(call: Call): void {
  const wanted = text(call.inputs["version"]);
  const cluster = String(eks.clusterOf(call)?.outputs["version"]);
  const before = text(call.old?.outputs["version"]);
  if (wanted && wanted !== before && wanted !== cluster) {
    call.refuse(
      eks.invalidParameter(
        "Cluster Kubernetes version {cluster} supports the following Nodegroup Kubernetes versions: [{cluster}]",
        "badmintoncryer/cdk-preflight (pf-eks-nodegroup-version-matches-cluster); code inferred",
      ),
      { cluster },
    );
  }
  const release = text(call.inputs["releaseVersion"]);
  const version = versionOf(call);
  if (!release || release === call.old?.outputs["releaseVersion"] || release.startsWith(`${version}.`)) return;
  call.refuse(
    eks.invalidParameter(
      "Requested Nodegroup release version {release} is invalid. Allowed release version is {allowed}",
      "awslabs/amazon-eks-ami#435",
    ),
    { release, allowed: kubernetesVersions[version]?.nodeRelease ?? version },
  );
}

function refusePlace(call: Call): void {
  if (call.kind !== "create") return;
  const vpcId = object(eks.clusterOf(call)?.outputs["vpcConfig"])["vpcId"];
  const subnets = texts(call.inputs["subnetIds"]).flatMap((id) => call.cloud.find(ec2.SUBNET, id) ?? []);
  if (subnets.some(({ inputs }) => inputs["vpcId"] !== vpcId)) {
    call.refuse(
      eks.invalidParameter(
        "Subnets specified must belong to the VPC",
        "badmintoncryer/cdk-preflight (pf-eks-nodegroup-subnets-match-cluster-vpc), a fragment; code inferred",
      ),
    );
  }
  eks.refuseForeignRole(call, "nodeRoleArn");
  const trusted = eks.trustedServices(call.cloud, call.inputs["nodeRoleArn"]);
  // In China sources disagree on which of two spellings is needed: either will do.
  const enough = ec2TrustPrincipals(call.scope.region);
  if (!trusted || enough.some((principal) => trusted.includes(principal))) return;
  call.refuse(
    eks.invalidParameter(
      "Following required service principals [{needed}] were not found in the trust relationships of nodeRole {nodeRoleArn}",
      "eksctl-io/eksctl#3290; in China bottlerocket-os/bottlerocket-update-operator#316",
    ),
    { needed: enough.join(", ") },
  );
}

function nodesOf(call: Call): CloudRecord[] {
  return call.cloud.all(ec2.NETWORK_INTERFACE).filter(({ madeBy }) => madeBy === `${eks.NODE_GROUP} ${call.id}`);
}

/** One interface for each node, spread over the subnets. What Pods take is the CNI's, and not counted. */
function placeNodes(call: Call): void {
  const nodes = nodesOf(call);
  const { desired } = sizesOf(call);
  // The oldest go first, as github.com/aobao32/eks-101-workshop saw it.
  nodes.slice(0, Math.max(0, nodes.length - desired)).forEach((node) => call.unmake(node));
  const group = text(object(eks.clusterOf(call)?.outputs["vpcConfig"])["clusterSecurityGroupId"]) ?? "";
  for (let missing = desired - nodes.length; missing > 0; missing--) {
    const subnet = roomiest(call);
    if (!subnet) return;
    makeInterface(call, {
      ...{ subnetId: subnet.id, securityGroups: [group], interfaceType: "interface" },
      description: `Node of ${call.id}`,
    });
  }
}

/** The subnet with the fewest nodes of the group that has an address left. */
function roomiest(call: Call): CloudRecord | undefined {
  const count = (id: string): number => nodesOf(call).filter(({ inputs }) => inputs["subnetId"] === id).length;
  return texts(call.inputs["subnetIds"])
    .flatMap((id) => call.cloud.find(ec2.SUBNET, id) ?? [])
    .filter((subnet) => freeAddresses(call.cloud, subnet) > 0)
    .sort((a, b) => count(a.id) - count(b.id))[0];
}

/** As far as a cluster has them: the platform makes none. */
export const fargateProfile: ResourceType = {
  type: eks.FARGATE_PROFILE,
  noun: "EKS Fargate Profile",
  says: { create: "creating EKS Fargate Profile ({clusterName}:{fargateProfileName})" },
  operations: { create: "CreateFargateProfile", delete: "DeleteFargateProfile" },
  autoName: { property: "fargateProfileName", maxLength: 255 },
  id: (call) => `${String(call.inputs["clusterName"])}:${String(call.inputs["fargateProfileName"])}`,
  arn: (call) => call.kept("arn", () => call.arn(`fargateprofile/${call.id.replace(":", "/")}/${randomUuid()}`)),
  refersTo: [
    eks.ofCluster,
    { property: "subnetIds[]", to: ec2.SUBNET, holds: false, missing: subnetMissing() },
    eks.roleReference(
      "podExecutionRoleArn",
      eks.invalidParameter("The role with ARN {value} cannot be found.", "unsure"),
    ),
  ],
  computed: () => ({ status: "ACTIVE" }),
  refuses: (call) => eks.refuseForeignRole(call, "podExecutionRoleArn"),
};
