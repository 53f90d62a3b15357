import { strict as assert } from "node:assert";
import { EksRoom, INTERFACE, NODE_GROUP, TEMPLATE, VPC } from "./cloud-eks-room";
import { refusal } from "./cloud-room";

describe("a simulated node group", () => {
  let room: EksRoom;
  beforeEach(() => {
    room = new EksRoom();
    room.cluster();
  });
  afterEach(() => room.close());

  const nodes = () =>
    room.store.list().filter(({ type, madeBy }) => type === INTERFACE && madeBy?.startsWith(NODE_GROUP));
  const sizes = (minSize: number, desiredSize: number, maxSize: number) => ({
    scalingConfig: { minSize, desiredSize, maxSize },
  });
  const template = (more: Record<string, unknown> = {}) => room.create(TEMPLATE, { name: "workers", ...more });

  it("has the names and defaults of a real one", () => {
    const { id, outputs } = room.group();
    assert.equal(id, "prod:x86");
    assert.match(String(outputs["arn"]), /:nodegroup\/prod\/x86\/[0-9a-f-]{36}$/);
    assert.deepEqual(
      ["amiType", "capacityType", "instanceTypes", "diskSize", "version", "status"].map((key) => outputs[key]),
      ["AL2023_x86_64_STANDARD", "ON_DEMAND", ["t3.medium"], 20, "1.35", "ACTIVE"],
    );
    assert.match(String(outputs["releaseVersion"]), /^1\.35\.\d+-\d{8}$/);
    assert.match(JSON.stringify(outputs["resources"]), /"name":"eks-x86-[0-9a-f-]{36}"/);
  });

  it("gets a name of its own, or one from a prefix", () => {
    const auto = room.check(NODE_GROUP, room.groupInputs({ nodeGroupName: undefined }), {}, "workers").inputs;
    assert.match(String(auto["nodeGroupName"]), /^workers-[0-9a-f]{7}$/);
    const { id } = room.group({ nodeGroupName: undefined, nodeGroupNamePrefix: "spot-" });
    assert.match(id, /^prod:spot-[0-9a-f]{26}$/);
  });

  it("runs a node for each desired one, spread over its subnets, and scales in place", () => {
    const made = room.group();
    const bySubnet = () =>
      room.subnets.map(({ id }) => nodes().filter(({ inputs }) => inputs["subnetId"] === id).length);
    assert.deepEqual(bySubnet(), [1, 1, 1]);
    room.update(made, room.groupInputs(sizes(3, 6, 9)));
    assert.deepEqual(bySubnet(), [2, 2, 2]);
    room.update(made, room.groupInputs(sizes(0, 1, 9)));
    assert.equal(nodes().length, 1);
    assert.deepEqual(room.diff(NODE_GROUP, room.groupInputs(), room.groupInputs(sizes(3, 6, 9))).paths, [
      ...["scalingConfig.desiredSize", "scalingConfig.maxSize"],
    ]);
    room.delete(made);
    assert.deepEqual(nodes(), []);
  });

  it("fails after the request when its subnets run out of addresses", () => {
    const small = room.subnet("10.20.200.0/28", "a");
    const { failure } = room.group({ subnetIds: [small.id], ...sizes(0, 20, 20) });
    assert.match(
      String(failure),
      /waiting for EKS Node Group \(prod:x86\) create: .*InsufficientFreeAddresses.* 9 more nodes/,
    );
  });

  const refused: [string, (room: EksRoom) => Record<string, unknown>, RegExp][] = [
    [
      "a desired size above the maximum",
      () => sizes(1, 5, 4),
      /InvalidParameterException: desiredSize can't be greater than maxSize/,
    ],
    ["a minimum above the desired size", () => sizes(4, 3, 6), /minSize can't be greater than desiredSize/],
    ["a maximum of none", () => sizes(0, 0, 0), /expected scalingConfig\.0\.maxSize to be at least \(1\), got 0/],
    [
      "both ways to say how many may be unavailable",
      () => ({ updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 50 } }),
      /only one of `max_unavailable,max_unavailable_percentage` can be specified/,
    ],
    [
      "more than everything unavailable",
      () => ({ updateConfig: { maxUnavailablePercentage: 101 } }),
      /in the range \(1 - 100\), got 101/,
    ],
    [
      "Graviton with an image for x86",
      () => ({ instanceTypes: ["m7g.large"] }),
      /\[m7g\.large\] is not a valid instance type for requested amiType AL2023_x86_64_STANDARD/,
    ],
    [
      "two architectures in one group",
      () => ({ amiType: "AL2023_ARM_64_STANDARD", instanceTypes: ["m7g.large", "m6i.large"] }),
      /\[m6i\.large\] is not a valid instance type for requested amiType AL2023_ARM_64_STANDARD/,
    ],
    [
      "the first Graviton with Amazon Linux 2023",
      () => ({ amiType: "AL2023_ARM_64_STANDARD", instanceTypes: ["a1.large"] }),
      /\[a1\.large\] is not a valid instance type/,
    ],
    ["Amazon Linux 2", () => ({ amiType: "AL2_x86_64" }), /Requested AMI for this version 1\.35 is not supported/],
    [
      "an instance type that there is not",
      () => ({ instanceTypes: ["large"] }),
      /instance types do not exist: \[large\]/,
    ],
    [
      "more than twenty instance types",
      () => ({ instanceTypes: Array.from({ length: 21 }, () => "m6i.large") }),
      /at most 20 items/,
    ],
    [
      "a subnet of another VPC",
      (it) => ({ subnetIds: [it.subnet("10.30.0.0/20", "a", it.create(VPC, { cidrBlock: "10.30.0.0/16" })).id] }),
      /Subnets specified must belong to the VPC/,
    ],
    [
      "a role that EC2 cannot assume",
      (it) => ({ nodeRoleArn: it.clusterRole.outputs["arn"] }),
      /Following required service principals \[ec2\.amazonaws\.com\] were not found in the trust relationships of nodeRole/,
    ],
    [
      "another Kubernetes version than the cluster's",
      () => ({ version: "1.36" }),
      /Nodegroup Kubernetes versions: \[1\.35\]/,
    ],
    [
      "a release of another version",
      () => ({ releaseVersion: "1.34.6-20261101" }),
      /Requested Nodegroup release version 1\.34\.6/,
    ],
    ["a name that is too long", () => ({ nodeGroupName: "n".repeat(64) }), /in the range \(0 - 63\)/],
    [
      "a cluster that is not there",
      () => ({ clusterName: "dev" }),
      /ResourceNotFoundException: No cluster found for name: dev\./,
    ],
  ];
  for (const [title, change, words] of refused) {
    it(`is refused: ${title}`, () =>
      assert.match(
        refusal(() => room.group(change(room))),
        words,
      ));
  }

  it("is refused under a name that is taken in the cluster", () => {
    room.group();
    assert.match(
      refusal(() => room.group()),
      /ResourceInUseException: NodeGroup already exists with name x86 and cluster name prod/,
    );
  });

  it("refuses to raise the minimum above the desired size, in the words for updates", () => {
    const made = room.group();
    assert.match(
      refusal(() => room.update(made, room.groupInputs(sizes(4, 3, 6)))),
      /updating EKS Node Group \(prod:x86\) config: .*Minimum capacity 4 can't be greater than desired size 3/,
    );
  });

  it("takes either spelling of EC2's principal in China, and no other", () => {
    room.close();
    room = new EksRoom({ account: "123456789012", partition: "aws-cn", region: "cn-northwest-1" });
    room.cluster();
    const other = room.clusterRole.outputs["arn"];
    assert.match(
      refusal(() => room.group({ nodeRoleArn: other })),
      /\[ec2\.amazonaws\.com, ec2\.amazonaws\.com\.cn\] were not/,
    );
    assert.equal(room.group().id, "prod:x86");
    const global = room.role("global", "ec2.amazonaws.com");
    assert.equal(room.group({ nodeGroupName: "arm", nodeRoleArn: global.outputs["arn"] }).id, "prod:arm");
  });

  const templates: [string, Record<string, unknown>, Record<string, unknown>, RegExp][] = [
    ["with a disk size", {}, { diskSize: 50 }, /Disk size must be specified within the launch template/],
    [
      "with remote access",
      {},
      { remoteAccess: { ec2SshKey: "k" } },
      /Remote access configuration cannot be specified with a launch template/,
    ],
    [
      "with a type of its own and one of the group",
      { instanceType: "m6i.large" },
      { instanceTypes: ["m6i.large"] },
      /InvalidRequestException: Cannot specify instance types in launch template and API request/,
    ],
    [
      "with an instance profile",
      { iamInstanceProfile: { name: "nodes" } },
      {},
      /must not specify an instance profile in your launch template/,
    ],
    [
      "with a shutdown behaviour",
      { instanceInitiatedShutdownBehavior: "terminate" },
      {},
      /must not specify a shutdown behavior/,
    ],
    ["of another architecture", { instanceType: "m7g.large" }, {}, /\[m7g\.large\] is not a valid instance type/],
  ];
  for (const [title, data, more, words] of templates) {
    it(`refuses a launch template ${title}`, () => {
      const { id } = template(data);
      assert.match(
        refusal(() => room.group({ launchTemplate: { id, version: "1" }, ...more })),
        words,
      );
    });
  }

  it("refuses a launch template with a subnet, one by id and name, one that is not there, and a version to come", () => {
    const { id } = template({ networkInterfaces: [{ subnetId: room.subnets[0]!.id }] });
    assert.match(
      refusal(() => room.group({ launchTemplate: { id, version: "1" } })),
      /must not specify a subnet in your launch template/,
    );
    assert.match(
      refusal(() => room.group({ launchTemplate: { id, name: "workers", version: "1" } })),
      /Either provide launch template ID or/,
    );
    assert.match(
      refusal(() => room.group({ launchTemplate: { id: "lt-0", version: "1" } })),
      /lt-0, does not exist/,
    );
    assert.match(
      refusal(() => room.group({ launchTemplate: { id, version: "2" } })),
      /Could not find the specified version 2/,
    );
  });

  it("shows the launch template by id and name, and takes a new version in place", () => {
    const made = template();
    const inputs = (version: string) => room.groupInputs({ launchTemplate: { id: made.id, version } });
    const group = room.create(NODE_GROUP, inputs("1"));
    assert.deepEqual(group.outputs["launchTemplate"], { id: made.id, name: "workers", version: "1" });
    assert.equal(group.outputs["diskSize"], 0);
    assert.deepEqual(room.diff(NODE_GROUP, inputs("1"), inputs("2")).paths, ["launchTemplate.version"]);
  });

  const changes: [string, Record<string, unknown>, string[]][] = [
    ["instance types", { instanceTypes: ["m6i.xlarge"] }, ["instanceTypes[0]!"]],
    ["capacity type", { capacityType: "SPOT" }, ["capacityType!"]],
    ["labels", { labels: { team: "a" } }, ["labels"]],
    ["launch template", { launchTemplate: { id: "lt-2", version: "1" } }, ["launchTemplate.id!"]],
  ];
  for (const [title, change, paths] of changes) {
    const replaced = paths[0]?.endsWith("!");
    it(`${replaced ? "is replaced, the new one first," : "is updated"} for other ${title}`, () => {
      const before = room.groupInputs({
        ...{ nodeGroupName: undefined, instanceTypes: ["m5.xlarge"], launchTemplate: { id: "lt-1", version: "1" } },
      });
      const { paths: found, first } = room.diff(NODE_GROUP, before, { ...before, ...change });
      assert.deepEqual(found, paths);
      assert.equal(first, false);
    });
  }

  it("has to go first where its name is fixed", () => {
    const before = room.groupInputs({ capacityType: "ON_DEMAND" });
    assert.equal(room.diff(NODE_GROUP, before, { ...before, capacityType: "SPOT" }).first, true);
  });
});

