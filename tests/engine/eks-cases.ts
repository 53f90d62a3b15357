/** Arguments of the eks plugin's components for which the stand-in must do what the real plugin does. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";

/** What every case builds on: made once, for all of them. */
export interface Given {
  privateSubnetIds: pulumi.Output<string>[];
  key: aws.kms.Key;
  clusterRole: aws.iam.Role;
  nodeRole: aws.iam.Role;
  adminRole: aws.iam.Role;
  template: aws.ec2.LaunchTemplate;
  /** A cluster for the node groups. */
  cluster: eks.Cluster;
}

export function given(): Given {
  const role = (name: string): aws.iam.Role => new aws.iam.Role(name, { assumeRolePolicy: "{}" });
  const zones = ["a", "b", "c"];
  const subnets = zones.map(
    (zone) => new aws.ec2.Subnet(`private-${zone}`, { vpcId: "vpc-1", cidrBlock: "10.0.0.0/20" }),
  );
  const most = {
    privateSubnetIds: subnets.map(({ id }) => id),
    key: new aws.kms.Key("secrets", {}),
    clusterRole: role("cluster-role"),
    nodeRole: role("node-role"),
    adminRole: role("admin-role"),
    template: new aws.ec2.LaunchTemplate("workers", {}),
  };
  return { ...most, cluster: new eks.Cluster("nodes-home", platform(most)) };
}

const clusterPolicy = "arn:aws:eks::aws:cluster-access-policy";

function accessEntries(adminRole: aws.iam.Role): eks.ClusterOptions["accessEntries"] {
  const scope = (...namespaces: string[]) => ({ type: "namespace", namespaces });
  return {
    admin: {
      principalArn: "arn:aws:iam::123456789012:role/platform-admin",
      type: "STANDARD",
      accessPolicies: {
        admin: { policyArn: `${clusterPolicy}/AmazonEKSClusterAdminPolicy`, accessScope: { type: "cluster" } },
      },
    },
    made: {
      principalArn: adminRole.arn,
      accessPolicies: {
        view: { policyArn: `${clusterPolicy}/AmazonEKSAdminViewPolicy`, accessScope: { type: "cluster" } },
      },
    },
    ann: {
      principalArn: "arn:aws:iam::123456789012:user/ann",
      username: "ann",
      kubernetesGroups: ["viewers"],
      tags: { Who: "ann" },
      accessPolicies: {
        view: { policyArn: `${clusterPolicy}/AmazonEKSViewPolicy`, accessScope: scope("shop", "web") },
        edit: { policyArn: `${clusterPolicy}/AmazonEKSEditPolicy`, accessScope: scope("web") },
      },
    },
  };
}

/** What the platform's own cluster passes. */
function platform(given: Omit<Given, "cluster">): eks.ClusterOptions {
  return {
    vpcId: "vpc-1",
    privateSubnetIds: given.privateSubnetIds,
    version: "1.36",
    endpointPrivateAccess: true,
    endpointPublicAccess: false,
    encryptionConfigKeyArn: given.key.arn,
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    authenticationMode: "API",
    accessEntries: accessEntries(given.adminRole),
    skipDefaultNodeGroup: true,
    skipDefaultSecurityGroups: true,
    createInstanceRole: false,
    serviceRole: given.clusterRole,
    createOidcProvider: false,
    kubernetesServiceIpAddressRange: "172.20.0.0/16",
    useDefaultVpcCni: true,
    kubeProxyAddonOptions: { enabled: false },
    corednsAddonOptions: { enabled: false },
    bootstrapSelfManagedAddons: false,
    clusterTags: { Part: "cluster" },
    tags: { Environment: "prod" },
    deletionProtection: true,
    upgradePolicy: { supportType: "STANDARD" },
    providerCredentialOpts: {},
  };
}

/** Builds one component under this name and returns outputs to compare. */
export type Case = (name: string, given: Given) => unknown;

const cluster =
  (
    change: (given: Given) => Partial<eks.ClusterOptions>,
    opts: () => pulumi.ComponentResourceOptions = () => ({}),
  ): Case =>
  (name, given) =>
    new eks.Cluster(name, { ...platform(given), ...change(given) }, opts());

