import assert from "node:assert/strict";
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import { Callback } from "@pulumi/pulumi/proto/callback_pb";
import { planAccess } from "../../components/eks/access-plan";
import { planAddons } from "../../components/eks/addon-plan";
import { Addons } from "../../components/eks/addons";
import { EksCluster } from "../../components/eks/cluster";
import type { PlannedNodes } from "../../components/eks/node-group-plan";
import { NodeGroups } from "../../components/eks/node-groups";
import { ClusterKey } from "../../components/encryption/cluster-key";
import { VolumeKey } from "../../components/encryption/volume-key";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- inputs of any resource
type Inputs = Record<string, any>;

interface Made {
  type: string;
  name: string;
  inputs: Inputs;
}

const account = "123456789012";
let made: Made[] = [];
let transforms: pulumi.ResourceTransform[] = [];

/** The SDK hands transforms to the engine; without one they are kept here, to be asked what they would do. */
const load = createRequire(__filename);
const settings = load("@pulumi/pulumi/runtime/settings") as {
  getCallbacks: () => unknown;
  waitForRPCs: () => Promise<void>;
};
const state = load("@pulumi/pulumi/runtime/state") as { getStore: () => { supportsTransforms: boolean } };
const getCallbacks = settings.getCallbacks;
const keptHere = {
  registerTransform: async (transform: pulumi.ResourceTransform) => {
    transforms.push(transform);
    return new Callback();
  },
};

/** A child's inputs after the transforms that the component has asked for. */
async function transformed(type: string, props: Inputs): Promise<Inputs> {
  let result = props;
  for (const transform of transforms) {
    result = (await transform({ custom: true, type, name: "child", props: result, opts: {} }))?.props ?? result;
  }
  return result;
}

before(() => (settings.getCallbacks = () => keptHere));
after(() => (settings.getCallbacks = getCallbacks));

/** Mocks know no component plugin's children: the plugins' own inputs are what these tests look at. */
class Mocks implements pulumi.runtime.Mocks {
  newResource({ type, name, inputs, id }: pulumi.runtime.MockResourceArgs) {
    made.push({ type, name, inputs });
    const outputs: Record<string, unknown> = { ...inputs, arn: `arn:test:${type}:${name}`, name: inputs.name ?? name };
    if (type === "eks:index:Cluster") {
      outputs.clusterSecurityGroupId = "sg-cluster";
      outputs.kubeconfigJson = "{}";
    }
    return { id: id ?? `${name}-id`, state: outputs };
  }

  call() {
    return {};
  }
}

async function build<Component>(construct: () => Component): Promise<Component> {
  made = [];
  transforms = [];
  await pulumi.runtime.setMocks(new Mocks(), "platform", "test", false);
  state.getStore().supportsTransforms = true;
  const component = construct();
  await settings.waitForRPCs();
  return component;
}

const of = (type: string) => made.filter((resource) => resource.type === type);
const one = (type: string, name: string) => {
  const found = of(type).find((resource) => resource.name === name);
  assert.ok(found, `${name} of ${made.map((resource) => `${resource.type} ${resource.name}`).join(", ")}`);
  return found.inputs;
};

async function buildCluster(region = "eu-west-1", publicAccessFrom: string[] = []) {
  const partition = region.startsWith("cn-") ? "aws-cn" : "aws";
  const principal = (resource: string) => `arn:${partition}:iam::${account}:${resource}`;
  const access = planAccess(
    {
      admins: [principal("role/platform-admin")],
      access: [{ principal: principal("user/ann"), policy: "view", namespaces: ["shop"] }],
    },
    partition,
  ).entries;
  return build(
    () =>
      new EksCluster("eks", {
        environment: "prod",
        region,
        accountId: account,
        version: "1.36",
        vpcId: "vpc-1",
        privateSubnetIds: ["subnet-a", "subnet-b"],
        serviceCidr: "172.20.0.0/16",
        publicAccessFrom,
        access,
        secretsKeyArn: "arn:test:key/secrets",
        logKeyArn: "arn:test:key/logs",
        logRetentionDays: 365,
        deletionProtection: true,
        securityGroupsForPods: false,
        waitFor: [],
      }),
  );
}

const nodes: PlannedNodes = {
  name: "graviton",
  amiType: "AL2023_ARM_64_STANDARD",
  instanceTypes: ["m7g.xlarge"],
  capacityType: "ON_DEMAND",
  scaling: { minSize: 3, desiredSize: 3, maxSize: 6 },
  ignoreDesiredSize: false,
  labels: { team: "shop" },
  taints: [],
  diskGiB: 80,
  maxPods: 44,
  maxPodsBelowComputed: false,
  zones: ["eu-west-1a", "eu-west-1b"],
};

