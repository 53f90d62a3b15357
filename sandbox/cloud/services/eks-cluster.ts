/** EKS clusters. https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
import { zoneIdsWithoutEks } from "../../../components/aws/regions";
import { fromInput } from "../forms";
import { cidrOf, contains, overlaps, parseCidr } from "../ipv4";
import { Call, CloudRecord, Properties, ResourceType } from "../table";
import { anArn, cidrNetwork, length, oneOf } from "../validators";
import { object, text, texts } from "../value";
import { blocksOf } from "./ec2/blocks";
import { freeAddresses, makeInterface } from "./ec2/interfaces";
import * as ec2 from "./ec2/names";
import { makeCreatorEntry } from "./eks-access";
import * as eks from "./eks-names";
import { DEFAULT_VERSION, kubernetesVersions, minorOf } from "./eks-versions";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
/** https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html: at creation; an update needs five. */
const FREE_FOR_CREATE = 6;
const FREE_FOR_UPDATE = 5;

/** One of the few shapes of name that the provider checks itself. */
const clusterName = (value: unknown): string | undefined =>
  /^[0-9A-Za-z][0-9A-Za-z_-]*$/.test(String(value))
    ? undefined
    : `"name" doesn't comply with restrictions ("^[0-9A-Za-z][A-Za-z0-9-_]*$"): "${String(value)}"`;

const PRIVATE_RANGES = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];
const inPrivateRange = (value: unknown): string | undefined =>
  PRIVATE_RANGES.some((range) => contains(cidrOf(range), cidrOf(String(value))))
    ? undefined
    : `must be within ${PRIVATE_RANGES.join(", ")}: got ${String(value)}`;

export const cluster: ResourceType = {
  type: eks.CLUSTER,
  noun: "EKS Cluster",
  says: { create: "creating EKS Cluster ({name})" },
  operations: { create: "CreateCluster", update: "UpdateClusterConfig", delete: "DeleteCluster" },
  id: fromInput("name"),
  arn: (call) => `cluster/${call.id}`,
  defaults: { bootstrapSelfManagedAddons: true },
  valid: {
    name: [length(1, 100), clusterName],
    roleArn: anArn,
    "enabledClusterLogTypes[]": oneOf(...LOG_TYPES),
    "accessConfig.authenticationMode": oneOf("API", "API_AND_CONFIG_MAP", "CONFIG_MAP"),
    "kubernetesNetworkConfig.ipFamily": oneOf("ipv4", "ipv6"),
    "kubernetesNetworkConfig.serviceIpv4Cidr": [cidrNetwork(12, 24), inPrivateRange],
    "upgradePolicy.supportType": oneOf("STANDARD", "EXTENDED"),
    "encryptionConfig.resources[]": oneOf("secrets"),
  },
  refersTo: [
    eks.roleReference(
      "roleArn",
      eks.invalidParameter(
        "roleArn, {value}, does not exist",
        "comment in hashicorp/terraform-provider-aws cluster.go",
      ),
    ),
    {
      // Its interfaces hold the subnets, not the cluster: aws/containers-roadmap#170.
      ...{ property: "vpcConfig.subnetIds[]", to: ec2.SUBNET, holds: false },
      missing: eks.invalidParameter("The subnet ID '{value}' does not exist", "EC2's text; code inferred, unsure"),
    },
    {
      ...{ property: "vpcConfig.securityGroupIds[]", to: ec2.SECURITY_GROUP, holds: false },
      missing: eks.invalidParameter("The security group ID '{value}' does not exist", "EC2's text; unsure"),
    },
    {
      ...{ property: "encryptionConfig.provider.keyArn", to: "aws:kms/key:Key", by: "arn", holds: false },
      missing: eks.invalidParameter("Invalid KMS key: {value}", "unsure"),
    },
  ],
  unique: [
    {
      of: ["name"],
      taken: eks.inUse("Cluster already exists with name: {name}", "terraform-aws-modules/terraform-aws-eks#1262"),
    },
  ],
  filled: (call) => ({
    version: DEFAULT_VERSION,
    upgradePolicy: { supportType: "EXTENDED" },
    deletionProtection: false,
    enabledClusterLogTypes: [],
    endpoint: call.kept("endpoint", () => `https://${call.hex(32).toUpperCase()}.gr7.${domain(call)}`),
    certificateAuthority: call.kept("certificateAuthority", () => ({ data: certificate(call) })),
    createdAt: call.kept("createdAt", eks.now),
  }),
  computed: (call) => ({
    status: "ACTIVE",
    platformVersion: kubernetesVersions[versionOf(call)]?.platform ?? "eks.1",
    identities: [{ oidcs: [{ issuer: issuer(call) }] }],
    accessConfig: accessConfigOf(call),
    kubernetesNetworkConfig: networkConfigOf(call),
    vpcConfig: vpcConfigOf(call),
  }),
  refuses: (call) => {
    refuseVersion(call);
    refuseEndpoints(call);
    refuseServiceRange(call);
    refuseMode(call);
    refuseSubnets(call);
    if (call.kind === "create") refuseRole(call);
  },
  takesEffect: (call) => {
    if (call.kind === "create") {
      makeGroup(call);
      if (accessConfigOf(call)["bootstrapClusterCreatorAdminPermissions"] !== false) makeCreatorEntry(call);
    }
    placeInterfaces(call);
    makeLogGroup(call);
  },
  refusesDelete: (call) => {
    if (call.old?.outputs["deletionProtection"] === true) {
      call.refuse(
        eks.invalidRequest(
          "Cluster {id} has deletion protection enabled. Disable deletion protection before deleting the cluster.",
          "code: EKS API reference, DeleteCluster; text unsure",
        ),
      );
    }
    if (eks.inCluster(call.cloud, eks.NODE_GROUP, call.id).length > 0) {
      call.refuse(eks.inUse("Cluster has nodegroups attached", "gruntwork-io/cloud-nuke#148"));
    }
    if (eks.inCluster(call.cloud, eks.FARGATE_PROFILE, call.id).length > 0) {
      call.refuse(eks.inUse("Cluster has fargate profiles attached", "after the text for node groups; unsure"));
    }
  },
  goes: (call) =>
    [eks.ADDON, eks.ACCESS_POLICY_ASSOCIATION, eks.ACCESS_ENTRY, eks.POD_IDENTITY].forEach((type) =>
      eks.inCluster(call.cloud, type, call.id).forEach((record) => call.unmake(record)),
    ),
};

