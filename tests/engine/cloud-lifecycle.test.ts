import { strict as assert } from "node:assert";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudOptions, CloudStack, Program } from "./cloud-engine";

/** What a network of one zone has, with the resources that depend on each other in more than one way. */
const network: Program = async () => {
  const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.20.0.0/16", enableDnsHostnames: true });
  const block = new aws.ec2.VpcIpv4CidrBlockAssociation("pods", { vpcId: vpc.id, cidrBlock: "100.64.0.0/16" });
  const gateway = new aws.ec2.InternetGateway("main", { vpcId: vpc.id });
  const availabilityZone = "ap-southeast-1a";
  const front = new aws.ec2.Subnet("public", { vpcId: vpc.id, cidrBlock: "10.20.0.0/24", availabilityZone });
  const back = new aws.ec2.Subnet("private", { vpcId: vpc.id, cidrBlock: "10.20.16.0/20", availabilityZone });
  const pods = new aws.ec2.Subnet("pods", { vpcId: block.vpcId, cidrBlock: "100.64.0.0/18", availabilityZone });
  const address = new aws.ec2.Eip("nat", {});
  const nat = new aws.ec2.NatGateway(
    "main",
    { subnetId: front.id, allocationId: address.id },
    { dependsOn: [gateway] },
  );
  const out = new aws.ec2.RouteTable("public", {
    vpcId: vpc.id,
    routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: gateway.id }],
  });
  new aws.ec2.RouteTableAssociation("public", { routeTableId: out.id, subnetId: front.id });
  const table = new aws.ec2.RouteTable("private", { vpcId: vpc.id });
  new aws.ec2.Route("private", { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat.id });
  new aws.ec2.RouteTableAssociation("private", { routeTableId: table.id, subnetId: back.id });
  new aws.ec2.RouteTableAssociation("pods", { routeTableId: table.id, subnetId: pods.id });
  const group = new aws.ec2.SecurityGroup("endpoints", { vpcId: vpc.id });
  new aws.vpc.SecurityGroupIngressRule("endpoints", {
    securityGroupId: group.id,
    ipProtocol: "tcp",
    fromPort: 443,
    toPort: 443,
    cidrIpv4: "10.20.0.0/16",
  });
  new aws.ec2.DefaultSecurityGroup("default", { vpcId: vpc.id });
  new aws.ec2.VpcEndpoint("s3", {
    vpcId: vpc.id,
    serviceName: "com.amazonaws.ap-southeast-1.s3",
    routeTableIds: [table.id],
  });
  new aws.ec2.VpcEndpoint("logs", {
    ...{ vpcId: vpc.id, serviceName: "com.amazonaws.ap-southeast-1.logs", vpcEndpointType: "Interface" },
    ...{ privateDnsEnabled: true, subnetIds: [back.id], securityGroupIds: [group.id] },
  });
  return { vpcId: vpc.id, zones: (await aws.getAvailabilityZones({ state: "available" })).names };
};