async function buildNodes(region = "eu-west-1", change: Partial<PlannedNodes> = {}) {
  const cluster = await buildCluster(region);
  return build(
    () =>
      new NodeGroups("nodes", {
        cluster,
        version: "1.36",
        region,
        podNetworking: { ownSubnets: true, prefixDelegation: false },
        groups: [{ ...nodes, ...change }],
        subnets: [
          { zone: "eu-west-1a", id: "subnet-a" },
          { zone: "eu-west-1b", id: "subnet-b" },
          { zone: "eu-west-1c", id: "subnet-c" },
        ],
        volumeKeyArn: "arn:test:key/volumes",
        tags: { Owner: "platform" },
        waitFor: [],
      }),
  );
}

describe("the cluster", () => {
  it("is private, encrypted, logged, protected and for access entries only", async () => {
    await buildCluster();
    const inputs = one("eks:index:Cluster", "eks");
    assert.deepEqual(inputs.privateSubnetIds, ["subnet-a", "subnet-b"]);
    assert.equal(inputs.publicSubnetIds, undefined);
    assert.equal(inputs.endpointPrivateAccess, true);
    assert.equal(inputs.endpointPublicAccess, false);
    assert.equal(inputs.publicAccessCidrs, undefined);
    assert.equal(inputs.encryptionConfigKeyArn, "arn:test:key/secrets");
    assert.deepEqual(inputs.enabledClusterLogTypes, [
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
    assert.equal(inputs.authenticationMode, "API");
    assert.equal(inputs.deletionProtection, true);
    assert.deepEqual(inputs.upgradePolicy, { supportType: "STANDARD" });
    assert.equal(inputs.kubernetesServiceIpAddressRange, "172.20.0.0/16");
  });

  it("doesn't make its creator an administrator, which the plugin would", async () => {
    await buildCluster();
    const plugins = { accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true } };
    assert.deepEqual(await transformed("aws:eks/cluster:Cluster", plugins), {
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    });
    assert.deepEqual(await transformed("aws:eks/addon:Addon", { addonName: "coredns" }), { addonName: "coredns" });
  });

  it("leaves nodes, add-ons and security groups of the plugin's own out", async () => {
    await buildCluster();
    const inputs = one("eks:index:Cluster", "eks");
    assert.equal(inputs.skipDefaultNodeGroup, true);
    assert.equal(inputs.skipDefaultSecurityGroups, true);
    assert.equal(inputs.createInstanceRole, false);
    assert.equal(inputs.createOidcProvider, false);
    assert.equal(inputs.bootstrapSelfManagedAddons, false);
    assert.equal(inputs.useDefaultVpcCni, true);
    assert.equal(inputs.kubeProxyAddonOptions.enabled, false);
    assert.equal(inputs.corednsAddonOptions.enabled, false);
  });

  it("has a public endpoint only for the blocks that may reach it", async () => {
    await buildCluster("eu-west-1", ["203.0.113.0/24"]);
    const inputs = one("eks:index:Cluster", "eks");
    assert.equal(inputs.endpointPublicAccess, true);
    assert.equal(inputs.endpointPrivateAccess, true);
    assert.deepEqual(inputs.publicAccessCidrs, ["203.0.113.0/24"]);
  });

  it("logs to a group of the name that EKS writes to, encrypted and kept as long as asked", async () => {
    const cluster = await buildCluster();
    const group = one("aws:cloudwatch/logGroup:LogGroup", "eks");
    assert.equal(group.name, `/aws/eks/${one("eks:index:Cluster", "eks").name}/cluster`);
    assert.equal(cluster.clusterName, "container-platform-prod");
    assert.equal(group.kmsKeyId, "arn:test:key/logs");
    assert.equal(group.retentionInDays, 365);
  });

  it("takes the same credentials in every run: those of the deployer's role", async () => {
    await buildCluster();
    const { providerCredentialOpts } = one("eks:index:Cluster", "eks");
    assert.deepEqual(providerCredentialOpts, { roleArn: "arn:test:aws:iam/role:Role:eks-deployer" });
  });

  it("lets in the deployer and who was named, and nobody else", async () => {
    await buildCluster();
    const type = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
    assert.deepEqual(
      of("aws:eks/accessEntry:AccessEntry")
        .map(({ inputs }) => inputs.principalArn)
        .sort(),
      [
        `arn:aws:iam::${account}:role/platform-admin`,
        `arn:aws:iam::${account}:user/ann`,
        "arn:test:aws:iam/role:Role:eks-deployer",
      ],
    );
    assert.equal(of(type).length, 3);
    assert.deepEqual(one(type, `eks-access-${account}/user/ann-view`).accessScope, {
      type: "namespace",
      namespaces: ["shop"],
    });
  });

  it("gives no entry groups, a user name or another type (IAM-05, IAM-06, IAM-16)", async () => {
    await buildCluster();
    for (const { inputs } of of("aws:eks/accessEntry:AccessEntry")) {
      assert.equal(inputs.type, "STANDARD");
      assert.equal(inputs.kubernetesGroups, undefined);
      assert.equal(inputs.userName, undefined);
    }
  });
});

describe("a node group's resources", () => {
  it("are a group with the template's latest version and nothing that the template must not hold twice (NG-02, NG-03, NG-15)", async () => {
    await buildNodes();
    const group = one("eks:index:ManagedNodeGroup", "nodes-graviton");
    assert.deepEqual(group.subnetIds, ["subnet-a", "subnet-b"]);
    assert.deepEqual(group.instanceTypes, ["m7g.xlarge"]);
    assert.equal(group.amiType, "AL2023_ARM_64_STANDARD");
    assert.equal(group.version, "1.36");
    for (const key of ["diskSize", "remoteAccess", "nodeGroupName", "amiId", "userData"]) {
      assert.equal(group[key], undefined, key);
    }
    const template = one("aws:ec2/launchTemplate:LaunchTemplate", "nodes-graviton");
    for (const key of ["instanceType", "imageId", "iamInstanceProfile", "networkInterfaces", "name"]) {
      assert.equal(template[key], undefined, key);
    }
  });

  it("keep pods away from the node's credentials and volumes encrypted with the customer's key", async () => {
    await buildNodes();
    const template = one("aws:ec2/launchTemplate:LaunchTemplate", "nodes-graviton");
    assert.deepEqual(template.metadataOptions, {
      httpEndpoint: "enabled",
      httpTokens: "required",
      httpPutResponseHopLimit: 1,
    });
    assert.deepEqual(template.blockDeviceMappings, [
      {
        deviceName: "/dev/xvda",
        ebs: {
          volumeType: "gp3",
          volumeSize: 80,
          encrypted: "true",
          kmsKeyId: "arn:test:key/volumes",
          deleteOnTermination: "true",
        },
      },
    ]);
    assert.deepEqual(template.monitoring, { enabled: true });
  });

  it("update a third of the nodes at once and replace broken ones", async () => {
    await buildNodes();
    assert.deepEqual(await transformed("aws:eks/nodeGroup:NodeGroup", { version: "1.36" }), {
      version: "1.36",
      updateConfig: { maxUnavailablePercentage: 33 },
      nodeRepairConfig: { enabled: true },
    });
  });

  it("hand the number of pods to the node", async () => {
    await buildNodes();
    const { userData } = one("aws:ec2/launchTemplate:LaunchTemplate", "nodes-graviton");
    assert.match(Buffer.from(userData, "base64").toString("utf8"), /maxPods: 44\n/);
  });

  it("tag instances, volumes and network interfaces, which a node group's tags don't reach", async () => {
    await buildNodes();
    const { tagSpecifications } = one("aws:ec2/launchTemplate:LaunchTemplate", "nodes-graviton");
    assert.deepEqual(
      tagSpecifications.map(({ resourceType }: { resourceType: string }) => resourceType),
      ["instance", "volume", "network-interface"],
    );
    for (const { tags } of tagSpecifications) {
      assert.deepEqual(tags, { Owner: "platform", Name: "container-platform-prod-graviton" });
    }
  });

  it("leave the number of nodes to an autoscaler when asked to", async () => {
    await buildNodes("eu-west-1", { ignoreDesiredSize: true });
    assert.equal(one("eks:index:ManagedNodeGroup", "nodes-graviton").ignoreScalingChanges, true);
    await buildNodes();
    assert.equal(one("eks:index:ManagedNodeGroup", "nodes-graviton").ignoreScalingChanges, false);
  });

  it("give nodes no right of the CNI's, which has its own", async () => {
    await buildNodes();
    assert.deepEqual(
      of("aws:iam/rolePolicyAttachment:RolePolicyAttachment").map(({ inputs }) => inputs.policyArn),
      [
        "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
        "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
      ],
    );
  });

  it("trust EC2 in both spellings in China", async () => {
    await buildNodes("cn-northwest-1");
    const { Statement } = JSON.parse(one("aws:iam/role:Role", "nodes").assumeRolePolicy);
    assert.deepEqual(Statement[0].Principal.Service, ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"]);
  });
});

describe("add-ons", () => {
  async function buildAddons(region = "eu-west-1") {
    const plan = planAddons({ version: "1.36", region, pins: {}, tags: { Owner: "platform" } });
    await build(
      () =>
        new Addons("addons", {
          clusterName: "container-platform-prod",
          region,
          addons: [...plan.beforeNodes, ...plan.afterNodes],
          configurations: { "vpc-cni": { env: { WARM_PREFIX_TARGET: "1" } } },
          volumeKeyArn: "arn:test:key/volumes",
          waitFor: [],
        }),
    );
  }

  it("overwrite what others changed, on creation and on update", async () => {
    await buildAddons();
    assert.equal(of("aws:eks/addon:Addon").length, 7);
    for (const { inputs } of of("aws:eks/addon:Addon")) {
      assert.equal(inputs.resolveConflictsOnCreate, "OVERWRITE");
      assert.equal(inputs.resolveConflictsOnUpdate, "OVERWRITE");
      assert.match(inputs.addonVersion, /-eksbuild\.\d+$/);
    }
  });

  it("get their rights by Pod Identity, for one service account of one cluster", async () => {
    await buildAddons();
    assert.deepEqual(one("aws:eks/addon:Addon", "addons-vpc-cni").podIdentityAssociations, [
      { roleArn: "arn:test:aws:iam/role:Role:addons-vpc-cni", serviceAccount: "aws-node" },
    ]);
    const { Statement } = JSON.parse(one("aws:iam/role:Role", "addons-vpc-cni").assumeRolePolicy);
    assert.deepEqual(Statement, [
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:RequestTag/eks-cluster-name": "container-platform-prod",
            "aws:RequestTag/kubernetes-namespace": "kube-system",
            "aws:RequestTag/kubernetes-service-account": "aws-node",
          },
        },
      },
    ]);
  });

  it("have no role when they call nothing of AWS", async () => {
    await buildAddons();
    assert.equal(one("aws:eks/addon:Addon", "addons-coredns").podIdentityAssociations, undefined);
    assert.equal(of("aws:iam/role:Role").length, 3);
  });

  it("hold their configuration as text, the given one before the planned one", async () => {
    await buildAddons();
    assert.equal(
      one("aws:eks/addon:Addon", "addons-vpc-cni").configurationValues,
      '{"env":{"WARM_PREFIX_TARGET":"1"}}',
    );
    assert.equal(one("aws:eks/addon:Addon", "addons-kube-proxy").configurationValues, undefined);
  });
});

