import { strict as assert } from "node:assert";
import { ADDON, ASSOCIATION, EksRoom, ENTRY, POD_IDENTITY } from "./cloud-eks-room";
import { refusal } from "./cloud-room";

const ADMIN = "arn:aws:iam::123456789012:role/team/platform-admin";
const POLICY = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
const CONFIG_MAP = {
  accessConfig: { authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: false },
};

describe("simulated access to a cluster", () => {
  let room: EksRoom;
  beforeEach(() => (room = new EksRoom()));
  afterEach(() => room.close());

  const entry = (more: Record<string, unknown> = {}) =>
    room.create(ENTRY, { clusterName: "prod", principalArn: ADMIN, ...more });
  const associate = (more: Record<string, unknown> = {}) =>
    room.create(ASSOCIATION, {
      ...{ clusterName: "prod", principalArn: ADMIN, policyArn: POLICY, accessScope: { type: "cluster" } },
      ...more,
    });

  it("gives an entry the names of a real one", () => {
    room.cluster();
    const { id, outputs } = entry();
    assert.equal(id, `prod:${ADMIN}`);
    assert.match(
      String(outputs["accessEntryArn"]),
      /^arn:aws:eks:ap-southeast-1:123456789012:access-entry\/prod\/role\/123456789012\/platform-admin\/[0-9a-f-]{36}$/,
    );
    assert.equal(outputs["type"], "STANDARD");
    assert.equal(outputs["userName"], "arn:aws:sts::123456789012:assumed-role/platform-admin/{{SessionName}}");
    assert.deepEqual(outputs["kubernetesGroups"], []);
    const user = entry({ principalArn: "arn:aws:iam::210987654321:user/ann" });
    assert.equal(user.outputs["userName"], "arn:aws:iam::210987654321:user/ann");
  });

  const refused: [string, Record<string, unknown>, RegExp][] = [
    [
      "a session of a role",
      { principalArn: "arn:aws:sts::123456789012:assumed-role/admin/me" },
      /InvalidParameterException: The principalArn parameter format is not valid/,
    ],
    [
      "the account's root",
      { principalArn: "arn:aws:iam::123456789012:root" },
      /principalArn parameter format is not valid/,
    ],
    [
      "a principal of another partition",
      { principalArn: "arn:aws-cn:iam::123456789012:role/x" },
      /principalArn parameter format/,
    ],
    [
      "a service-linked role",
      { principalArn: "arn:aws:iam::123456789012:role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS" },
      /not allowed to modify access entries with a principalArn value of a Service Linked Role/,
    ],
    [
      "a user as a node",
      { type: "EC2_LINUX", principalArn: "arn:aws:iam::123456789012:user/ann" },
      /AccessEntry principalArn must be IAM role when using types/,
    ],
    [
      "a node of another account",
      { type: "EC2_LINUX", principalArn: "arn:aws:iam::210987654321:role/node" },
      /must be in the same account/,
    ],
    [
      "groups for a node",
      { type: "EC2_LINUX", kubernetesGroups: ["x"] },
      /can not be set for access entries of type EC2_LINUX/,
    ],
    [
      "a group of Kubernetes' own",
      { kubernetesGroups: ["viewers", "system:masters"] },
      /The kubernetes group name system:masters is invalid, it cannot start with system:/,
    ],
    ["a reserved user name", { userName: "eks:me" }, /username eks:me is invalid, it cannot start with eks:/],
    ["a session name without a colon before it", { userName: "{{SessionName}}" }, /must contain a colon before/],
    ["a type that there is not", { type: "ADMIN" }, /expected type to be one of/],
    [
      "a cluster that is not there",
      { clusterName: "dev" },
      /ResourceNotFoundException: No cluster found for name: dev\./,
    ],
  ];
  for (const [title, change, words] of refused) {
    it(`refuses an entry: ${title}`, () => {
      room.cluster();
      assert.match(
        refusal(() => entry(change)),
        words,
      );
    });
  }

  it("takes a session name after a colon", () => {
    room.cluster();
    assert.equal(entry({ userName: "ops:{{SessionName}}" }).outputs["userName"], "ops:{{SessionName}}");
  });

  it("refuses a principal's second entry, and every entry of a cluster that knows only the config map", () => {
    const made = room.cluster(CONFIG_MAP);
    assert.match(
      refusal(() => entry()),
      /InvalidRequestException: The cluster's authentication mode must be set to one of/,
    );
    room.delete(made);
    room.cluster();
    entry();
    assert.match(
      refusal(() => entry()),
      /ResourceInUseException: The specified access entry resource is already in use/,
    );
  });

  const policies: [string, Record<string, unknown>, RegExp][] = [
    [
      "a policy of IAM",
      { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" },
      /policyArn parameter format is not valid/,
    ],
    [
      "a policy of another partition",
      { policyArn: POLICY.replace("arn:aws:", "arn:aws-cn:") },
      /policyArn parameter format is not valid/,
    ],
    [
      "namespaces for the whole cluster",
      { accessScope: { type: "cluster", namespaces: ["a"] } },
      /should not include namespaces/,
    ],
    ["no namespace for namespaces", { accessScope: { type: "namespace" } }, /At least 1 namespace must be provided/],
    [
      "a principal without an entry",
      { principalArn: "arn:aws:iam::123456789012:role/none" },
      /ResourceNotFoundException: The specified principalArn could not be found/,
    ],
  ];
  for (const [title, change, words] of policies) {
    it(`refuses a policy: ${title}`, () => {
      room.cluster();
      entry();
      assert.match(
        refusal(() => associate(change)),
        words,
      );
    });
  }

  it("refuses policies for nodes, and takes them away with their entry", () => {
    room.cluster();
    const node = entry({ type: "EC2_LINUX" });
    assert.match(
      refusal(() => associate()),
      /can only be performed on Access Entries with a type of "STANDARD"/,
    );
    room.delete(node);
    const standard = entry();
    const association = associate();
    assert.equal(association.id, `prod#${ADMIN}#${POLICY}`);
    room.delete(standard);
    assert.equal(room.read(association), undefined);
  });

  it("makes the creator administrator where nobody says otherwise", () => {
    room.cluster({ accessConfig: { authenticationMode: "API" } });
    const made = room.store.list().filter(({ type }) => type === ENTRY || type === ASSOCIATION);
    assert.deepEqual(
      made.map(({ inputs }) => inputs["principalArn"]),
      Array(2).fill("arn:aws:iam::123456789012:user/sandbox"),
    );
  });

  it("lets the nodes of a group in, once for each role, until the last group of the role is gone", () => {
    room.cluster();
    const principalArn = room.nodeRole.outputs["arn"];
    const entries = () =>
      room.store.list().filter(({ type, inputs }) => type === ENTRY && inputs["principalArn"] === principalArn);
    const [first, second] = [
      room.group(),
      room.group({ nodeGroupName: "arm", amiType: "AL2023_ARM_64_STANDARD", instanceTypes: ["m7g.large"] }),
    ];
    assert.deepEqual(
      entries().map(({ inputs }) => inputs["type"]),
      ["EC2_LINUX"],
    );
    assert.match(
      refusal(() => entry({ principalArn, type: "EC2_LINUX" })),
      /already in use on this cluster/,
    );
    room.delete(first);
    assert.equal(entries().length, 1);
    room.delete(second);
    assert.deepEqual(entries(), []);
  });
});

describe("simulated add-ons", () => {
  let room: EksRoom;
  beforeEach(() => {
    room = new EksRoom();
    room.cluster({ version: "1.36" });
  });
  afterEach(() => room.close());

  const addon = (addonName: string, more: Record<string, unknown> = {}) =>
    room.create(ADDON, { clusterName: "prod", addonName, ...more });

  it("are installed in the default version of the cluster's Kubernetes", () => {
    const { id, outputs } = addon("kube-proxy");
    assert.equal(id, "prod:kube-proxy");
    assert.equal(outputs["addonVersion"], "v1.36.0-eksbuild.25");
    assert.match(String(outputs["arn"]), /:addon\/prod\/kube-proxy\/[0-9a-f-]{36}$/);
  });

  it("that need nodes never become ready without one, and are there all the same", () => {
    assert.match(String(addon("coredns").failure), /EKS Add-On \(prod:coredns\) create: timeout .* 'DEGRADED'/);
    assert.equal(addon("vpc-cni").failure, undefined);
    assert.equal(addon("eks-pod-identity-agent").failure, undefined);
    room.group();
    assert.equal(addon("metrics-server").failure, undefined);
  });

  const refused: [string, string, Record<string, unknown>, RegExp][] = [
    [
      "a name that EKS does not offer",
      "cluster-autoscaler",
      {},
      /InvalidParameterException: Addon specified is not supported/,
    ],
    [
      "a version that there is not yet",
      "vpc-cni",
      { addonVersion: "v9.9.9-eksbuild.1" },
      /Addon version specified is not supported/,
    ],
    [
      "a version for a newer Kubernetes",
      "kube-proxy",
      { addonVersion: "v1.37.0-eksbuild.1" },
      /Addon version specified is not/,
    ],
    ["a version of another form", "vpc-cni", { addonVersion: "1.22" }, /must follow semantic version format/],
    ["broken configuration", "vpc-cni", { configurationValues: '{"env": ' }, /not in valid YAML or JSON format/],
    [
      "PRESERVE at creation",
      "vpc-cni",
      { resolveConflictsOnCreate: "PRESERVE" },
      /to be one of \["NONE" "OVERWRITE"\]/,
    ],
    [
      "a role of another account",
      "vpc-cni",
      { serviceAccountRoleArn: "arn:aws:iam::210987654321:role/cni" },
      /Cross-account pass role is not allowed/,
    ],
    [
      "a role that is not there",
      "vpc-cni",
      { podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn: "arn:aws:iam::123456789012:role/none" }] },
      /Role provided in the request does not exist/,
    ],
  ];
  for (const [title, name, more, words] of refused) {
    it(`are refused: ${title}`, () =>
      assert.match(
        refusal(() => addon(name, more)),
        words,
      ));
  }

  const offered: [string, string][] = [
    ["coredns", "v1.13.1-eksbuild.1"],
    ["vpc-cni", "v1.22.4-eksbuild.3"],
    ["kube-proxy", "v1.35.3-eksbuild.29"],
  ];
  for (const [name, addonVersion] of offered) {
    it(`can be pinned to an older version: ${name} ${addonVersion}`, () => {
      room.group();
      assert.equal(addon(name, { addonVersion }).outputs["addonVersion"], addonVersion);
    });
  }

  it("are refused twice", () => {
    addon("vpc-cni");
    assert.match(
      refusal(() => addon("vpc-cni")),
      /ResourceInUseException: Addon already exists\./,
    );
  });

  it("bring their Pod Identity associations, one for each service account", () => {
    const roleArn = room.role("cni", "pods.eks.amazonaws.com").outputs["arn"];
    const inputs = { podIdentityAssociations: [{ serviceAccount: "aws-node", roleArn }] };
    const made = addon("vpc-cni", inputs);
    const own = () => room.store.list().filter(({ type }) => type === POD_IDENTITY);
    assert.deepEqual(
      own().map(({ inputs }) => [inputs["namespace"], inputs["serviceAccount"]]),
      [["kube-system", "aws-node"]],
    );
    const twice = { clusterName: "prod", namespace: "kube-system", serviceAccount: "aws-node", roleArn };
    assert.match(
      refusal(() => room.create(POD_IDENTITY, twice)),
      /ResourceInUseException: Association already exists: a-\w{17}/,
    );
    room.update(made, { clusterName: "prod", addonName: "vpc-cni" });
    assert.deepEqual(own(), []);
    const { id, outputs } = room.create(POD_IDENTITY, twice);
    assert.match(id, /^a-[a-z0-9]{17}$/);
    assert.equal(
      outputs["associationArn"],
      `arn:aws:eks:ap-southeast-1:123456789012:podidentityassociation/prod/${id}`,
    );
    assert.match(
      refusal(() => addon("vpc-cni", inputs)),
      /Addon already exists/,
    );
  });
});