const group =
  (
    args: (given: Given) => Partial<eks.ManagedNodeGroupArgs>,
    opts: () => pulumi.ComponentResourceOptions = () => ({}),
  ): Case =>
  (name, given) =>
    new eks.ManagedNodeGroup(name, { cluster: given.cluster, nodeRole: given.nodeRole, ...args(given) }, opts());

const change =
  (type: string, props: object): pulumi.ResourceTransform =>
  (args) =>
    args.type === type ? { props: { ...args.props, ...props }, opts: args.opts } : undefined;

/** By the logical name that the component gets. */
export const builds: Record<string, Case> = {
  platform: cluster(() => ({})),
  named: cluster(() => ({ name: "container-platform-prod" })),
  "public-endpoint": cluster(() => ({ endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] })),
  "endpoint-left-open": cluster(() => ({ endpointPublicAccess: undefined, publicAccessCidrs: ["203.0.113.0/24"] })),
  "own-name-tags": cluster(() => ({ clusterTags: { Name: "mine" }, tags: { Name: "other" } })),
  plain: cluster(() => ({
    ...{
      clusterTags: undefined,
      tags: undefined,
      accessEntries: undefined,
      upgradePolicy: undefined,
      version: undefined,
    },
    ...{ deletionProtection: undefined, encryptionConfigKeyArn: undefined, kubernetesServiceIpAddressRange: undefined },
  })),
  addons: cluster(() => ({
    bootstrapSelfManagedAddons: undefined,
    useDefaultVpcCni: false,
    vpcCniOptions: {
      ...{
        addonVersion: "v1.23.2-eksbuild.1",
        cniCustomNetworkCfg: true,
        enablePrefixDelegation: true,
        externalSnat: true,
      },
      ...{ enablePodEni: true, enableNetworkPolicy: true, warmPrefixTarget: 1, warmIpTarget: 0 },
      configurationValues: {
        env: { ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone" },
        init: { image: { tag: "x" }, env: { DISABLE_TCP_EARLY_DEMUX: "true" } },
        eniConfig: { create: false },
      },
    },
    corednsAddonOptions: {
      version: "v1.14.3-eksbuild.23",
      configurationValues: { replicaCount: 3, autoScaling: { enabled: true } },
    },
    kubeProxyAddonOptions: {
      version: "v1.36.0-eksbuild.25",
      configurationValues: { mode: "iptables", list: [1, { z: 1, b: 2 }] },
    },
  })),
  "addons-not-pinned": cluster(() => ({
    ...{ useDefaultVpcCni: undefined, corednsAddonOptions: { enabled: true }, kubeProxyAddonOptions: undefined },
  })),
  defaults: (name, { privateSubnetIds }) =>
    new eks.Cluster(name, { vpcId: "vpc-1", privateSubnetIds, skipDefaultNodeGroup: true, authenticationMode: "API" }),
  groups: cluster(() => ({
    skipDefaultSecurityGroups: false,
    clusterSecurityGroupTags: { A: "1" },
    nodeSecurityGroupTags: { B: "2" },
  })),
  "subnet-ids": cluster(() => ({ privateSubnetIds: undefined, subnetIds: ["subnet-1", "subnet-2"] })),
  "public-subnets": cluster(() => ({ publicSubnetIds: ["subnet-p1", "subnet-p2"] })),
  credentials: cluster(() => ({
    providerCredentialOpts: { roleArn: "arn:aws:iam::123456789012:role/deployer", profileName: "work" },
  })),
  "explicit-provider": (name, given) => {
    const provider = new aws.Provider("mine", { region: "us-east-1" });
    return new eks.Cluster(name, { ...platform(given), providerCredentialOpts: undefined }, { provider });
  },
  "in-component": (name, given) => {
    const parent = new pulumi.ComponentResource("platform:eks:Cluster", "outer");
    return new eks.Cluster(name, platform(given), { parent, dependsOn: [given.template], protect: true });
  },
  "creator-not-admin": cluster(
    () => ({}),
    () => ({
      transforms: [
        change("aws:eks/cluster:Cluster", {
          accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
        }),
      ],
    }),
  ),
  "get-kubeconfig": (name, given) =>
    new eks.Cluster(name, platform(given)).getKubeconfig({
      roleArn: "arn:aws:iam::123456789012:role/admin",
      profileName: "p",
    }),

  graviton: group(({ privateSubnetIds, template }) => ({
    ...{ instanceTypes: ["m7g.xlarge"], amiType: "AL2023_ARM_64_STANDARD", capacityType: "ON_DEMAND", version: "1.36" },
    ...{ labels: { team: "a" }, taints: [{ key: "k", value: "v", effect: "NO_SCHEDULE" }], tags: { T: "1" } },
    scalingConfig: { minSize: 3, desiredSize: 3, maxSize: 6 },
    subnetIds: privateSubnetIds,
    launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
  })),
  spot: group(({ privateSubnetIds, nodeRole }) => ({
    ...{ nodeRole: undefined, nodeRoleArn: nodeRole.arn, subnetIds: privateSubnetIds },
    ...{ instanceTypes: ["m6i.xlarge", "m6a.xlarge"], capacityType: "SPOT", ignoreScalingChanges: true },
    ...{ nodeGroupNamePrefix: "spot-", releaseVersion: "1.36.0-20261101", forceUpdateVersion: true },
    scalingConfig: { minSize: 0, desiredSize: 1, maxSize: 6 },
  })),
  least: group(() => ({})),
  "template-without-version": group(({ template }) => ({ launchTemplate: { id: template.id, version: "1" } })),
  "fixed-name": group(() => ({
    ...{ nodeGroupName: "fixed", clusterName: "other-cluster", diskSize: 50, remoteAccess: { ec2SshKey: "k" } },
  })),
  "by-core": group(({ cluster }) => ({ cluster: cluster.core as never })),
  late: (name, given) => {
    const parent = new pulumi.ComponentResource("platform:eks:NodeGroups", "node-groups");
    const repair = { updateConfig: { maxUnavailable: 1 }, nodeRepairConfig: { enabled: true } };
    return group(
      ({ privateSubnetIds }) => ({ subnetIds: privateSubnetIds }),
      () => ({ parent, dependsOn: [given.template], transforms: [change("aws:eks/nodeGroup:NodeGroup", repair)] }),
    )(name, given);
  },
};

