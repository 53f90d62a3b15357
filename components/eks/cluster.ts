import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { managedPolicyArn, partitionOf } from "../aws/partition";
import { ClusterAccess } from "./access";
import type { PlannedEntry } from "./access-plan";
import { DeployerRole } from "./deployer-role";
import { ServiceRole } from "./service-role";
import { type KubernetesVersion, supportTypeOf } from "./versions";

export interface EksClusterArgs {
  /** Name of the environment; the cluster is `container-platform-<environment>`. A change replaces the cluster. */
  environment: string;
  /** Region of the stack, for example `eu-west-1`. */
  region: string;
  /** Twelve-digit id of the account. */
  accountId: pulumi.Input<string>;
  version: KubernetesVersion;
  vpcId: pulumi.Input<string>;
  /**
   * Subnets of the control plane's network interfaces: private ones, in two zones at least (PRV-01).
   *
   * Public ones are left out on purpose: they would get such interfaces too.
   */
  privateSubnetIds: pulumi.Input<string>[];
  /** IPv4 block of the Services' addresses. A change replaces the cluster. */
  serviceCidr: string;
  /** IPv4 blocks that may reach a public endpoint; empty: there is only the private one, inside the VPC. */
  publicAccessFrom: string[];
  /** Who may use the cluster. */
  access: PlannedEntry[];
  /** ARN of the customer managed key that encrypts Kubernetes secrets. */
  secretsKeyArn: pulumi.Input<string>;
  /** ARN of the customer managed key that encrypts the control plane's logs. */
  logKeyArn: pulumi.Input<string>;
  /** Days that the control plane's logs are kept: one of the values CloudWatch Logs takes. */
  logRetentionDays: number;
  /** Whether EKS refuses to delete the cluster until this is turned off: on for production. */
  deletionProtection: boolean;
  /** Security groups for pods need a right of the cluster's role: https://docs.aws.amazon.com/eks/latest/userguide/security-groups-pods-deployment.html */
  securityGroupsForPods: boolean;
  /** What must be there before the cluster: every IPv4 block of the VPC (CNI-15), routes, endpoints. */
  waitFor: pulumi.Resource[];
}

const logTypes = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/**
 * An EKS cluster without nodes or add-ons: private subnets, access entries only, encrypted secrets, all its logs.
 *
 * Nodes and pods share the security group that EKS makes and tags for the cluster: `securityGroupId`.
 */
export class EksCluster extends pulumi.ComponentResource {
  /** Known in a preview, and before the cluster is there. */
  readonly clusterName: string;
  /** The cluster's name once it is there: for what is made in the cluster. */
  readonly clusterId: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** `https://…`: reachable from inside the VPC, and from `publicAccessFrom`. */
  readonly endpoint: pulumi.Output<string>;
  /** Of the control plane's network interfaces and, by default, of nodes and pods: all traffic among its members. */
  readonly securityGroupId: pulumi.Output<string>;
  /** The plugin's component: what `eks.ManagedNodeGroup` takes, and what Kubernetes objects may be `deletedWith`. */
  readonly cluster: eks.Cluster;
  /** For Kubernetes objects. It acts as the deployer role and is there when that one may administer the cluster. */
  readonly kubernetes: kubernetes.Provider;
  /** Name of the CloudWatch log group of the control plane. */
  readonly logGroupName: pulumi.Output<string>;

  constructor(name: string, args: EksClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:eks:EksCluster", name, {}, opts);
    this.clusterName = `container-platform-${args.environment}`;

    const logGroup = this.createLogGroup(name, args);
    this.logGroupName = logGroup.name;
    const role = this.createRole(name, args);
    const deployer = new DeployerRole(`${name}-deployer`, args, { parent: this });
    this.cluster = this.createCluster(name, args, role, deployer, [logGroup, ...role.ready, ...args.waitFor]);
    this.clusterId = this.cluster.eksCluster.name;
    this.arn = this.cluster.eksCluster.arn;
    this.endpoint = this.cluster.eksCluster.endpoint;
    this.securityGroupId = this.cluster.clusterSecurityGroupId;
    const access = this.grantAccess(name, args, deployer);
    this.kubernetes = this.createProvider(name, args, access);

    this.registerOutputs({ clusterName: this.clusterName, endpoint: this.endpoint });
  }

