import { strict as assert } from "node:assert";
import { ACCOUNT, Answer, refusal, Room } from "./cloud-room";

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const POLICY = "aws:iam/policy:Policy";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const PROFILE = "aws:iam/instanceProfile:InstanceProfile";

const trust = (principal: unknown, more: object = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole", ...more }],
  });
const forService = (name: string): string => trust({ Service: name });
const rights = (statement: object = {}, more: object = {}): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*", ...statement }],
    ...more,
  });
/** A valid policy of this many characters. */
const ofSize = (size: number): string => {
  const empty = rights({ Resource: "arn:aws:s3:::" }).length;
  return rights({ Resource: `arn:aws:s3:::${"a".repeat(size - empty)}` });
};

describe("the simulated IAM", () => {
  let room: Room;
  const role = (name: string, more = {}): Answer =>
    room.create(ROLE, { name, assumeRolePolicy: forService("ec2.amazonaws.com"), ...more });
  const attach = (name: string, policyArn: string): Answer => room.create(ATTACHMENT, { role: name, policyArn });

  beforeEach(() => {
    room = new Room();
  });
  afterEach(() => room.close());

  describe("roles", () => {
    it("have the account's ARN without a region, an id of IAM's form, and exist in every region", () => {
      const made = role("nodes", { path: "/platform/" });
      assert.equal(made.outputs["arn"], "arn:aws:iam::123456789012:role/platform/nodes");
      assert.match(String(made.outputs["uniqueId"]), /^AROA[0-9A-F]{17}$/);
      assert.equal(made.outputs["maxSessionDuration"], 3600);
      assert.equal(made.record.region, "global");
    });

    it("have a name that nobody else in the account has", () => {
      role("nodes");
      assert.match(
        refusal(() => role("nodes")),
        /creating IAM Role \(nodes\): operation error IAM: CreateRole, .*409.*, EntityAlreadyExists: Role with name nodes already exists\./,
      );
    });

    it("fail the provider's check for a bad name, session or document", () => {
      const reasons = room.reasons(ROLE, { name: "my nodes", maxSessionDuration: 60, assumeRolePolicy: "{x" });
      assert.ok(reasons.join().includes("invalid value for name (must match [\\w+=,.@-])"), reasons.join());
      assert.match(reasons.join(), /expected max_session_duration to be in the range \(3600 - 43200\), got 60/);
      assert.match(reasons.join(), /"assume_role_policy" contains an invalid JSON policy: /);
      const tooLong = room.reasons(ROLE, { name: "a".repeat(65), assumeRolePolicy: "[]" });
      assert.match(tooLong.join(), /expected length of name to be in the range \(1 - 64\)/);
      assert.match(tooLong.join(), /contains a JSON array, not a JSON object/);
    });

    const badTrust: [string, string, RegExp][] = [
      [
        "a service that AWS does not know",
        forService("tagging.amazonaws.com"),
        /Invalid principal in policy: "SERVICE":"tagging\.amazonaws\.com"/,
      ],
      [
        "China's spelling outside China",
        forService("ec2.amazonaws.com.cn"),
        /Invalid principal in policy: "SERVICE":"ec2\.amazonaws\.com\.cn"/,
      ],
      [
        "an account of another partition",
        trust({ AWS: "arn:aws-cn:iam::123456789012:root" }),
        /Invalid principal in policy: "AWS":"arn:aws-cn:/,
      ],
      [
        "a role that is not there",
        trust({ AWS: "arn:aws:iam::123456789012:role/nobody" }),
        /Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:role\/nobody"/,
      ],
      ["everybody, without a type", trust("*"), /AssumeRolepolicy contained an invalid principal/],
      ["nobody", trust(undefined), /Missing required field Principal/],
      ["a resource", trust({ Service: "ec2.amazonaws.com" }, { Resource: "*" }), /Has prohibited field Resource\./],
      [
        "another action",
        trust({ Service: "ec2.amazonaws.com" }, { Action: "s3:GetObject" }),
        /Trust Policy statement actions can only be sts:AssumeRole/,
      ],
      [
        "an element that there is not",
        trust({ Service: "ec2.amazonaws.com" }, { Principals: {} }),
        /Syntax errors in policy\./,
      ],
      ["no statement", JSON.stringify({ Version: "2012-10-17" }), /Syntax errors in policy\./],
    ];
    for (const [title, assumeRolePolicy, words] of badTrust) {
      it(`are refused when their trust policy names ${title}`, () => {
        const answer = refusal(() => role("nodes", { assumeRolePolicy }));
        assert.match(answer, words);
        assert.match(
          answer,
          /creating IAM Role \(nodes\): operation error IAM: CreateRole, .* MalformedPolicyDocument: /,
        );
      });
    }

    it("may trust services, this account, other accounts' roles, roles that are there, and identity providers", () => {
      role("first");
      const good = [
        { Service: ["eks.amazonaws.com", "pods.eks.amazonaws.com", "vpc-flow-logs.amazonaws.com"] },
        { Service: "logs.ap-southeast-1.amazonaws.com" },
        { AWS: ["arn:aws:iam::123456789012:root", "210987654321", "arn:aws:iam::210987654321:role/theirs"] },
        { AWS: "arn:aws:iam::123456789012:role/first" },
        { Federated: "arn:aws:iam::123456789012:oidc-provider/oidc.eks.ap-southeast-1.amazonaws.com/id/1" },
      ];
      good.forEach((principal, i) => role(`r${i}`, { assumeRolePolicy: trust(principal) }));
    });

    it("cannot grow their trust policy beyond the quota, whitespace not counted", () => {
      const long = { Condition: { StringEquals: { "aws:SourceAccount": "1".repeat(2000) } } };
      const document = trust({ Service: "ec2.amazonaws.com" }, long);
      assert.match(
        refusal(() => role("nodes", { assumeRolePolicy: document })),
        /LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048/,
      );
      const spread = forService("ec2.amazonaws.com").replaceAll(",", `,${" ".repeat(2000)}`);
      assert.ok(spread.length > 2048);
      role("nodes", { assumeRolePolicy: spread });
    });

    it("stay while policies are on them, unless the provider is told to take them off", () => {
      const nodes = role("nodes");
      const attached = attach("nodes", "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy");
      assert.match(
        refusal(() => room.delete(nodes)),
        /deleting IAM Role \(nodes\): operation error IAM: DeleteRole, .*DeleteConflict: Cannot delete entity, must detach all policies first\./,
      );
      room.delete(attached);
      const inline = room.create(ROLE_POLICY, { role: "nodes", name: "read", policy: rights() });
      assert.match(
        refusal(() => room.delete(nodes)),
        /DeleteConflict: Cannot delete entity, must delete policies first\./,
      );
      room.delete(inline);
      room.delete(nodes);
      assert.equal(room.read(nodes), undefined);

      const forced = role("forced", { forceDetachPolicies: true });
      const left = attach("forced", "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy");
      room.delete(forced);
      assert.equal(room.read(left), undefined);
    });

    it("show the policies that were put on them", () => {
      const nodes = role("nodes");
      attach("nodes", "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy");
      room.create(ROLE_POLICY, { role: "nodes", name: "read", policy: rights() });
      const outputs = room.read(nodes);
      assert.deepEqual(outputs?.["managedPolicyArns"], ["arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy"]);
      assert.deepEqual(outputs?.["inlinePolicies"], [{ name: "read", policy: rights() }]);
    });

    it("do not change when a document is only written otherwise", () => {
      const spread = JSON.stringify(
        {
          Statement: { Action: ["sts:AssumeRole"], Principal: { Service: ["ec2.amazonaws.com"] }, Effect: "Allow" },
          Version: "2012-10-17",
        },
        null,
        2,
      );
      const before = { name: "a", assumeRolePolicy: forService("ec2.amazonaws.com") };
      assert.deepEqual(room.diff(ROLE, before, { ...before, assumeRolePolicy: spread }).paths, []);
      const other = { ...before, assumeRolePolicy: forService("eks.amazonaws.com") };
      assert.deepEqual(room.diff(ROLE, before, other).paths, ["assumeRolePolicy"]);
    });
  });

  describe("policies", () => {
    const managed = (name: string, policy = rights()): Answer => room.create(POLICY, { name, policy });

    it("have an ARN for an id, unique names, and count their holders", () => {
      const made = managed("controller");
      assert.equal(made.id, "arn:aws:iam::123456789012:policy/controller");
      assert.match(
        refusal(() => managed("controller")),
        /creating IAM Policy \(controller\): .*EntityAlreadyExists: A policy called controller already exists\. Duplicate names are not allowed\./,
      );
      role("nodes");
      attach("nodes", made.id);
      assert.equal(room.read(made)?.["attachmentCount"], 1);
    });

    it("stay while a role has them", () => {
      const made = managed("controller");
      role("nodes");
      const attached = attach("nodes", made.id);
      assert.match(
        refusal(() => room.delete(made)),
        /DeletePolicy, .*DeleteConflict: Cannot delete a policy attached to entities\./,
      );
      room.delete(attached);
      room.delete(made);
    });

    const bad: [string, string, RegExp][] = [
      ["the old version", rights({}, { Version: "2008-10-17" }), /must be version 2012-10-17 or greater/],
      ["no action", rights({ Action: [] }), /Policy statement must contain actions\./],
      ["no resource", rights({ Resource: undefined }), /Policy statement must contain resources\./],
      ["an action without a service", rights({ Action: "GetObject" }), /must be prefaced by a vendor/],
      ["a principal", rights({ Principal: "*" }), /should not specify a principal/],
      [
        "a resource that is no ARN",
        rights({ Resource: "my-bucket" }),
        /Resource my-bucket must be in ARN format or "\*"\./,
      ],
      [
        "an ARN of another partition",
        rights({ Resource: "arn:aws-cn:s3:::b" }),
        /Partition "aws-cn" is not valid for resource "arn:aws-cn:s3:::b"\./,
      ],
      ["a statement id with a blank", rights({ Sid: "a b" }), /Statement IDs \(SID\) must be alpha-numeric/],
      ["an operator that there is not", rights({ Condition: { StringIs: { a: "b" } } }), /Syntax errors in policy\./],
      ["both Action and NotAction", rights({ NotAction: "s3:*" }), /Syntax errors in policy\./],
    ];
    for (const [title, policy, words] of bad) {
      it(`are refused with ${title}, inline ones too`, () => {
        assert.match(
          refusal(() => managed("p", policy)),
          words,
        );
        role("nodes");
        const inline = refusal(() => room.create(ROLE_POLICY, { role: "nodes", name: "p", policy }));
        assert.match(inline, words);
        assert.match(
          inline,
          /putting IAM Role \(nodes\) Policy \(p\): operation error IAM: PutRolePolicy, .*MalformedPolicyDocument: /,
        );
      });
    }

    it("are refused when two statements share an id", () => {
      const statement = { Sid: "A", Effect: "Allow", Action: "s3:*", Resource: "*" };
      const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement, statement] });
      assert.match(
        refusal(() => managed("p", policy)),
        /Statement IDs \(SID\) in a single policy must be unique\./,
      );
    });

    it("have 6144 characters at most, the inline ones of a role 10240 together", () => {
      managed("fits", ofSize(6144));
      assert.match(
        refusal(() => managed("large", ofSize(6145))),
        /LimitExceeded: Cannot exceed quota for PolicySize: 6144/,
      );
      role("nodes");
      const half = room.create(ROLE_POLICY, { role: "nodes", name: "a", policy: ofSize(6000) });
      assert.match(
        refusal(() => room.create(ROLE_POLICY, { role: "nodes", name: "b", policy: ofSize(5000) })),
        /LimitExceeded: Maximum policy size of 10240 bytes exceeded for role nodes/,
      );
      room.update(half, { role: "nodes", name: "a", policy: ofSize(10240) });
    });

    it("need a role that is there", () => {
      assert.match(
        refusal(() => room.create(ROLE_POLICY, { role: "nobody", name: "p", policy: rights() })),
        /NoSuchEntity: The role with name nobody cannot be found\./,
      );
    });
  });

  describe("attachments", () => {
    beforeEach(() => {
      role("nodes");
    });

    it("take AWS's own policies by their ARN", () => {
      const made = attach("nodes", "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy");
      assert.equal(made.id, "nodes/arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy");
    });

    const bad: [string, string, RegExp][] = [
      [
        "a policy of AWS that there is not",
        "arn:aws:iam::aws:policy/AmazonEKSEverything",
        /NoSuchEntity: Policy arn:aws:iam::aws:policy\/AmazonEKSEverything does not exist or is not attachable\./,
      ],
      ["one of AWS's under the wrong path", "arn:aws:iam::aws:policy/AmazonEBSCSIDriverPolicy", /NoSuchEntity: /],
      [
        "a policy of the account that is not there",
        "arn:aws:iam::123456789012:policy/mine",
        /NoSuchEntity: Policy arn:aws:iam::123456789012:policy\/mine /,
      ],
      [
        "one of another partition",
        "arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy",
        /api error ValidationError: Invalid ARN partition/,
      ],
      [
        "one that is for service-linked roles",
        "arn:aws:iam::aws:policy/aws-service-role/AmazonEKSServiceRolePolicy",
        /PolicyNotAttachable: Cannot attach a Service Role Policy to a Customer Role\./,
      ],
    ];
    for (const [title, arn, words] of bad) {
      it(`are refused for ${title}`, () => {
        const answer = refusal(() => attach("nodes", arn));
        assert.match(answer, words);
        assert.ok(
          answer.includes(`attaching IAM Policy (${arn}) to IAM Role (nodes): operation error IAM: AttachRolePolicy`),
        );
        assert.match(
          refusal(() => role("other", { managedPolicyArns: [arn] })),
          words,
        );
      });
    }

    it("are ten at most on a role", () => {
      for (let i = 0; i < 10; i++) attach("nodes", room.create(POLICY, { name: `p${i}`, policy: rights() }).id);
      const last = room.create(POLICY, { name: "last", policy: rights() });
      assert.match(
        refusal(() => attach("nodes", last.id)),
        /LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10/,
      );
    });
  });

  it("lets an instance profile hold one role that is there, and loses it with the role", () => {
    assert.match(
      refusal(() => room.create(PROFILE, { name: "nodes", role: "nodes" })),
      /creating IAM Instance Profile \(nodes\): operation error IAM: AddRoleToInstanceProfile, .*NoSuchEntity: The role with name nodes cannot be found\./,
    );
    const nodes = role("nodes");
    const profile = room.create(PROFILE, { name: "nodes", role: "nodes" });
    assert.equal(profile.outputs["arn"], "arn:aws:iam::123456789012:instance-profile/nodes");
    assert.match(
      refusal(() => room.create(PROFILE, { name: "nodes", role: "nodes" })),
      /EntityAlreadyExists: Instance Profile nodes already exists\./,
    );
    room.delete(nodes);
    assert.equal(room.read(profile)?.["role"], "");
  });

  it("finds AWS's own policies by name", () => {
    const found = room.call("aws:iam/getPolicy:getPolicy", { name: "AmazonEBSCSIDriverPolicy" });
    assert.equal(found["arn"], "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy");
    assert.match(
      refusal(() => room.call("aws:iam/getPolicy:getPolicy", { name: "Nothing" })),
      /couldn't find resource/,
    );
  });
});

