/**
 * `eks:index:Cluster` as the real plugin builds it: the same children, names, parents, inputs, dependencies and outputs.
 *
 * Peculiar on purpose, since the real one is: the creator is always made administrator and changes of that are ignored; the
 * Kubernetes provider is a child; an add-on without a version takes the newest one; a role that is given is not waited for, the
 * plugin's own one is, policies included. The component itself has no inputs in the state.
 */
import * as aws from "@pulumi/aws";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { createAccessEntries } from "./access";
import { createAddon, VpcCniAddon } from "./addons";
import type { ClusterArguments } from "./arguments";
import { kubeconfigOf } from "./kubeconfig";
import { inside } from "./release";
import { createClusterGroup, createNodeGroup, type NodeGroupRules } from "./security-groups";
import { ServiceRole } from "./service-role";

/** The options of every AWS child. */
export interface Child {
  parent: pulumi.Resource;
  version: string;
}

/** The stand-in. Registers everything in its constructor; `results` are the component's outputs. */
export class Cluster extends pulumi.ComponentResource {
  readonly results: pulumi.Inputs;
  private readonly label: string;
  private readonly child: Child;

  constructor(name: string, args: ClusterArguments, opts: pulumi.ComponentResourceOptions) {
    super("eks:index:Cluster", name, {}, opts);
    this.label = name;
    this.child = { parent: this, version: inside.aws };

    const role = this.roleOf(args);
    const controlPlaneGroup = args.skipDefaultSecurityGroups
      ? args.clusterSecurityGroup && pulumi.output(args.clusterSecurityGroup)
      : createClusterGroup(name, args, this.child);
    const cluster = this.createCluster(args, role, controlPlaneGroup);
    const kubeProxy = args.kubeProxyAddonOptions;
    if (kubeProxy?.enabled ?? true) createAddon(name, "kube-proxy", cluster, args, kubeProxy, this.child);

    const kubernetesProvider = this.createKubernetesProvider(cluster, args);
    const entries = createAccessEntries(name, cluster, args.accessEntries, this.child);
    const vpcCni = args.useDefaultVpcCni
      ? undefined
      : new VpcCniAddon(
          `${name}-vpc-cni`,
          { cluster, tags: args.tags, options: args.vpcCniOptions ?? {} },
          this,
          entries,
        );
    const coredns = args.corednsAddonOptions;
    if (coredns && (coredns.enabled === true || coredns.configurationValues)) {
      createAddon(name, "coredns", cluster, args, coredns, this.child);
    }
    const nodes =
      controlPlaneGroup && !args.skipDefaultSecurityGroups
        ? createNodeGroup(name, args, cluster, controlPlaneGroup, this.child)
        : undefined;

    this.results = outputsOf({ args, role, cluster, controlPlaneGroup, nodes, kubernetesProvider, vpcCni });
    this.registerOutputs(this.results);
  }

  /** The role that was given, or one of the plugin's own. */
  private roleOf(args: ClusterArguments): ClusterRole {
    if (args.serviceRole) return { role: pulumi.output(args.serviceRole) };
    const own = new ServiceRole(`${this.label}-eksRole`, { tags: args.tags, version: inside.aws }, { parent: this });
    return { role: pulumi.output(own.role), ready: own.ready };
  }

  private createCluster(
    args: ClusterArguments,
    { role, ready }: ClusterRole,
    group: pulumi.Output<aws.ec2.SecurityGroup> | aws.ec2.SecurityGroup | undefined,
  ): aws.eks.Cluster {
    const name = `${this.label}-eksCluster`;
    const { encryptionConfigKeyArn, kubernetesServiceIpAddressRange, ipFamily } = args;
    return new aws.eks.Cluster(
      name,
      {
        name: args.name,
        roleArn: role.arn,
        version: args.version,
        vpcConfig: {
          securityGroupIds: group ? [group.id] : undefined,
          subnetIds: subnetIdsOf(args),
          endpointPrivateAccess: args.endpointPrivateAccess,
          endpointPublicAccess: args.endpointPublicAccess,
          publicAccessCidrs: args.publicAccessCidrs,
        },
        kubernetesNetworkConfig:
          kubernetesServiceIpAddressRange || ipFamily
            ? pulumi
                .all([kubernetesServiceIpAddressRange, ipFamily])
                .apply(([serviceIpv4Cidr, family]) => ({ serviceIpv4Cidr, ipFamily: family ?? "ipv4" }))
            : undefined,
        encryptionConfig: encryptionOf(encryptionConfigKeyArn),
        bootstrapSelfManagedAddons: args.bootstrapSelfManagedAddons ?? true,
        enabledClusterLogTypes: args.enabledClusterLogTypes,
        accessConfig: { authenticationMode: args.authenticationMode, bootstrapClusterCreatorAdminPermissions: true },
        upgradePolicy: args.upgradePolicy,
        deletionProtection: args.deletionProtection,
        // A Name among the tags wins over the plugin's, and the common tags over those of the cluster.
        tags: pulumi.all([args.tags, args.clusterTags]).apply(([all, own]) => ({ Name: name, ...own, ...all })),
      },
      {
        ...this.child,
        ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
        dependsOn: ready ? [ready] : [],
      },
    );
  }

