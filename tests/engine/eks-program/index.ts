/** A private cluster with add-ons and a node group that has a launch template of its own; config moves what its tests move. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const name = "lifecycle";

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.20.0.0/16", enableDnsHostnames: true });
const privateSubnetIds = ["a", "b", "c"].map((zone, i) => {
  const args = { vpcId: vpc.id, cidrBlock: `10.20.${i * 16}.0/20`, availabilityZone: `ap-southeast-1${zone}` };
  return new aws.ec2.Subnet(`private-${zone}`, args).id;
});

function role(name: string, Service: string): aws.iam.Role {
  const statement = { Effect: "Allow", Action: ["sts:AssumeRole", "sts:TagSession"], Principal: { Service } };
  return new aws.iam.Role(name, {
    assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
  });
}

const logGroup = new aws.cloudwatch.LogGroup("logs", { name: `/aws/eks/${name}/cluster`, retentionInDays: 365 });
const accessConfig = { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false };
const cluster = new eks.Cluster(
  "platform",
  {
    ...{ name, version: config.get("version") ?? "1.35", vpcId: vpc.id, privateSubnetIds },
    ...{ endpointPrivateAccess: true, endpointPublicAccess: false, kubernetesServiceIpAddressRange: "172.20.0.0/16" },
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    authenticationMode: "API",
    accessEntries: {
      admin: {
        principalArn: "arn:aws:iam::123456789012:role/platform-admin",
        accessPolicies: {
          admin: {
            policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
            accessScope: { type: "cluster" },
          },
        },
      },
    },
    serviceRole: role("cluster", "eks.amazonaws.com"),
    encryptionConfigKeyArn: new aws.kms.Key("secrets", { enableKeyRotation: true }).arn,
    ...{
      skipDefaultNodeGroup: true,
      skipDefaultSecurityGroups: true,
      createInstanceRole: false,
      useDefaultVpcCni: true,
    },
    ...{ kubeProxyAddonOptions: { enabled: false }, corednsAddonOptions: { enabled: false } },
    ...{ bootstrapSelfManagedAddons: false, providerCredentialOpts: {} },
  },
  {
    dependsOn: [logGroup],
    transforms: [
      ({ type, props, opts }) =>
        type === "aws:eks/cluster:Cluster" ? { props: { ...props, accessConfig }, opts } : undefined,
    ],
  },
);

const addon = (addonName: string, more: Partial<aws.eks.AddonArgs> = {}, dependsOn: pulumi.Resource[] = []) =>
  new aws.eks.Addon(addonName, { clusterName: cluster.eksCluster.name, addonName, ...more }, { dependsOn });
const cni = addon("vpc-cni", {
  podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: role("cni", "pods.eks.amazonaws.com").arn }],
});
addon("kube-proxy");

const provider = new kubernetes.Provider("inside", { kubeconfig: cluster.kubeconfigJson });
new kubernetes.core.v1.Namespace("shop", { metadata: { name: "shop" } }, { provider });

const template = new aws.ec2.LaunchTemplate("workers", {
  metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: config.getNumber("hops") ?? 1 },
});
const desiredSize = config.getNumber("desired") ?? 3;
const nodes = new eks.ManagedNodeGroup(
  "workers",
  {
    cluster,
    nodeRole: role("node", "ec2.amazonaws.com"),
    subnetIds: privateSubnetIds,
    instanceTypes: [config.get("type") ?? "m7g.large"],
    amiType: "AL2023_ARM_64_STANDARD",
    scalingConfig: { minSize: 3, desiredSize, maxSize: 6 },
    launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
  },
  { dependsOn: [cni] },
);
addon("coredns", {}, [nodes]);

export const kubeconfig = cluster.kubeconfigJson;
export const nodeGroup = nodes.nodeGroup.nodeGroupName;