describe("the simulated IAM in China", () => {
  let room: Room;
  const role = (name: string, assumeRolePolicy: string): Answer => room.create(ROLE, { name, assumeRolePolicy });

  beforeEach(() => {
    room = new Room({}, { ...ACCOUNT, partition: "aws-cn", region: "cn-northwest-1" });
  });
  afterEach(() => room.close());

  it("takes both spellings of EC2 and the global one of EKS", () => {
    role("ec2", trust({ Service: ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] }));
    role("logs", forService("logs.cn-northwest-1.amazonaws.com.cn"));
    const eks = role("eks", forService("eks.amazonaws.com"));
    assert.equal(eks.outputs["arn"], "arn:aws-cn:iam::123456789012:role/eks");
    assert.match(
      refusal(() => role("other", forService("eks.amazonaws.com.cn"))),
      /Invalid principal in policy: "SERVICE":"eks\.amazonaws\.com\.cn"/,
    );
  });

  it("refuses ARNs of the global partition in trust, rights and attachments", () => {
    assert.match(
      refusal(() => role("a", trust({ AWS: "arn:aws:iam::123456789012:root" }))),
      /Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:root"/,
    );
    assert.match(
      refusal(() =>
        room.create(POLICY, { name: "p", policy: rights({ Resource: "arn:aws:ec2:*:*:security-group/*" }) }),
      ),
      /MalformedPolicyDocument: Partition "aws" is not valid for resource "arn:aws:ec2:\*:\*:security-group\/\*"\./,
    );
    role("eks", forService("eks.amazonaws.com"));
    assert.match(
      refusal(() =>
        room.create(ATTACHMENT, { role: "eks", policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" }),
      ),
      /Invalid ARN partition/,
    );
    room.create(ATTACHMENT, { role: "eks", policyArn: "arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy" });
  });
});
