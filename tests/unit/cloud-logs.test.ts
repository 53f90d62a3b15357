import { strict as assert } from "node:assert";
import { ACCOUNT, Answer, refusal, Room } from "./cloud-room";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const STREAM = "aws:cloudwatch/logStream:LogStream";
const RESOURCE_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";
const KEY = "aws:kms/key:Key";
const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";

const encryption = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"];

/** A key policy for the account and one service. */
function keyPolicy(service: string, more: object = {}, partition = "aws"): string {
  const all = { Effect: "Allow", Resource: "*" };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { ...all, Action: "kms:*", Principal: { AWS: `arn:${partition}:iam::123456789012:root` } },
      { ...all, Action: encryption, Principal: { Service: service }, ...more },
    ],
  });
}

describe("the simulated CloudWatch Logs", () => {
  let room: Room;
  const group = (name: string, more = {}): Answer => room.create(GROUP, { name, ...more });
  const key = (policy?: string): Answer => room.create(KEY, policy === undefined ? {} : { policy });

  beforeEach(() => {
    room = new Room();
  });
  afterEach(() => room.close());

  it("gives a group an ARN without a star, and no end to retention unless told", () => {
    const made = group("/platform/flow");
    assert.equal(made.outputs["arn"], "arn:aws:logs:ap-southeast-1:123456789012:log-group:/platform/flow");
    assert.equal(made.outputs["retentionInDays"], 0);
    assert.equal(made.outputs["logGroupClass"], "STANDARD");
  });

  it("refuses a name that is taken", () => {
    group("a");
    assert.match(
      refusal(() => group("a")),
      /creating CloudWatch Logs Log Group \(a\): operation error CloudWatch Logs: CreateLogGroup, .*, ResourceAlreadyExistsException: The specified log group already exists/,
    );
  });

  it("fails the provider's check for days that CloudWatch does not offer, and for bad names", () => {
    assert.match(
      room.reasons(GROUP, { name: "a", retentionInDays: 31 }).join(),
      /expected retention_in_days to be one of \[0 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653\], got 31/,
    );
    assert.match(room.reasons(GROUP, { name: "a b" }).join(), /"name" isn't a valid log group name/);
    assert.match(
      room.reasons(GROUP, { name: "a", logGroupClass: "COLD" }).join(),
      /expected log_group_class to be one of/,
    );
    assert.match(room.reasons(GROUP, { name: "a".repeat(513) }).join(), /expected length of name/);
  });

  describe("with a key", () => {
    const denied =
      /creating CloudWatch Logs Log Group \(a\): .*api error AccessDeniedException: The specified KMS key does not exist or is not allowed to be used with Arn 'arn:aws:logs:ap-southeast-1:123456789012:log-group:a'/;
    const logs = "logs.ap-southeast-1.amazonaws.com";
    const onlyFor = (pattern: string): object => ({
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": pattern } },
    });

    it("needs a key policy that lets the region's own principal encrypt", () => {
      const closed = key();
      assert.match(
        refusal(() => group("a", { kmsKeyId: closed.outputs["arn"] })),
        denied,
      );
      for (const service of ["logs.amazonaws.com", "logs.eu-west-1.amazonaws.com"]) {
        const other = key(keyPolicy(service));
        assert.match(
          refusal(() => group("a", { kmsKeyId: other.outputs["arn"] })),
          denied,
        );
      }
      const half = key(keyPolicy(logs, { Action: ["kms:Encrypt*", "kms:Describe*"] }));
      assert.match(
        refusal(() => group("a", { kmsKeyId: half.outputs["arn"] })),
        denied,
      );
      group("a", { kmsKeyId: key(keyPolicy(logs)).outputs["arn"] });
    });

    it("needs a condition on the group's ARN to admit this group", () => {
      const prefix = "arn:aws:logs:ap-southeast-1:123456789012:log-group:";
      const narrow = key(keyPolicy(logs, onlyFor(`${prefix}/platform/*`)));
      assert.match(
        refusal(() => group("a", { kmsKeyId: narrow.outputs["arn"] })),
        denied,
      );
      group("/platform/flow", { kmsKeyId: narrow.outputs["arn"] });
      const elsewhere = key(keyPolicy(logs, onlyFor("arn:aws:logs:eu-west-1:123456789012:log-group:*")));
      assert.match(
        refusal(() => group("a", { kmsKeyId: elsewhere.outputs["arn"] })),
        denied,
      );
    });

    it("needs a key that is there and enabled", () => {
      assert.match(
        refusal(() => group("a", { kmsKeyId: "arn:aws:kms:ap-southeast-1:123456789012:key/1234abcd" })),
        denied,
      );
      const off = room.create(KEY, { policy: keyPolicy(logs), isEnabled: false });
      assert.match(
        refusal(() => group("a", { kmsKeyId: off.outputs["arn"] })),
        denied,
      );
    });

    it("needs the key's ARN, not its id", () => {
      const made = key(keyPolicy(logs));
      assert.match(
        refusal(() => group("a", { kmsKeyId: made.id })),
        /InvalidParameterException: The specified KMS Key Id could not be found\. 'a'/,
      );
    });

    it("looks at a key policy that came later", () => {
      const made = key();
      room.create(KEY_POLICY, { keyId: made.id, policy: keyPolicy(logs) });
      group("a", { kmsKeyId: made.outputs["arn"] });
    });

    it("judges a key that is put on a group later", () => {
      const made = group("a");
      assert.match(
        refusal(() => room.update(made, { name: "a", kmsKeyId: key().outputs["arn"] })),
        /operation error CloudWatch Logs: AssociateKmsKey, .*AccessDeniedException/,
      );
    });

    it("asks for China's own principal in China", () => {
      const china = new Room({}, { ...ACCOUNT, partition: "aws-cn", region: "cn-north-1" });
      try {
        const made = china.create(KEY, { policy: keyPolicy("logs.cn-north-1.amazonaws.com.cn", {}, "aws-cn") });
        china.create(GROUP, { name: "a", kmsKeyId: made.outputs["arn"] });
        const plain = china.create(KEY, { policy: keyPolicy("logs.cn-north-1.amazonaws.com", {}, "aws-cn") });
        assert.match(
          refusal(() => china.create(GROUP, { name: "b", kmsKeyId: plain.outputs["arn"] })),
          /AccessDeniedException/,
        );
      } finally {
        china.close();
      }
    });
  });

  it("keeps streams in a group that is there, and deletes them with it", () => {
    assert.match(
      refusal(() => room.create(STREAM, { name: "s", logGroupName: "a" })),
      /creating CloudWatch Logs Log Stream \(s\): .*ResourceNotFoundException: The specified log group does not exist\./,
    );
    const made = group("a");
    const stream = room.create(STREAM, { name: "s", logGroupName: "a" });
    assert.equal(stream.outputs["arn"], "arn:aws:logs:ap-southeast-1:123456789012:log-group:a:log-stream:s");
    assert.match(
      refusal(() => room.create(STREAM, { name: "s", logGroupName: "a" })),
      /ResourceAlreadyExistsException/,
    );
    assert.match(room.reasons(STREAM, { name: "a:b", logGroupName: "a" }).join(), /colons not allowed in "name":/);
    room.delete(made);
    assert.equal(room.read(stream), undefined);
  });

  it("takes ten resource policies", () => {
    const policyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Principal: { Service: "es.amazonaws.com" }, Action: "logs:*", Resource: "*" }],
    });
    for (let i = 0; i < 10; i++) room.create(RESOURCE_POLICY, { policyName: `p${i}`, policyDocument });
    assert.match(
      refusal(() => room.create(RESOURCE_POLICY, { policyName: "p10", policyDocument })),
      /LimitExceededException: Resource limit exceeded\./,
    );
  });
});