describe("a simulated launch template", () => {
  let room: EksRoom;
  beforeEach(() => (room = new EksRoom()));
  afterEach(() => room.close());

  it("makes a version of every change but one of tags", () => {
    const made = room.create(TEMPLATE, { name: "workers" });
    const versions = ({ outputs }: typeof made) => [outputs["latestVersion"], outputs["defaultVersion"]];
    assert.deepEqual(versions(made), [1, 1]);
    const tagged = room.update(made, { name: "workers", tags: { a: "b" } });
    assert.deepEqual(versions(tagged), [1, 1]);
    const metadataOptions = { httpTokens: "required", httpPutResponseHopLimit: 1 };
    const changed = room.update(tagged, { name: "workers", tags: { a: "b" }, metadataOptions });
    assert.deepEqual(versions(changed), [2, 1]);
    assert.deepEqual(room.read(changed)?.["latestVersion"], 2);
    const followed = room.update(changed, {
      name: "workers",
      updateDefaultVersion: true,
      metadataOptions,
      description: "x",
    });
    assert.deepEqual(versions(followed), [3, 3]);
  });

  it("has the form of a real one", () => {
    const { id, outputs } = room.create(TEMPLATE, { namePrefix: "workers-" });
    assert.match(id, /^lt-0[0-9a-f]{16}$/);
    assert.equal(outputs["arn"], `arn:aws:ec2:ap-southeast-1:123456789012:launch-template/${id}`);
    assert.match(String(outputs["name"]), /^workers-[0-9a-f]{26}$/);
  });

  const volume = (ebs: object) => ({
    blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeType: "gp3", ...ebs } }],
  });
  const refused: [string, Record<string, unknown>, RegExp][] = [
    [
      "user data that is no base64",
      { userData: "#!/bin/sh" },
      /InvalidUserData\.Malformed: Invalid BASE64 encoding of user data/,
    ],
    ["too few operations of gp3", volume({ iops: 100 }), /iops of 100 is not supported/],
    ["too little throughput of gp3", volume({ throughput: 100 }), /throughput of 100 is not supported/],
    [
      "tokens that are neither required nor optional",
      { metadataOptions: { httpTokens: "on" } },
      /expected http_tokens to be one of/,
    ],
    ["no hop at all", { metadataOptions: { httpPutResponseHopLimit: 0 } }, /in the range \(1 - 64\), got 0/],
  ];
  for (const [title, inputs, words] of refused) {
    it(`is refused: ${title}`, () =>
      assert.match(
        refusal(() => room.create(TEMPLATE, { name: "workers", ...inputs })),
        words,
      ));
  }

  it("is refused under a name that is taken", () => {
    room.create(TEMPLATE, { name: "workers" });
    assert.match(
      refusal(() => room.create(TEMPLATE, { name: "workers" })),
      /InvalidLaunchTemplateName\.AlreadyExistsException: Launch template name already in use\./,
    );
  });
});
