import { strict as assert } from "node:assert";
import { configure } from "../../sandbox/cloud/configuration";
import replaces from "../../sandbox/cloud/facts/replaces.json";
import sets from "../../sandbox/cloud/facts/sets.json";
import { autoName } from "../../sandbox/cloud/naming";
import { services } from "../../sandbox/cloud/services";
import { shapeOf } from "../../sandbox/cloud/shape";
import { decode, encode, UNKNOWN } from "../../sandbox/cloud/value";
import { ACCOUNT, Room } from "./cloud-room";

const VPC = "aws:ec2/vpc:Vpc";
const SUBNET = "aws:ec2/subnet:Subnet";
const GROUP = "aws:ec2/securityGroup:SecurityGroup";

describe("the simulated provider", () => {
  let room: Room;
  beforeEach(() => (room = new Room({}, ACCOUNT, { Owner: "platform", Environment: "test" })));
  afterEach(() => room.close());

  it("names an object after its logical name with seven digits, the same for the same seed, and keeps the name", () => {
    const { inputs } = room.check(GROUP, { vpcId: "v" }, {}, "web");
    assert.match(String(inputs["name"]), /^web-[0-9a-f]{7}$/);
    assert.deepEqual(inputs["__defaults"], ["description", "name", "revokeRulesOnDelete"]);
    assert.equal(room.check(GROUP, { vpcId: "w" }, inputs, "web").inputs["name"], inputs["name"]);
    const seeded = () =>
      autoName({ logicalName: "web", rule: { maxLength: 64 }, previous: undefined, randomSeed: Uint8Array.of(1, 2) });
    assert.equal(seeded(), seeded());
  });

  it("does not name what has a name or a prefix, and forgets a name that was the program's own", () => {
    assert.equal(room.check(GROUP, { vpcId: "v", name: "mine" }).inputs["name"], "mine");
    assert.equal(room.check(GROUP, { vpcId: "v", namePrefix: "mine-" }).inputs["name"], undefined);
    const olds = { name: "mine", __defaults: [] };
    assert.match(String(room.check(GROUP, { vpcId: "v" }, olds, "web").inputs["name"]), /^web-/);
  });

  it("fails a name that would be longer than AWS takes", () => {
    const name = () =>
      autoName({
        logicalName: "x".repeat(60),
        rule: { maxLength: 64 },
        previous: undefined,
        randomSeed: new Uint8Array(),
      });
    assert.throws(name, /plus 7 random chars is longer than maximum length 64/);
  });

  it("follows the engine's own naming settings", () => {
    const named = (mode: "propose" | "enforce" | "disable") =>
      autoName({
        logicalName: "web",
        rule: { maxLength: 64, prefix: "alias/" },
        previous: undefined,
        randomSeed: new Uint8Array(),
        engine: { mode, proposedName: "given" },
      });
    assert.deepEqual([named("propose"), named("enforce"), named("disable")], ["alias/given", "given", undefined]);
  });

  it("puts default tags under an object's own", () => {
    const made = room.create(VPC, { cidrBlock: "10.0.0.0/16", tags: { Owner: "me" } });
    assert.deepEqual(made.outputs["tagsAll"], { Owner: "me", Environment: "test" });
    assert.deepEqual(made.record.inputs["tags"], { Owner: "me", Environment: "test" });
  });

  it("asks for what is required in the provider's words", () => {
    assert.match(
      room.reasons(SUBNET, { cidrBlock: "10.0.0.0/24" }).join(),
      /Missing required argument\. The argument "vpc_id" is required, but no definition was found\..*'it\.vpcId'/,
    );
    assert.match(
      room.reasons(VPC, { cidrBlock: "10.0.0.1/16" }).join(),
      /expected cidr_block to contain a valid network Value, expected 10\.0\.0\.0\/16, got 10\.0\.0\.1\/16/,
    );
  });

  it("knows inputs, defaults, region and tags at preview, and nothing that AWS makes", () => {
    const { inputs } = room.check(VPC, { cidrBlock: "10.0.0.0/16" });
    const outputs = room.cloud.previewCreate(VPC, inputs, room.scope);
    assert.equal(outputs["enableDnsSupport"], true);
    assert.equal(outputs["region"], "ap-southeast-1");
    assert.deepEqual(outputs["tagsAll"], { Owner: "platform", Environment: "test" });
    assert.deepEqual([outputs["arn"], outputs["mainRouteTableId"]], [UNKNOWN, UNKNOWN]);
    assert.deepEqual(room.store.list(), []);
  });

  it("replaces what the real provider replaces, and updates the rest", () => {
    const before = { vpcId: "v", cidrBlock: "10.0.0.0/24", tags: { Name: "a" } };
    assert.deepEqual(room.diff(SUBNET, before, { ...before, cidrBlock: "10.0.1.0/24" }).paths, ["cidrBlock!"]);
    assert.deepEqual(room.diff(SUBNET, before, { ...before, tags: { Name: "b" } }).paths, ["tags.Name"]);
    assert.deepEqual(room.diff(SUBNET, before, { ...before, vpcId: UNKNOWN as never }).paths, ["vpcId!"]);
    assert.deepEqual(room.diff(SUBNET, before, before).paths, []);
  });

  it("deletes first when the name is the program's, and leaves room for both when it is not", () => {
    const change = (name?: string) =>
      room.diff(GROUP, { vpcId: "v", description: "a", name }, { vpcId: "v", description: "b", name });
    assert.deepEqual(change("mine"), { paths: ["description!"], first: true });
    assert.deepEqual(change(undefined).first, false);
  });

  it("does not see the order of sets, nor what AWS computed and the program no longer names", () => {
    const rule = (...cidrBlocks: string[]) => ({ protocol: "tcp", fromPort: 1, toPort: 1, cidrBlocks });
    const [a, b] = [rule("10.0.0.0/8"), rule("172.16.0.0/12")];
    assert.deepEqual(room.diff(GROUP, { vpcId: "v", ingress: [a, b] }, { vpcId: "v", ingress: [b, a] }).paths, []);
    assert.deepEqual(room.diff(GROUP, { vpcId: "v", ingress: [a] }, { vpcId: "v" }).paths, []);
    assert.deepEqual(room.diff(SUBNET, { vpcId: "v", availabilityZone: "z" }, { vpcId: "v" }).paths, []);
    assert.deepEqual(room.diff(SUBNET, { vpcId: "v", mapPublicIpOnLaunch: true }, { vpcId: "v" }).paths, [
      "mapPublicIpOnLaunch",
    ]);
  });

  it("unwraps secrets, outputs and references, and keeps unknowns", () => {
    const signature = "4dabf18193072939515e22adb298388d";
    assert.equal(decode({ [signature]: "1b47061264138c4ac30d75fd1eb44270", value: "s" }), "s");
    assert.equal(decode({ [signature]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" }), UNKNOWN);
    assert.equal(decode({ [signature]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "u", id: "i" }), "i");
    assert.equal(decode(encode(UNKNOWN)), UNKNOWN);
  });

  it("works in its own partition and account only", () => {
    assert.throws(
      () => configure({ region: "cn-north-1" }, ACCOUNT),
      /InvalidClientTokenId: The security token included in the request is invalid/,
    );
    assert.throws(() => configure({ region: "nowhere" }, ACCOUNT), /invalid AWS Region: nowhere/);
    assert.throws(
      () => configure({ allowedAccountIds: '["210987654321"]' }, ACCOUNT),
      /AWS account ID not allowed: 123456789012/,
    );
    assert.deepEqual(configure({ region: "eu-west-1", defaultTags: '{"tags":{"a":"b"}}' }, ACCOUNT), {
      region: "eu-west-1",
      defaultTags: { a: "b" },
    });
  });

  it("gives what it does not model an id and its inputs, and says so once", () => {
    const made = room.create("aws:sqs/queue:Queue", { delaySeconds: 5 }, "jobs");
    room.create("aws:sqs/queue:Queue", {}, "others");
    assert.match(made.id, /^jobs-[0-9a-f]{7}$/);
    assert.equal(made.outputs["delaySeconds"], 5);
    assert.match(String(made.outputs["arn"]), /^arn:aws:sqs:ap-southeast-1:123456789012:/);
    assert.deepEqual(room.unmodelled, ["aws:sqs/queue:Queue"]);
  });
});

describe("the tables of the simulated cloud", () => {
  const tables = { "replaces.json": replaces.types, "sets.json": sets.types };
  for (const [file, types] of Object.entries(tables)) {
    it(`names only properties that the SDK declares in ${file}`, () => {
      for (const [type, paths] of Object.entries(types as Record<string, string>)) {
        const outputs = shapeOf(type)?.outputs;
        assert.ok(outputs, `${type} is no type of the SDK`);
        for (const path of paths.split(" ").filter((each) => each !== "")) {
          assert.ok(outputs.has(path.split(/[.[]/)[0] ?? ""), `${type} has no ${path}`);
        }
      }
    });
  }

  it("describes only types that the SDK declares, with properties that it declares", () => {
    for (const type of services.flatMap((service) => service.types)) {
      const shape = shapeOf(type.type);
      assert.ok(shape, `${type.type} is no type of the SDK`);
      const named = [
        ...Object.keys(type.defaults ?? {}),
        ...[...Object.keys(type.valid ?? {}), ...(type.refersTo ?? []).map(({ property }) => property)].map(
          (path) => path.split(/[.[]/)[0] ?? "",
        ),
      ];
      for (const name of named) assert.ok(shape.inputs.has(name), `${type.type} has no input ${name}`);
    }
  });

  it("knows of every type what replaces it", () => {
    const known = new Set(Object.keys(replaces.types));
    const without = services
      .flatMap((service) => service.types)
      .filter(({ type, replaces: own }) => !own && !known.has(type));
    assert.deepEqual(
      without.map(({ type }) => type),
      [],
    );
  });
});