  private createKubernetesProvider(cluster: aws.eks.Cluster, args: ClusterArguments): kubernetes.Provider {
    // The real plugin also takes AWS_PROFILE from its environment; the stand-in does not, so that no run differs from another.
    const profileName = args.providerCredentialOpts ? undefined : new pulumi.Config("aws").get("profile");
    const credentials = args.providerCredentialOpts ?? (profileName ? { profileName } : {});
    const kubeconfig = kubeconfigOf(cluster, credentials).apply((document) => JSON.stringify(document));
    return new kubernetes.Provider(
      `${this.label}-eks-k8s`,
      { kubeconfig },
      { parent: this, version: inside.kubernetes },
    );
  }
}

interface ClusterRole {
  role: pulumi.Output<aws.iam.Role>;
  /** The plugin's own role when its policies are attached. */
  ready?: pulumi.Output<pulumi.Resource>;
}

function encryptionOf(keyArn: pulumi.Input<string> | undefined) {
  if (!keyArn) return undefined;
  return pulumi.output(keyArn).apply((arn) => ({ provider: { keyArn: arn }, resources: ["secrets"] }));
}

function subnetIdsOf(args: ClusterArguments): pulumi.Output<string[]> {
  if (args.subnetIds) return pulumi.output(args.subnetIds);
  return pulumi
    .all([args.publicSubnetIds ?? [], args.privateSubnetIds ?? []])
    .apply(([publicIds, privateIds]) => [...publicIds, ...privateIds]);
}

interface Made {
  args: ClusterArguments;
  role: ClusterRole;
  cluster: aws.eks.Cluster;
  controlPlaneGroup: pulumi.Output<aws.ec2.SecurityGroup> | aws.ec2.SecurityGroup | undefined;
  nodes: NodeGroupRules | undefined;
  kubernetesProvider: kubernetes.Provider;
  vpcCni: VpcCniAddon | undefined;
}

/** The outputs, in the form of the plugin: what there is not is an empty text or left out. */
function outputsOf(made: Made): pulumi.Inputs {
  const { args, cluster, controlPlaneGroup, nodes } = made;
  // Without the profile, so that whoever reads the output can use it with their own.
  const credentials = pulumi
    .output(args.providerCredentialOpts)
    .apply((given) => (given?.roleArn ? { roleArn: given.roleArn } : {}));
  const kubeconfig = kubeconfigOf(cluster, credentials);
  const issuer = cluster.identities.apply((identities) => identities?.[0]?.oidcs?.[0]?.issuer ?? "");
  const ownGroupId = cluster.vpcConfig.clusterSecurityGroupId;
  const core = {
    accessEntries: Object.values(args.accessEntries ?? {}),
    autoModeNodeRoleName: "",
    cluster,
    clusterIamRole: made.role.role,
    clusterSecurityGroup: controlPlaneGroup,
    encryptionConfig: encryptionOf(args.encryptionConfigKeyArn),
    endpoint: cluster.endpoint,
    instanceRoles: [],
    kubeconfig,
    nodeGroupOptions: { version: args.version, nodeSecurityGroup: nodes?.group, clusterIngressRule: nodes?.ingress },
    nodeSecurityGroupTags: args.nodeSecurityGroupTags,
    privateSubnetIds: args.privateSubnetIds,
    provider: made.kubernetesProvider,
    publicSubnetIds: args.publicSubnetIds,
    storageClasses: {},
    subnetIds: subnetIdsOf(args),
    tags: args.tags,
    vpcCni: made.vpcCni,
    vpcId: args.vpcId,
  };
  return {
    autoModeNodeRoleName: "",
    clusterIngressRuleId: nodes?.ingress.securityGroupRuleId ?? "",
    clusterSecurityGroup: controlPlaneGroup,
    clusterSecurityGroupId: controlPlaneGroup?.id ?? ownGroupId,
    core: pulumi.output(core as Record<string, unknown>),
    defaultNodeGroupAsgName: "",
    eksCluster: cluster,
    eksClusterIngressRule: nodes?.ingress,
    fargateProfileId: "",
    fargateProfileStatus: "",
    instanceRoles: [],
    kubeconfig,
    kubeconfigJson: pulumi.jsonStringify(kubeconfig),
    nodeSecurityGroup: nodes?.group,
    nodeSecurityGroupId: nodes?.group.id ?? ownGroupId,
    oidcIssuer: issuer.apply((url) => url.replace("https://", "")),
    oidcProviderArn: "",
    oidcProviderUrl: issuer,
  };
}
