import { strict as assert } from "node:assert";
import fc from "fast-check";
import * as proxy from "@pulumi/policy/proxy";
import { isAnywhere, overlap, readBlock } from "../../policies/ec2/cidr";
import { attempt, NotKnownYet, UNKNOWN, Value } from "../../policies/frame/value";
import { compliant, conclude, notApplicable, unknown, violation } from "../../policies/frame/verdict";
import { statementsOf, wildcardMatches } from "../../policies/iam/document";

describe("a value", () => {
  it("knows every unknown that the SDK knows", () => {
    const sentinels = Object.entries(proxy as unknown as Record<string, unknown>).filter(([name]) =>
      /^unknown\w+Value$/.test(name),
    );
    assert.equal(sentinels.length, 7);
    for (const [name, sentinel] of sentinels) {
      assert.ok(new Value(sentinel).isUnknown, name);
    }
  });

  it("is unknown inside something unknown", () => {
    const tags = new Value({ tags: UNKNOWN }).at("tags");
    assert.ok(tags.at("Environment").isUnknown);
    assert.throws(() => tags.at("Environment").isMissing, NotKnownYet);
    assert.deepEqual(
      attempt(() => (tags.string() === undefined ? compliant : [])),
      unknown("tags"),
    );
  });

  it("reads what is not of the type asked for as missing", () => {
    for (const raw of [undefined, null, [], {}, "x", Number.NaN]) {
      const value = new Value(raw);
      assert.equal(value.number(), undefined);
      assert.equal(value.boolean(), undefined);
    }
    assert.equal(new Value({}).string(), undefined);
    assert.deepEqual(new Value("x").list(), []);
    assert.equal(new Value("443").number(), 443);
    assert.equal(new Value("true").boolean(), true);
  });

  it("does not take what an object inherits for a property", () => {
    assert.ok(new Value({}).at("constructor").isMissing);
    assert.ok(new Value("text").at("length").isMissing);
  });

  it("finds every string with its path, also in JSON in a string", () => {
    const value = new Value({ a: ["x", { "b.c": '{"d":["y"]}' }], e: UNKNOWN });
    assert.deepEqual(
      [...value.everyString()].map(({ path }) => path),
      ["a[0]", 'a[1]["b.c"].d[0]', "e"],
    );
  });
});

describe("a judgement", () => {
  it("counts a violation before an unknown, an unknown before a pass", () => {
    const bad = violation("a", "is bad");
    assert.equal(conclude([compliant, unknown("b"), bad]).kind, "violation");
    assert.equal(conclude([compliant, unknown("b"), notApplicable("x")]).kind, "unknown");
    assert.equal(conclude([compliant, notApplicable("x")]).kind, "compliant");
    assert.equal(conclude([notApplicable("x")]).kind, "notApplicable");
    assert.equal(conclude([]).kind, "compliant");
  });
});

describe("an IAM document", () => {
  it("may have one or many of everything, in any case", () => {
    const one = statementsOf(new Value('{"statement":{"effect":"Allow","action":"S3:GetObject","resource":"*"}}'));
    const many = statementsOf(new Value({ Statement: [{ Effect: "Allow", Action: ["s3:Get*"], Resource: ["*"] }] }));
    for (const [statement] of [one, many]) {
      assert.ok(statement?.grants("s3:getobject"));
      assert.ok(!statement?.grants("s3:PutObject"));
      assert.ok(statement?.reachesEverything);
    }
  });

  it("grants by NotAction all but what it names", () => {
    const [statement] = statementsOf(new Value({ Statement: { Effect: "Allow", NotAction: "iam:*", Resource: "*" } }));
    assert.ok(statement?.grants("kms:Decrypt"));
    assert.ok(!statement?.grants("iam:CreateUser"));
  });

  it("grants nothing by a Deny", () => {
    const [statement] = statementsOf(new Value({ Statement: { Effect: "Deny", Action: "*", Resource: "*" } }));
    assert.ok(!statement?.grants("kms:Decrypt"));
  });

  it("is for anyone with * or an AWS principal of *, not with a service of *", () => {
    const forAnyone = (principal: unknown): boolean =>
      statementsOf(new Value({ Statement: { Principal: principal } }))[0]?.isForAnyone ?? false;
    assert.ok(forAnyone("*") && forAnyone({ AWS: "*" }) && forAnyone({ AWS: ["123456789012", "*"] }));
    assert.ok(!forAnyone({ AWS: "123456789012" }) && !forAnyone({ Service: "*" }) && !forAnyone(undefined));
  });

  it("matches wildcards as a regular expression would, without its worst case", () => {
    const piece = fc.constantFrom("a", "b", ":", "*", "?");
    const text = fc.array(piece, { maxLength: 8 }).map((letters) => letters.join(""));
    fc.assert(
      fc.property(text, text, (pattern, subject) => {
        const plain = subject.replace(/[*?]/g, "c");
        const expected = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(plain);
        assert.equal(wildcardMatches(pattern, plain), expected);
      }),
    );
    assert.equal(wildcardMatches("*a".repeat(5000), "b".repeat(5000)), false);
  });
});

describe("a block", () => {
  it("is read with its canonical form", () => {
    assert.equal(readBlock("100.68.0.18/18")?.canonical, "100.68.0.0/18");
    assert.equal(readBlock("010.0.0.0/8")?.canonical, "10.0.0.0/8");
    for (const text of ["10.0.0.0", "10.0.0.0/33", "256.0.0.0/8", "10.0.0/8", "::/0", ""]) {
      assert.equal(readBlock(text), undefined, text);
    }
  });

  it("overlaps another exactly when one contains the other", () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const block = fc
      .tuple(octet, octet, fc.integer({ min: 0, max: 32 }))
      .map(([a, b, prefix]) => readBlock(`10.0.${String(a)}.${String(b)}/${String(prefix)}`)!);
    fc.assert(
      fc.property(block, block, (one, other) => {
        const [wide, narrow] = one.prefix <= other.prefix ? [one, other] : [other, one];
        const size = 2 ** (32 - wide.prefix);
        assert.equal(overlap(one, other), Math.floor(narrow.first / size) === Math.floor(wide.first / size));
      }),
    );
  });

  it("is anywhere however it is written", () => {
    assert.equal(isAnywhere("0.0.0.0/0"), "ipv4");
    assert.equal(isAnywhere("1.2.3.4/0"), "ipv4");
    assert.equal(isAnywhere("::/0"), "ipv6");
    assert.equal(isAnywhere("0:0::/0"), "ipv6");
    assert.equal(isAnywhere("10.0.0.0/10"), undefined);
  });
});