/** Mistakes that the real plugin refuses: the component's type and its arguments. */
export const mistakes: Record<string, [type: "Cluster" | "ManagedNodeGroup", args: Record<string, unknown>]> = {
  "public-cidrs-of-a-private-endpoint": [
    "Cluster",
    { ...needed(), endpointPublicAccess: false, publicAccessCidrs: ["203.0.113.0/24"] },
  ],
  "mappings-with-api": ["Cluster", { ...needed(), roleMappings: [{ roleArn: "r", username: "x", groups: ["g"] }] }],
  "entries-with-config-map": [
    "Cluster",
    { ...needed(), authenticationMode: "CONFIG_MAP", accessEntries: { a: { principalArn: "r" } } },
  ],
  "entries-without-mode": [
    "Cluster",
    { ...needed(), authenticationMode: undefined, accessEntries: { a: { principalArn: "r" } } },
  ],
  "unknown-mode": ["Cluster", { ...needed(), authenticationMode: "OTHER" }],
  "subnets-twice": ["Cluster", { ...needed(), subnetIds: ["subnet-3"] }],
  "snat-twice": ["Cluster", { ...needed(), vpcCniOptions: { cniExternalSnat: true, externalSnat: true } }],
  "no-node-role": ["ManagedNodeGroup", { cluster: {} }],
  "two-node-roles": ["ManagedNodeGroup", { cluster: {}, nodeRole: "role", nodeRoleArn: "arn" }],
  "template-and-user-data": [
    "ManagedNodeGroup",
    {
      cluster: {},
      nodeRoleArn: "arn",
      launchTemplate: { id: "lt-1", version: "1" },
      userData: "x",
      enableIMDSv2: true,
    },
  ],
};

function needed(): Record<string, unknown> {
  return {
    vpcId: "vpc-1",
    privateSubnetIds: ["subnet-1", "subnet-2"],
    authenticationMode: "API",
    skipDefaultNodeGroup: true,
  };
}