function versionOf(call: Call): string {
  return text(call.setting("version")) ?? DEFAULT_VERSION;
}

/** `ap-southeast-1.eks.amazonaws.com`. */
function domain({ scope }: Call): string {
  return `${scope.region}.eks.${scope.dnsSuffix}`;
}

/** The cluster's identifier stands in its endpoint and in its issuer: https://docs.aws.amazon.com/eks/latest/userguide/enable-iam-roles-for-service-accounts.html */
function issuer(call: Call): string {
  const endpoint = String(call.kept("endpoint", () => ""));
  const identifier = /^https:\/\/(\w+)\./.exec(endpoint)?.[1] ?? "";
  return `https://oidc.eks.${call.scope.region}.${call.scope.dnsSuffix}/id/${identifier}`;
}

function certificate(call: Call): string {
  const body = Buffer.from(call.hex(1400), "hex").toString("base64");
  const lines = body.match(/.{1,64}/g)?.join("\n") ?? "";
  return Buffer.from(`-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`).toString("base64");
}

function accessConfigOf(call: Call): Properties {
  return {
    ...{ authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true },
    ...object(call.setting("accessConfig")),
  };
}

/** Without a range of its own a cluster gets the one of two that does not meet the VPC. */
function networkConfigOf(call: Call): Properties {
  const [usual, other] = ["172.20.0.0/16", "10.100.0.0/16"];
  const meets = vpcBlocks(call).some((block) => overlaps(cidrOf(block), cidrOf(usual)));
  return {
    ...{ ipFamily: "ipv4", serviceIpv4Cidr: meets ? other : usual, serviceIpv6Cidr: "" },
    elasticLoadBalancing: { enabled: false },
    ...object(call.setting("kubernetesNetworkConfig")),
  };
}

function vpcConfigOf(call: Call): Properties {
  const given = object(call.inputs["vpcConfig"]);
  return {
    ...{ endpointPrivateAccess: false, endpointPublicAccess: true, publicAccessCidrs: ["0.0.0.0/0"] },
    ...{ securityGroupIds: [], ...given },
    clusterSecurityGroupId: ownGroup(call)?.id ?? "",
    vpcId: vpcOf(call)?.id ?? "",
  };
}

function subnetsOf(call: Call): CloudRecord[] {
  const ids = texts(object(call.inputs["vpcConfig"])["subnetIds"]);
  return ids.flatMap((id) => call.cloud.find(ec2.SUBNET, id) ?? []);
}

function vpcOf(call: Call): CloudRecord | undefined {
  return call.cloud.find(ec2.VPC, String(subnetsOf(call)[0]?.inputs["vpcId"]));
}

function vpcBlocks(call: Call): string[] {
  const vpc = vpcOf(call);
  return vpc ? blocksOf(call.cloud, vpc) : [];
}

/** What the cluster brought into being. */
function own(call: Call, type: string): CloudRecord[] {
  return call.cloud.all(type).filter(({ madeBy }) => madeBy === `${eks.CLUSTER} ${call.id}`);
}