describe("the simulated cloud behind the real engine", function () {
  this.timeout(120000);
  let stack: CloudStack | undefined;
  const open = async (options?: CloudOptions) => (stack = await CloudStack.open(options));
  afterEach(async () => {
    await stack?.close();
    stack = undefined;
  });

  it("builds a network once, finds nothing to change, and takes it down to the last object", async () => {
    const cloud = await open();
    const planned = await cloud.preview(network);
    const built = await cloud.up(network);
    assert.ok(built.ok, built.output);
    assert.deepEqual(built.changes, planned.changes);
    assert.match(String((await cloud.outputs())["vpcId"]), /^vpc-0[0-9a-f]{16}$/);
    assert.deepEqual((await cloud.outputs())["zones"], ["ap-southeast-1a", "ap-southeast-1b", "ap-southeast-1c"]);
    for (const again of [await cloud.preview(network), await cloud.refresh(), await cloud.preview(network)]) {
      assert.ok(again.ok, again.output);
      assert.deepEqual(Object.keys(again.changes), ["same"], again.output);
    }
    const gone = await cloud.destroy();
    assert.ok(gone.ok, gone.output);
    assert.deepEqual(cloud.records(), []);
  });

  it("shows a refusal in AWS's words, and keeps what was built before it", async () => {
    const cloud = await open();
    const result = await cloud.up(async () => {
      const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.20.0.0/16" });
      new aws.ec2.Subnet("pods", { vpcId: vpc.id, cidrBlock: "100.64.0.0/18" });
      return undefined;
    });
    assert.equal(result.ok, false);
    assert.match(
      result.output,
      /creating EC2 Subnet: operation error EC2: CreateSubnet.*InvalidSubnet\.Range: The CIDR '100\.64\.0\.0\/18' is invalid\./,
    );
    assert.deepEqual(
      cloud.records("Vpc").map(({ name }) => name),
      ["main"],
    );
    assert.deepEqual(cloud.records("Subnet"), []);
  });

  it("fails a check before anything is made", async () => {
    const cloud = await open();
    const result = await cloud.preview(async () => {
      new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/8" });
      return undefined;
    });
    assert.match(
      result.output,
      /expected "cidr_block" to contain a network Value with between 16 and 28 significant bits, got: 8\. Examine values at 'main\.cidrBlock'/,
    );
  });

  it("replaces a subnet whose block changes, creating the new one first, and updates its tags in place", async () => {
    const cloud = await open();
    const program =
      (cidrBlock: string, name: string): Program =>
      async () => {
        const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.20.0.0/16" });
        new aws.ec2.Subnet("one", { vpcId: vpc.id, cidrBlock, tags: { Name: name } });
        return undefined;
      };
    await cloud.up(program("10.20.0.0/24", "a"));
    const [before] = cloud.records("Subnet");
    const tagged = await cloud.up(program("10.20.0.0/24", "b"));
    assert.equal(tagged.changes["update"], 1, tagged.output);
    assert.deepEqual(cloud.records("Subnet")[0]?.outputs["tagsAll"], { Name: "b" });
    assert.equal(cloud.records("Subnet")[0]?.id, before?.id);
    const overlapping = await cloud.up(program("10.20.0.0/23", "b"));
    assert.match(overlapping.output, /InvalidSubnet\.Conflict/, "the old one is still there when the new one is made");
    const moved = await cloud.up(program("10.20.2.0/24", "b"));
    assert.equal(moved.changes["replace"], 1, moved.output);
    assert.deepEqual(
      cloud.records("Subnet").map(({ outputs }) => outputs["cidrBlock"]),
      ["10.20.2.0/24"],
    );
  });

  it("keeps a NAT gateway that failed in the state, so that the next run tries it again", async () => {
    const cloud = await open();
    const result = await cloud.up(async () => {
      const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.20.0.0/16" });
      const subnet = new aws.ec2.Subnet("one", { vpcId: vpc.id, cidrBlock: "10.20.0.0/24" });
      new aws.ec2.NatGateway("main", { subnetId: subnet.id, allocationId: new aws.ec2.Eip("nat", {}).id });
      return undefined;
    });
    assert.match(result.output, /Gateway\.NotAttached: Network vpc-\w+ has no Internet gateway attached/);
    const nat = (await cloud.state()).find(({ type }) => type === "aws:ec2/natGateway:NatGateway");
    assert.match(nat?.id ?? "", /^nat-0/);
    assert.equal(nat?.initErrors?.length, 1);
    assert.ok((await cloud.destroy()).ok);
    assert.deepEqual(cloud.records(), []);
  });

  it("gives each provider its own region and default tags", async () => {
    const cloud = await open({ config: { "aws:defaultTags": JSON.stringify({ tags: { Owner: "default" } }) } });
    const result = await cloud.up(async () => {
      const far = new aws.Provider("far", { region: "eu-west-1", defaultTags: { tags: { Owner: "far" } } });
      new aws.ec2.Vpc("near", { cidrBlock: "10.20.0.0/16" });
      new aws.ec2.Vpc("far", { cidrBlock: "10.20.0.0/16" }, { provider: far });
      return undefined;
    });
    assert.ok(result.ok, result.output);
    const seen = cloud
      .records("Vpc")
      .map(({ name, region, outputs }) => [name, region, (outputs["tagsAll"] as Record<string, string>)["Owner"]]);
    assert.deepEqual(seen.sort(), [
      ["far", "eu-west-1", "far"],
      ["near", "ap-southeast-1", "default"],
    ]);
  });

  it("answers a look-up of a VPC that was there before", async () => {
    const seed = join(tmpdir(), `seed-${process.pid}.json`);
    writeFileSync(
      seed,
      JSON.stringify([{ type: "aws:ec2/vpc:Vpc", id: "vpc-0123456789abcdef0", inputs: { cidrBlock: "10.30.0.0/16" } }]),
    );
    const cloud = await open({ seed });
    rmSync(seed);
    const result = await cloud.up(async () => {
      const found = await aws.ec2.getVpc({ id: "vpc-0123456789abcdef0" });
      new aws.ec2.Subnet("one", { vpcId: found.id, cidrBlock: "10.30.0.0/24" });
      return { blocks: found.cidrBlockAssociations.map(({ cidrBlock }) => cidrBlock) };
    });
    assert.ok(result.ok, result.output);
    assert.deepEqual((await cloud.outputs())["blocks"], ["10.30.0.0/16"]);
    const missing = await cloud.preview(async () => {
      await aws.ec2.getVpc({ id: "vpc-0" });
      return undefined;
    });
    assert.match(missing.output, /no matching EC2 VPC found/);
  });

  it("speaks the China partition's names", async () => {
    const cloud = await open({ region: "cn-north-1", partition: "aws-cn" });
    await cloud.up(async () => {
      const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.20.0.0/16" });
      const partition = await aws.getPartition({});
      return { arn: vpc.arn, suffix: partition.dnsSuffix, account: (await aws.getCallerIdentity({})).arn };
    });
    const { arn, suffix, account } = await cloud.outputs();
    assert.match(String(arn), /^arn:aws-cn:ec2:cn-north-1:123456789012:vpc\/vpc-/);
    assert.equal(suffix, "amazonaws.com.cn");
    assert.match(String(account), /^arn:aws-cn:iam::/);
  });

  it("keeps secrets secret on their way through", async () => {
    const cloud = await open();
    await cloud.up(async () => {
      const tags = { Name: pulumi.secret("hidden-name") };
      new aws.ec2.Vpc("main", { cidrBlock: "10.20.0.0/16", tags });
      return undefined;
    });
    const vpc = (await cloud.state()).find(({ type }) => type === "aws:ec2/vpc:Vpc");
    const secret = "4dabf18193072939515e22adb298388d";
    for (const tags of [vpc?.inputs["tags"], vpc?.outputs["tags"]] as Record<string, object>[])
      assert.ok(secret in tags["Name"]!);
    assert.deepEqual(cloud.records("Vpc")[0]?.outputs["tags"], { Name: "hidden-name" });
  });

  it("puts faults where they are asked for", async () => {
    const cloud = await open({ faults: ["throttle:Vpc:2", "fail:pods", "lost:Eip"] });
    const program: Program = async () => {
      const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.20.0.0/16" });
      const pods = new aws.ec2.Subnet("pods", { vpcId: vpc.id, cidrBlock: "10.20.0.0/24" });
      new aws.ec2.Eip("nat", {}, { dependsOn: [pods] });
      return undefined;
    };
    const first = await cloud.up(program);
    assert.match(first.output, /creating EC2 Subnet: .*InternalError: An internal error has occurred/);
    const second = await cloud.up(program);
    assert.match(second.output, /creating EC2 EIP: .*context deadline exceeded/);
    assert.equal(cloud.records("Subnet").length, 1);
    assert.equal(cloud.records("Eip").length, 1);
    assert.ok(
      !(await cloud.state()).some(({ type }) => type === "aws:ec2/eip:Eip"),
      "the engine never heard of the address",
    );
    assert.deepEqual(cloud.events[0], { event: "throttled", type: "aws:ec2/vpc:Vpc", name: "main", attempts: 2 });
  });

  it("reads a tag that another resource put on a VPC at a refresh", async () => {
    const cloud = await open();
    const program: Program = async () => {
      const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.20.0.0/16" });
      new aws.ec2.Tag("extra", { resourceId: vpc.id, key: "Extra", value: "1" });
      return undefined;
    };
    await cloud.up(program);
    const refreshed = await cloud.refresh();
    assert.ok(refreshed.ok, refreshed.output);
    const vpc = (await cloud.state()).find(({ type }) => type === "aws:ec2/vpc:Vpc");
    assert.deepEqual(vpc?.outputs["tags"], { Extra: "1" });
  });
});
