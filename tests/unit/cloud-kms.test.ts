import { strict as assert } from "node:assert";
import { Answer, refusal, Room } from "./cloud-room";

const KEY = "aws:kms/key:Key";
const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";
const ALIAS = "aws:kms/alias:Alias";

const root = { AWS: "arn:aws:iam::123456789012:root" };
const policyOf = (...statements: object[]): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map((each) => ({ Effect: "Allow", Action: "kms:*", Resource: "*", ...each })),
  });

describe("the simulated KMS", () => {
  let room: Room;
  const key = (more = {}): Answer => room.create(KEY, { description: "k", ...more });

  beforeEach(() => {
    room = new Room();
  });
  afterEach(() => room.close());

  it("gives a key a number for an id, an ARN, and the account's policy when none is given", () => {
    const made = key({ enableKeyRotation: true });
    assert.match(made.id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    assert.equal(made.outputs["arn"], `arn:aws:kms:ap-southeast-1:123456789012:key/${made.id}`);
    assert.equal(made.outputs["keyId"], made.id);
    assert.equal(made.outputs["rotationPeriodInDays"], 365);
    assert.match(String(made.outputs["policy"]), /"AWS":"arn:aws:iam::123456789012:root"/);
  });

  it("fails the provider's check for days and usages out of range", () => {
    const reasons = room.reasons(KEY, { deletionWindowInDays: 3, keyUsage: "READ", rotationPeriodInDays: 120 });
    assert.match(reasons.join(), /expected deletion_window_in_days to be in the range \(7 - 30\), got 3/);
    assert.match(reasons.join(), /expected key_usage to be one of \["SIGN_VERIFY" "ENCRYPT_DECRYPT"/);
    assert.match(reasons.join(), /all of `enable_key_rotation,rotation_period_in_days` must be specified/);
    assert.deepEqual(room.reasons(KEY, { enableKeyRotation: true, rotationPeriodInDays: 120 }), []);
  });

  it("refuses a policy that locks its author out, unless the check is bypassed", () => {
    const others = policyOf({ Principal: { Service: "logs.ap-southeast-1.amazonaws.com" } });
    assert.match(
      refusal(() => key({ policy: others })),
      /creating KMS Key: operation error KMS: CreateKey, .*, MalformedPolicyDocumentException: The new key policy will not allow you to update the key policy in the future\./,
    );
    const usersOnly = policyOf({ Principal: root, Action: ["kms:Encrypt", "kms:Decrypt"] });
    assert.match(
      refusal(() => key({ policy: usersOnly })),
      /will not allow you to update/,
    );
    key({ policy: others, bypassPolicyLockoutSafetyCheck: true });
    key({ policy: policyOf({ Principal: root, Action: ["kms:Put*", "kms:Describe*"] }) });
  });

  it("refuses a policy that names a principal that does not exist", () => {
    const strangers = [
      { AWS: "arn:aws:iam::123456789012:role/nobody" },
      { AWS: "arn:aws-cn:iam::123456789012:root" },
      { Service: "logs.ap-southeast-1.amazonaws.com.cn" },
    ];
    for (const Principal of strangers) {
      assert.match(
        refusal(() => key({ policy: policyOf({ Principal: root }, { Principal }) })),
        /MalformedPolicyDocumentException: Policy contains a statement with one or more invalid principals\./,
      );
    }
  });

  it("judges a policy that comes later as well", () => {
    const made = key();
    assert.match(
      refusal(() =>
        room.update(made, { description: "k", policy: policyOf({ Principal: { AWS: "*" }, Action: "kms:Decrypt" }) }),
      ),
      /updating KMS Key \(.*\): updating policy: operation error KMS: PutKeyPolicy, .*will not allow you to update/,
    );
  });

  it("refuses a usage that does not go with the key's kind", () => {
    assert.match(
      refusal(() => key({ keyUsage: "SIGN_VERIFY" })),
      /ValidationException: KeyUsage SIGN_VERIFY is not compatible with KeySpec SYMMETRIC_DEFAULT/,
    );
    key({ keyUsage: "SIGN_VERIFY", customerMasterKeySpec: "RSA_2048" });
  });

  it("lets a policy resource of its own stand above the key's, and puts the default back after it", () => {
    const made = key();
    const policy = policyOf({ Principal: root }, { Principal: { Service: "ec2.amazonaws.com" } });
    const own = room.create(KEY_POLICY, { keyId: made.id, policy });
    assert.equal(room.read(made)?.["policy"], policy);
    room.delete(own);
    assert.doesNotMatch(String(room.read(made)?.["policy"]), /ec2/);
    assert.match(
      refusal(() => room.create(KEY_POLICY, { keyId: "1234abcd", policy })),
      /NotFoundException: Key 'arn:aws:kms:ap-southeast-1:123456789012:key\/1234abcd' does not exist/,
    );
  });

  describe("aliases", () => {
    it("stand for one key and are taken once", () => {
      const made = key();
      const alias = room.create(ALIAS, { name: "alias/platform/logs", targetKeyId: made.id });
      assert.equal(alias.outputs["arn"], "arn:aws:kms:ap-southeast-1:123456789012:alias/platform/logs");
      assert.equal(alias.outputs["targetKeyArn"], made.outputs["arn"]);
      assert.match(
        refusal(() => room.create(ALIAS, { name: "alias/platform/logs", targetKeyId: made.id })),
        /creating KMS Alias \(alias\/platform\/logs\): .*AlreadyExistsException: An alias with the name arn:aws:kms:ap-southeast-1:123456789012:alias\/platform\/logs already exists/,
      );
    });

    it("fail the provider's check without the prefix, and under AWS's own", () => {
      assert.match(
        room.reasons(ALIAS, { name: "logs", targetKeyId: "k" }).join(),
        /"name" must begin with 'alias\/' and be comprised of only \[0-9A-Za-z_\/-\]/,
      );
      assert.match(
        room.reasons(ALIAS, { name: "alias/aws/logs", targetKeyId: "k" }).join(),
        /cannot begin with reserved AWS CMK prefix 'alias\/aws\/'/,
      );
    });

    it("get their name from the logical one, prefix first", () => {
      assert.match(
        String(room.check(ALIAS, { targetKeyId: "k" }, {}, "logs").inputs["name"]),
        /^alias\/logs-[0-9a-f]{7}$/,
      );
    });

    it("are refused for a key that is not there, and for another alias", () => {
      assert.match(
        refusal(() => room.create(ALIAS, { name: "alias/a", targetKeyId: "1234abcd" })),
        /NotFoundException: Key 'arn:aws:kms:ap-southeast-1:123456789012:key\/1234abcd' does not exist/,
      );
      assert.match(
        refusal(() => room.create(ALIAS, { name: "alias/a", targetKeyId: "alias/b" })),
        /ValidationException: Aliases must refer to keys\. Not aliases/,
      );
    });

    it("do not change when the key is named by its ARN instead", () => {
      const made = key();
      const before = { name: "alias/a", targetKeyId: made.id };
      assert.deepEqual(room.diff(ALIAS, before, { ...before, targetKeyId: made.outputs["arn"] }).paths, []);
    });
  });
});