function ownGroup(call: Call): CloudRecord | undefined {
  return own(call, ec2.SECURITY_GROUP)[0];
}

function refuseVersion(call: Call): void {
  const wanted = text(call.inputs["version"]);
  if (!wanted) return;
  const before = call.old && String(call.old.outputs["version"]);
  if (before === wanted) return;
  if (before === undefined) {
    if (wanted in kubernetesVersions) return;
    call.refuse(
      eks.invalidParameter("unsupported Kubernetes version {version}", "public repository files (no thread)"),
    );
  }
  if (minorOf(wanted) === minorOf(before) + 1 && wanted in kubernetesVersions) return;
  call.refuse(
    {
      ...eks.invalidParameter(
        "Unsupported Kubernetes minor version update from {from} to {to}",
        "public repository files (no thread)",
      ),
      operation: "UpdateClusterVersion",
      saying: "updating EKS Cluster ({id}) version",
    },
    { from: before, to: wanted },
  );
}

function refuseEndpoints(call: Call): void {
  const { endpointPrivateAccess, endpointPublicAccess, publicAccessCidrs } = vpcConfigOf(call);
  if (endpointPrivateAccess !== true && endpointPublicAccess !== true) {
    call.refuse(
      eks.invalidParameter("Both private and public endpoint access cannot be false", "rancher/rancher#28158"),
    );
  }
  const blocks = texts(publicAccessCidrs);
  const wrong = blocks.filter((block) => !parseCidr(block) || PRIVATE_RANGES.some((range) => within(range, block)));
  if (wrong.length === 0) return;
  call.refuse(
    eks.invalidParameter("The following CIDRs are invalid in publicAccessCidrs: [{cidrs}]", "aws/aws-cdk#33176"),
    { cidrs: wrong.join(", ") },
  );
}

function within(range: string, block: string): boolean {
  return contains(cidrOf(range), cidrOf(block));
}

function refuseServiceRange(call: Call): void {
  const range = text(object(call.inputs["kubernetesNetworkConfig"])["serviceIpv4Cidr"]);
  if (!range || call.kind !== "create") return;
  const met = vpcBlocks(call).find((block) => overlaps(cidrOf(block), cidrOf(range)));
  if (!met) return;
  call.refuse(
    eks.invalidParameter(
      "The service IPv4 CIDR {range} overlaps with the VPC CIDR {met}",
      "rule: EKS API reference, KubernetesNetworkConfigRequest; text unsure",
    ),
    { range, met },
  );
}

const NEXT_MODES: Record<string, string[]> = {
  CONFIG_MAP: ["API_AND_CONFIG_MAP"],
  API_AND_CONFIG_MAP: ["API"],
  API: [],
};

/** The way goes from the config map to the API, and never back. */
function refuseMode(call: Call): void {
  if (!call.old) return;
  const from = String(object(call.old.outputs["accessConfig"])["authenticationMode"]);
  const to = String(accessConfigOf(call)["authenticationMode"]);
  if (from === to || NEXT_MODES[from]?.includes(to)) return;
  call.refuse(
    {
      ...eks.invalidParameter(
        "Unsupported authentication mode update from {from} to {to}",
        "github.com/aobao32/eks-101-workshop, 06-authorize-iam-role-and-user-for-eks.md",
      ),
      saying: "updating EKS Cluster ({id}) access configuration",
    },
    { from, to },
  );
}

function refuseSubnets(call: Call): void {
  const subnets = subnetsOf(call);
  const zones = new Set(subnets.map(({ outputs }) => outputs["availabilityZone"]));
  if (zones.size < 2) {
    call.refuse(
      eks.invalidParameter("Subnets specified must be in at least two different AZs", "pulumi/pulumi-eks#311"),
    );
  }
  const without = subnets.find(({ outputs }) => zoneIdsWithoutEks.includes(String(outputs["availabilityZoneId"])));
  if (without) {
    call.refuse(
      {
        code: "UnsupportedAvailabilityZoneException",
        message:
          "Cannot create cluster '{name}' because {zone}, the targeted Availability Zone, does not currently have sufficient capacity to support the cluster.",
        evidence: "https://docs.aws.amazon.com/eks/latest/userguide/troubleshooting.html",
      },
      { zone: String(without.outputs["availabilityZone"]) },
    );
  }
  const vpcs = new Set(subnets.map(({ inputs }) => inputs["vpcId"]));
  const vpcBefore = call.old && object(call.old.outputs["vpcConfig"])["vpcId"];
  if (vpcs.size > 1 || (vpcBefore !== undefined && !vpcs.has(vpcBefore))) {
    call.refuse(eks.invalidParameter("Subnets specified must belong to the same VPC", "unsure"));
  }
  refuseGroups(call, subnets[0]?.inputs["vpcId"]);
  refuseFullSubnets(call, subnets);
}