describe("the cluster's keys", () => {
  async function policyOf(kind: "ClusterKey" | "VolumeKey", region: string) {
    const args = { region, accountId: account, environment: "prod" };
    await build(() => (kind === "ClusterKey" ? new ClusterKey("key", args) : new VolumeKey("key", args)));
    const key = one("aws:kms/key:Key", "key");
    assert.equal(key.enableKeyRotation, true);
    return JSON.parse(key.policy).Statement as Inputs[];
  }

  it("rotate, and the account's IAM administers them", async () => {
    const [administration, ...others] = await policyOf("ClusterKey", "eu-west-1");
    assert.deepEqual(administration?.Principal, { AWS: `arn:aws:iam::${account}:root` });
    assert.deepEqual(others, []);
  });

  it("let Auto Scaling's role use the volumes' key, and grant it for AWS resources only", async () => {
    for (const [region, partition] of [
      ["eu-west-1", "aws"],
      ["cn-north-1", "aws-cn"],
    ] as const) {
      const [, use, grants, ...others] = await policyOf("VolumeKey", region);
      const role = `arn:${partition}:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
      for (const statement of [use, grants]) {
        assert.equal(statement?.Condition.ArnEquals["aws:PrincipalArn"], role);
        assert.equal(statement?.Condition.StringEquals["kms:CallerAccount"], account);
      }
      assert.ok(!use?.Action.includes("kms:CreateGrant"));
      assert.equal(grants?.Action, "kms:CreateGrant");
      assert.equal(grants?.Condition.Bool["kms:GrantIsForAWSResource"], "true");
      assert.deepEqual(others, []);
    }
  });
});

describe("everything of the cluster in China", () => {
  it("spells no ARN of another partition", async () => {
    await buildCluster("cn-northwest-1");
    const cluster = [...made];
    await buildNodes("cn-northwest-1");
    for (const { type, name, inputs } of [...cluster, ...made]) {
      assert.doesNotMatch(JSON.stringify(inputs), /arn:aws:/, `${type} ${name}`);
    }
  });
});