  /** EKS makes a group of this name by itself, unencrypted and kept for ever, when there is none. */
  private createLogGroup(name: string, args: EksClusterArgs): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
      name,
      {
        name: `/aws/eks/${this.clusterName}/cluster`,
        retentionInDays: args.logRetentionDays,
        kmsKeyId: args.logKeyArn,
      },
      { parent: this },
    );
  }

  /** Its logical name must stay: another role is another cluster. */
  private createRole(name: string, args: EksClusterArgs): ServiceRole {
    const partition = partitionOf(args.region);
    const policies = [
      "AmazonEKSClusterPolicy",
      ...(args.securityGroupsForPods ? ["AmazonEKSVPCResourceController"] : []),
    ];
    return new ServiceRole(
      `${name}-control-plane`,
      {
        description: `Control plane of ${this.clusterName}`,
        service: "eks",
        region: args.region,
        managedPolicyArns: Object.fromEntries(policies.map((policy) => [policy, managedPolicyArn(partition, policy)])),
      },
      { parent: this },
    );
  }

  private createCluster(
    name: string,
    args: EksClusterArgs,
    role: ServiceRole,
    deployer: DeployerRole,
    dependsOn: pulumi.Resource[],
  ): eks.Cluster {
    const isPublic = args.publicAccessFrom.length > 0;
    return new eks.Cluster(
      name,
      {
        name: this.clusterName,
        version: args.version,
        vpcId: args.vpcId,
        privateSubnetIds: args.privateSubnetIds,
        kubernetesServiceIpAddressRange: args.serviceCidr,
        endpointPrivateAccess: true,
        endpointPublicAccess: isPublic,
        ...(isPublic ? { publicAccessCidrs: args.publicAccessFrom } : {}),
        encryptionConfigKeyArn: args.secretsKeyArn,
        enabledClusterLogTypes: logTypes,
        authenticationMode: eks.AuthenticationMode.Api,
        serviceRole: role.role,
        deletionProtection: args.deletionProtection,
        upgradePolicy: { supportType: supportTypeOf(args.version) },
        // Nodes, add-ons and what they need are components of their own here: pinned, with rights of their own.
        skipDefaultNodeGroup: true,
        createInstanceRole: false,
        bootstrapSelfManagedAddons: false,
        useDefaultVpcCni: true,
        kubeProxyAddonOptions: { enabled: false },
        corednsAddonOptions: { enabled: false },
        // The plugin's own groups are open to anywhere; EKS makes one for the cluster in any case.
        skipDefaultSecurityGroups: true,
        // Pods get their rights by EKS Pod Identity.
        createOidcProvider: false,
        // Without this the kubeconfig holds the AWS profile of whoever runs the program, and changes with the person.
        providerCredentialOpts: { roleArn: deployer.arn },
        clusterTags: { Name: this.clusterName },
      },
      { parent: this, dependsOn, transforms: [creatorIsNoAdministrator] },
    );
  }

  private grantAccess(name: string, args: EksClusterArgs, deployer: DeployerRole): ClusterAccess {
    return new ClusterAccess(
      `${name}-access`,
      {
        clusterName: this.clusterId,
        region: args.region,
        entries: args.access,
        deployerArn: deployer.arn,
      },
      { parent: this },
    );
  }

  private createProvider(name: string, args: EksClusterArgs, access: ClusterAccess): kubernetes.Provider {
    return new kubernetes.Provider(
      name,
      {
        kubeconfig: this.cluster.kubeconfigJson,
        // The provider replaces itself, and with it every object, when the kubeconfig looks as if it could be another cluster's. These
        // are what makes it another one.
        clusterIdentifier: `${args.region}/${this.clusterName}/${args.serviceCidr}`,
        // A refresh from where a private endpoint can't be reached leaves the objects as they were.
        skipUpdateUnreachable: true,
      },
      { parent: this, dependsOn: [access] },
    );
  }
}

/**
 * The plugin makes the creator an administrator of the cluster and has no argument against it. Whether it is so counts at creation
 * only: later it would replace the cluster, and the plugin ignores it.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html
 */
const creatorIsNoAdministrator: pulumi.ResourceTransform = ({ type, props, opts }) =>
  type === "aws:eks/cluster:Cluster"
    ? {
        props: { ...props, accessConfig: { ...props.accessConfig, bootstrapClusterCreatorAdminPermissions: false } },
        opts,
      }
    : undefined;