function refuseGroups(call: Call, vpcId: unknown): void {
  const ids = texts(object(call.inputs["vpcConfig"])["securityGroupIds"]);
  if (ids.every((id) => call.cloud.find(ec2.SECURITY_GROUP, id)?.outputs["vpcId"] === vpcId)) return;
  call.refuse(
    eks.invalidParameter(
      "Security group(s) are not in the same VPC as the subnets",
      "badmintoncryer/cdk-preflight (pf-eks-cluster-sg-and-subnets-same-vpc), a fragment; code inferred",
    ),
  );
}

/** At creation in every subnet; for a new version or other subnets again. */
function refuseFullSubnets(call: Call, subnets: CloudRecord[]): void {
  const before = texts(object(call.old?.inputs["vpcConfig"])["subnetIds"]).sort();
  const same =
    before.join() ===
    subnets
      .map(({ id }) => id)
      .sort()
      .join();
  if (call.old && same && call.old.outputs["version"] === versionOf(call)) return;
  const needed = call.kind === "create" ? FREE_FOR_CREATE : FREE_FOR_UPDATE;
  const full = subnets.filter((subnet) => freeAddresses(call.cloud, subnet) < needed);
  if (full.length === 0) return;
  const list = full.map((subnet) => `${subnet.id} Free IPs: ${freeAddresses(call.cloud, subnet)}`).join(" ");
  const message = "Provided subnets {list} , need at least {needed} IPs in each subnet to be free for this operation";
  const evidence = "elastic-ipfs/infrastructure#221, seen for an update with 5; for CreateCluster unsure";
  const refusal = call.kind === "create" ? eks.invalidParameter : eks.invalidRequest;
  call.refuse(refusal(message, evidence), { list, needed: String(needed) });
}

function refuseRole(call: Call): void {
  eks.refuseForeignRole(call, "roleArn");
  const services = eks.trustedServices(call.cloud, call.inputs["roleArn"]);
  if (!services || services.includes("eks.amazonaws.com")) return;
  call.refuse(
    eks.invalidParameter(
      "Role could not be assumed because the trusted entity is not correct",
      "comment in hashicorp/terraform-provider-aws cluster.go",
    ),
  );
}

/** https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html */
function makeGroup(call: Call): void {
  const name = `eks-cluster-sg-${call.id}-${parseInt(call.hex(7), 16)}`;
  const everything = { protocol: "-1", fromPort: 0, toPort: 0 };
  call.make(ec2.SECURITY_GROUP, {
    ...{ name, vpcId: vpcOf(call)?.id, revokeRulesOnDelete: false },
    description:
      "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
    ingress: [{ ...everything, self: true }],
    egress: [{ ...everything, cidrBlocks: ["0.0.0.0/0"] }],
    tags: { Name: name, "aws:eks:cluster-name": call.id, [`kubernetes.io/cluster/${call.id}`]: "owned" },
  });
}

/** The control plane stands in two zones, with an interface in one subnet of each. */
function placeInterfaces(call: Call): void {
  const wanted = new Map<string, string>();
  for (const subnet of subnetsOf(call)) {
    const zone = String(subnet.outputs["availabilityZone"]);
    if (!wanted.has(zone) && wanted.size < 2) wanted.set(zone, subnet.id);
  }
  const present = own(call, ec2.NETWORK_INTERFACE);
  const stays = ({ inputs }: CloudRecord): boolean => [...wanted.values()].includes(String(inputs["subnetId"]));
  present.filter((each) => !stays(each)).forEach((each) => call.unmake(each));
  const securityGroups = [ownGroup(call)?.id ?? "", ...texts(object(call.inputs["vpcConfig"])["securityGroupIds"])];
  for (const subnetId of wanted.values()) {
    const there = present.find(({ inputs }) => inputs["subnetId"] === subnetId);
    if (there) call.amend(there, { securityGroups });
    else
      makeInterface(call, {
        subnetId,
        securityGroups,
        description: `Amazon EKS ${call.id}`,
        interfaceType: "interface",
      });
  }
}

/**
 * EKS makes the log group of a cluster that logs, if nobody did: without retention, without a key, and it stays when the cluster goes.
 * Who makes it after the cluster meets ResourceAlreadyExistsException. https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
 */
function makeLogGroup(call: Call): void {
  const name = `/aws/eks/${call.id}/cluster`;
  if (texts(call.inputs["enabledClusterLogTypes"]).length === 0 || call.cloud.find(LOG_GROUP, name)) return;
  call.make(LOG_GROUP, { name, retentionInDays: 0, skipDestroy: false }, { detached: true });
}
