import { strict as assert } from "node:assert";
import { CLUSTER, EksRoom, GROUP, INTERFACE, LOG_GROUP, SUBNET, VPC } from "./cloud-eks-room";
import { refusal } from "./cloud-room";

const CHINA = { account: "123456789012", partition: "aws-cn", region: "cn-northwest-1" };

describe("a simulated EKS cluster", () => {
  let room: EksRoom;
  beforeEach(() => (room = new EksRoom()));
  afterEach(() => room.close());

  const vpcConfig = (config: object) => ({ vpcConfig: config });

  it("has the endpoint, issuer, certificate and defaults of a real one", () => {
    const { id, outputs } = room.cluster({ accessConfig: undefined, version: undefined, vpcConfig: {} });
    assert.equal(id, "prod");
    assert.equal(outputs["arn"], "arn:aws:eks:ap-southeast-1:123456789012:cluster/prod");
    const endpoint = /^https:\/\/([0-9A-F]{32})\.gr7\.ap-southeast-1\.eks\.amazonaws\.com$/.exec(
      String(outputs["endpoint"]),
    );
    assert.deepEqual(outputs["identities"], [
      { oidcs: [{ issuer: `https://oidc.eks.ap-southeast-1.amazonaws.com/id/${endpoint?.[1]}` }] },
    ]);
    const { data } = outputs["certificateAuthority"] as { data: string };
    assert.match(Buffer.from(data, "base64").toString(), /^-----BEGIN CERTIFICATE-----\n/);
    assert.deepEqual(outputs["accessConfig"], {
      ...{ authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true },
    });
    assert.deepEqual(outputs["upgradePolicy"], { supportType: "EXTENDED" });
    const network = outputs["kubernetesNetworkConfig"] as Record<string, unknown>;
    assert.deepEqual([network["ipFamily"], network["serviceIpv4Cidr"]], ["ipv4", "172.20.0.0/16"]);
    assert.equal(outputs["version"], "1.36");
    assert.equal(outputs["bootstrapSelfManagedAddons"], true);
  });

  it("keeps endpoint, certificate and group for its life, so that a kubeconfig never changes", () => {
    const made = room.cluster();
    const updated = room.update(made, room.clusterInputs({ version: "1.36", enabledClusterLogTypes: ["api"] }));
    for (const key of ["endpoint", "certificateAuthority", "identities", "createdAt"]) {
      assert.deepEqual(updated.outputs[key], made.outputs[key]);
      assert.deepEqual(room.read(made)?.[key], made.outputs[key]);
    }
    const groupOf = ({ outputs }: typeof made) =>
      (outputs["vpcConfig"] as Record<string, unknown>)["clusterSecurityGroupId"];
    assert.match(String(groupOf(made)), /^sg-0[0-9a-f]{16}$/);
    assert.equal(groupOf(updated), groupOf(made));
  });

  it("speaks China's names in China", () => {
    room.close();
    room = new EksRoom(CHINA);
    const { outputs } = room.cluster();
    assert.match(String(outputs["arn"]), /^arn:aws-cn:eks:cn-northwest-1:/);
    assert.match(String(outputs["endpoint"]), /\.gr7\.cn-northwest-1\.eks\.amazonaws\.com\.cn$/);
    assert.match(JSON.stringify(outputs["identities"]), /oidc\.eks\.cn-northwest-1\.amazonaws\.com\.cn\/id\//);
  });

  it("takes 10.100.0.0/16 for services where the VPC is in the way of 172.20.0.0/16", () => {
    const vpc = room.create(VPC, { cidrBlock: "172.20.0.0/16" });
    const subnets = [room.subnet("172.20.0.0/20", "a", vpc), room.subnet("172.20.16.0/20", "b", vpc)];
    const { outputs } = room.cluster(vpcConfig({ subnetIds: subnets.map(({ id }) => id) }));
    assert.equal((outputs["kubernetesNetworkConfig"] as Record<string, unknown>)["serviceIpv4Cidr"], "10.100.0.0/16");
  });

  it("takes an address in two zones, which hold their subnets and groups until it is gone", () => {
    const extra = room.create(GROUP, { vpcId: room.vpc.id, description: "more" });
    const made = room.cluster(vpcConfig({ securityGroupIds: [extra.id] }));
    const interfaces = room.store.list().filter(({ type }) => type === INTERFACE);
    assert.equal(interfaces.length, 2);
    assert.equal(new Set(interfaces.map(({ inputs }) => inputs["subnetId"])).size, 2);
    assert.match(
      refusal(() => room.delete(room.subnets[0]!)),
      /DependencyViolation/,
    );
    assert.match(
      refusal(() => room.delete(extra)),
      /DependencyViolation/,
    );
    room.delete(room.subnets[2]!);
    room.delete(made);
    room.delete(extra);
    room.delete(room.subnets[0]!);
    assert.deepEqual(
      room.store.list().filter(({ type }) => type === INTERFACE),
      [],
    );
  });

  it("leaves a log group behind when it logs and nobody made one before", () => {
    const made = room.cluster({ enabledClusterLogTypes: ["audit"] });
    assert.match(
      refusal(() => room.create(LOG_GROUP, { name: "/aws/eks/prod/cluster" })),
      /ResourceAlreadyExistsException/,
    );
    room.delete(made);
    assert.equal(room.store.list().filter(({ type }) => type === LOG_GROUP).length, 1);
  });

  it("uses the log group that is there", () => {
    room.create(LOG_GROUP, { name: "/aws/eks/prod/cluster", retentionInDays: 365 });
    room.cluster({ enabledClusterLogTypes: ["audit"] });
    const groups = room.store.list().filter(({ type }) => type === LOG_GROUP);
    assert.deepEqual(
      groups.map(({ inputs }) => inputs["retentionInDays"]),
      [365],
    );
  });

  const refused: [string, (room: EksRoom) => Record<string, unknown>, RegExp][] = [
    [
      "an unknown Kubernetes version",
      () => ({ version: "1.27" }),
      /InvalidParameterException: unsupported Kubernetes version 1\.27/,
    ],
    [
      "subnets of one zone",
      ({ subnets }) => vpcConfig({ subnetIds: [subnets[0]!.id] }),
      /Subnets specified must be in at least two different AZs/,
    ],
    [
      "a subnet with fewer than six free addresses",
      (it) => vpcConfig({ subnetIds: [it.subnets[0]!.id, crowded(it).id] }),
      /Free IPs: 5 , need at least 6 IPs in each subnet/,
    ],
    [
      "neither endpoint",
      () => vpcConfig({ endpointPrivateAccess: false }),
      /Both private and public endpoint access cannot be false/,
    ],
    [
      "IPv6 blocks at the public endpoint",
      () => vpcConfig({ endpointPublicAccess: true, publicAccessCidrs: ["2001:db8::/32"] }),
      /The following CIDRs are invalid in publicAccessCidrs: \[2001:db8::\/32\]/,
    ],
    [
      "services in the VPC's range",
      () => ({ kubernetesNetworkConfig: { serviceIpv4Cidr: "10.20.128.0/20" } }),
      /InvalidParameterException: .*10\.20\.128\.0\/20 overlaps with the VPC CIDR 10\.20\.0\.0\/16/,
    ],
    [
      "services in a secondary range of the VPC",
      (it) => {
        it.create("aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation", {
          ...{ vpcId: it.vpc.id, cidrBlock: "10.40.0.0/16" },
        });
        return { kubernetesNetworkConfig: { serviceIpv4Cidr: "10.40.0.0/20" } };
      },
      /overlaps with the VPC CIDR 10\.40\.0\.0\/16/,
    ],
    [
      "services outside the private ranges",
      () => ({ kubernetesNetworkConfig: { serviceIpv4Cidr: "100.64.0.0/16" } }),
      /must be within 10\.0\.0\.0\/8/,
    ],
    [
      "a service range that is too small",
      () => ({ kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/25" } }),
      /between 12 and 24 significant bits, got: 25/,
    ],
    [
      "a role of another account",
      () => ({ roleArn: "arn:aws:iam::210987654321:role/eks" }),
      /AccessDeniedException: Cross-account pass role is not allowed/,
    ],
    [
      "a role that is not there",
      () => ({ roleArn: "arn:aws:iam::123456789012:role/none" }),
      /role\/none, does not exist/,
    ],
    [
      "a role that EKS cannot assume",
      ({ nodeRole }) => ({ roleArn: nodeRole.outputs["arn"] }),
      /Role could not be assumed because the trusted entity is not correct/,
    ],
    [
      "a security group of another VPC",
      (it) => {
        const other = it.create(VPC, { cidrBlock: "10.30.0.0/16" });
        return vpcConfig({ securityGroupIds: [it.create(GROUP, { vpcId: other.id, description: "x" }).id] });
      },
      /Security group\(s\) are not in the same VPC as the subnets/,
    ],
    [
      "a log type that there is not",
      () => ({ enabledClusterLogTypes: ["kubelet"] }),
      /expected .* to be one of \["api"/,
    ],
    ["a name with a dot", () => ({ name: "a.b" }), /doesn't comply with restrictions/],
  ];
  for (const [title, change, words] of refused) {
    it(`is refused: ${title}`, () => {
      assert.match(
        refusal(() => room.cluster(change(room))),
        words,
      );
      assert.deepEqual(
        room.store.list().filter(({ type }) => type === CLUSTER),
        [],
      );
    });
  }

  /** A subnet with five free addresses. */
  function crowded(it: EksRoom) {
    const subnet = it.create(SUBNET, {
      ...{ vpcId: it.vpc.id, cidrBlock: "10.20.200.0/28", availabilityZone: "ap-southeast-1b" },
    });
    for (let taken = 0; taken < 6; taken++) it.create(INTERFACE, { subnetId: subnet.id });
    return subnet;
  }

  it("is refused where EKS has no room: a zone without it", () => {
    room.close();
    room = new EksRoom({ account: "123456789012", partition: "aws", region: "us-east-1" }, ["a", "e"]);
    assert.match(
      refusal(() => room.cluster()),
      /UnsupportedAvailabilityZoneException: .* because us-east-1e, the targeted/,
    );
  });

  it("is refused under a name that is taken", () => {
    room.cluster();
    assert.match(
      refusal(() => room.cluster()),
      /ResourceInUseException: Cluster already exists with name: prod/,
    );
  });

  const updates: [string, Record<string, unknown>, RegExp | undefined][] = [
    ["the next minor version", { version: "1.36" }, undefined],
    [
      "two minor versions at once",
      { version: "1.37" },
      /Unsupported Kubernetes minor version update from 1\.35 to 1\.37/,
    ],
    ["an older version", { version: "1.34" }, /Unsupported Kubernetes minor version update from 1\.35 to 1\.34/],
    [
      "the way back from the API",
      { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: false } },
      /Unsupported authentication mode update from API to API_AND_CONFIG_MAP/,
    ],
    ["a public endpoint", vpcConfig({ endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/24"] }), undefined],
  ];
  for (const [title, change, words] of updates) {
    it(`${words ? "refuses" : "takes"} an update: ${title}`, () => {
      const made = room.cluster();
      const update = () => room.update(made, room.clusterInputs(change));
      if (words) assert.match(refusal(update), words);
      else assert.equal(update().id, "prod");
    });
  }

  it("needs five free addresses in each subnet for a new version", () => {
    const small = [room.subnet("10.20.200.0/28", "a"), room.subnet("10.20.200.16/28", "b")];
    const subnetIds = small.map(({ id }) => id);
    const made = room.cluster(vpcConfig({ subnetIds }));
    for (let taken = 0; taken < 6; taken++) room.create(INTERFACE, { subnetId: small[0]!.id });
    assert.match(
      refusal(() => room.update(made, room.clusterInputs({ ...vpcConfig({ subnetIds }), version: "1.36" }))),
      /InvalidRequestException: Provided subnets subnet-\w+ Free IPs: 4 , need at least 5 IPs/,
    );
  });

  it("stays while it is protected, while node groups are attached, and goes with what belongs to it", () => {
    const made = room.cluster({ deletionProtection: true });
    assert.match(
      refusal(() => room.delete(made)),
      /InvalidRequestException: .*deletion protection/,
    );
    room.update(made, room.clusterInputs({ deletionProtection: false }));
    const group = room.group();
    assert.match(
      refusal(() => room.delete(made)),
      /ResourceInUseException: Cluster has nodegroups attached/,
    );
    room.delete(group);
    room.create("aws:eks/addon:Addon", { clusterName: "prod", addonName: "vpc-cni" });
    room.delete(made);
    assert.deepEqual(
      room.store.list().filter(({ type }) => type.startsWith("aws:eks")),
      [],
    );
  });

  const changes: [string, Record<string, unknown>, string[]][] = [
    ["the role", { roleArn: "arn:aws:iam::123456789012:role/other" }, ["roleArn!"]],
    [
      "the service range",
      { kubernetesNetworkConfig: { serviceIpv4Cidr: "172.21.0.0/16" } },
      ["kubernetesNetworkConfig!"],
    ],
    ["the version", { version: "1.36" }, ["version"]],
    [
      "whether the creator is administrator",
      { accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true } },
      ["accessConfig.bootstrapClusterCreatorAdminPermissions!"],
    ],
  ];
  for (const [title, change, paths] of changes) {
    it(`${paths[0]?.endsWith("!") ? "is replaced" : "is updated"} for a change of ${title}`, () => {
      assert.deepEqual(room.diff(CLUSTER, room.clusterInputs(), room.clusterInputs(change)).paths, paths);
    });
  }

  it("is found by its name, with a token and its add-ons' versions", () => {
    const made = room.cluster();
    assert.equal(room.call("aws:eks/getCluster:getCluster", { name: "prod" })["endpoint"], made.outputs["endpoint"]);
    assert.match(
      refusal(() => room.call("aws:eks/getCluster:getCluster", { name: "dev" })),
      /EKS Cluster \(dev\): couldn't find/,
    );
    assert.match(
      String(room.call("aws:eks/getClusterAuth:getClusterAuth", { name: "prod" })["token"]),
      /^k8s-aws-v1\./,
    );
    const version = (mostRecent: boolean) =>
      room.call("aws:eks/getAddonVersion:getAddonVersion", {
        addonName: "vpc-cni",
        kubernetesVersion: "1.36",
        mostRecent,
      })["version"];
    assert.deepEqual([version(false), version(true)], ["v1.22.4-eksbuild.3", "v1.23.2-eksbuild.1"]);
  });

  it("names the images of its nodes, and none of Amazon Linux 2", () => {
    const parameter = (rest: string) =>
      room.call("aws:ssm/getParameter:getParameter", { name: `/aws/service/eks/optimized-ami/${rest}` })["value"];
    const image = parameter("1.36/amazon-linux-2023/arm64/standard/recommended/image_id");
    assert.match(String(image), /^ami-0[0-9a-f]{16}$/);
    assert.equal(parameter("1.36/amazon-linux-2023/arm64/standard/recommended/image_id"), image);
    assert.notEqual(parameter("1.36/amazon-linux-2023/x86_64/standard/recommended/image_id"), image);
    assert.match(
      String(parameter("1.36/amazon-linux-2023/arm64/standard/recommended/release_version")),
      /^1\.36\.\d+-\d{8}$/,
    );
    assert.match(
      refusal(() => parameter("1.36/amazon-linux-2/recommended/image_id")),
      /couldn't find resource/,
    );
  });
});
