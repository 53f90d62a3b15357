import { strict as assert } from "node:assert";
import type { Policies } from "@pulumi/policy";
import { policiesOf } from "../../policies/frame/pack";
import { resourceRule, type Rule, stackRule } from "../../policies/frame/rule";
import { each, UNKNOWN } from "../../policies/frame/value";
import { compliant, notApplicable, violation } from "../../policies/frame/verdict";
import { Engine, type Sent, urnOf } from "./sdk";

const facts = {
  description: "For the test.",
  remediation: "Fix it.",
  url: "https://docs.aws.amazon.com/",
  controls: ["EC2.15"],
};

const noPublic = resourceRule({
  ...facts,
  id: "no-public",
  title: "Nothing is public",
  severity: "high",
  types: ["aws:a/thing:Thing", "aws:a/other:Other"],
  judge: ({ props }) =>
    props.at("kind").raw === "internal"
      ? notApplicable("internal")
      : each(props.at("doors").list(), (door) =>
          door.at("public").boolean() === true ? violation(door.at("public").path, "is public") : compliant,
        ),
});

const atMost = resourceRule({
  ...facts,
  id: "at-most",
  title: "Not too many",
  severity: "low",
  settings: { maximum: { description: "How many.", default: 3 } },
  types: ["*"],
  judge: ({ props }, settings) =>
    (props.at("count").number() ?? 0) > (settings.at("maximum").number() ?? 0)
      ? violation("count", "is too many")
      : compliant,
});

const hasFriend = stackRule({
  ...facts,
  id: "has-friend",
  title: "Nobody is alone",
  severity: "medium",
  types: ["aws:a/thing:Thing"],
  judge: (subject, stack) =>
    stack.referrers(subject, "aws:a/other:Other", "thingId").length > 0 ? compliant : violation("", "is alone"),
});

const broken = resourceRule({
  ...facts,
  id: "broken",
  title: "Breaks",
  severity: "critical",
  types: ["aws:a/broken:Broken"],
  judge: () => {
    throw new TypeError("cannot read anything");
  },
});

function packOf(rules: readonly Rule[], options: { exemptions?: unknown; log?: string[] } = {}): Policies {
  const { log = [] } = options;
  return policiesOf(rules, {
    exemptions: options.exemptions,
    today: "2026-11-22",
    region: "eu-west-1",
    log: (line) => log.push(line),
  });
}

const thing: Sent = { type: "aws:a/thing:Thing", name: "thing", props: { doors: [{ public: true }] } };
const other: Sent = {
  type: "aws:a/other:Other",
  name: "other",
  props: { thingId: UNKNOWN },
  refs: { thingId: ["thing"] },
};

describe("the pack, run by the SDK", () => {
  it("reports a violation at the resource, with its path and the fix, at the level of the rule", async () => {
    const { findings } = await new Engine(packOf([noPublic])).resource(thing);
    assert.deepEqual(findings, [
      {
        policy: "no-public",
        level: "mandatory",
        urn: urnOf(thing),
        message: "Nothing is public (EC2.15).\ndoors[0].public is public. Fix it.",
      },
    ]);
  });

  it("reports a violation next to a value that a preview can't know", async () => {
    const { findings } = await new Engine(packOf([noPublic])).resource({
      ...thing,
      props: { doors: [{ public: UNKNOWN }, { public: true }] },
    });
    assert.deepEqual(
      findings.map(({ message }) => message.split("\n")[1]),
      ["doors[1].public is public. Fix it."],
    );
  });

  it("says once, at the end, what could not be judged yet", async () => {
    const engine = new Engine(packOf([noPublic]));
    const findings = await engine.operation([
      { ...thing, props: { doors: UNKNOWN } },
      { ...thing, name: "second", props: { doors: [{ public: UNKNOWN }] } },
    ]);
    assert.deepEqual(
      findings.map(({ policy, level }) => ({ policy, level })),
      [{ policy: "not-judged-yet", level: "advisory" }],
    );
    assert.match(findings[0]?.message ?? "", /1 policy could not judge 2 resources yet.*no-public \(2\)/);
  });

  it("says nothing at the end when everything was judged", async () => {
    assert.deepEqual(await new Engine(packOf([noPublic])).operation([{ ...thing, props: { doors: [] } }]), []);
  });

  it("judges relations by the dependency graph where ids are not known, and by ids where they are", async () => {
    const ids: Sent[] = [
      { type: thing.type, name: "thing", props: { id: "thing-1" } },
      { type: other.type, name: "other", props: { thingId: "thing-1" } },
    ];
    for (const resources of [[thing, other], ids]) {
      assert.deepEqual((await new Engine(packOf([hasFriend])).stack(resources)).findings, []);
    }
    const [finding] = (await new Engine(packOf([hasFriend])).stack([thing])).findings;
    assert.equal(finding?.urn, urnOf(thing));
  });

  it("lists the policies that have nothing to say about a resource as not applicable, and those that pass not", async () => {
    const engine = new Engine(packOf([noPublic, hasFriend]));
    assert.ok(
      (await engine.resource({ type: "aws:a/third:Third", name: "third" })).notApplicable.includes("no-public"),
    );
    assert.ok(
      (await engine.resource({ ...thing, name: "in", props: { kind: "internal" } })).notApplicable.includes(
        "no-public",
      ),
    );
    assert.ok(!(await engine.resource({ ...thing, props: {} })).notApplicable.includes("no-public"));
    assert.ok(!(await engine.stack([thing, other])).notApplicable.includes("has-friend"));
  });

  it("judges with the defaults of a rule's settings, and leaves components alone", async () => {
    const engine = new Engine(packOf([atMost]));
    assert.equal((await engine.resource({ ...thing, props: { count: 4 } })).findings.length, 1);
    assert.equal((await engine.resource({ ...thing, name: "few", props: { count: 3 } })).findings.length, 0);
    assert.equal(
      (await engine.resource({ type: "acme:net:Thing", name: "c", props: { count: 4 } })).findings.length,
      0,
    );
  });

  it("reports a rule that failed without stopping the others", async () => {
    const rules = [broken, { ...noPublic, types: ["aws:a/broken:Broken"] }];
    const { findings } = await new Engine(packOf(rules)).resource({ ...thing, type: "aws:a/broken:Broken" });
    assert.deepEqual(
      findings.map(({ policy, level }) => `${level} ${policy}`),
      ["advisory policy-failure", "mandatory no-public"],
    );
    assert.match(findings[0]?.message ?? "", /broken failed on thing, which stays unjudged: cannot read anything/);
  });

  it("judges the same when the policy that opens the run is disabled", async () => {
    const policies = packOf([noPublic, hasFriend]).map((policy) =>
      policy.name === "policy-failure" ? { ...policy, enforcementLevel: "disabled" as const } : policy,
    );
    assert.deepEqual(
      (await new Engine(policies).operation([thing])).map(({ policy }) => policy),
      ["no-public", "has-friend"],
    );
  });

  it("forgets one operation before it judges the next", async () => {
    const engine = new Engine(packOf([noPublic, hasFriend]));
    const first = await engine.operation([thing]);
    assert.deepEqual(await engine.operation([thing]), first);
    assert.deepEqual(await engine.operation([{ ...thing, props: {} }, other]), []);
  });

  it("judges each resource as if it were alone when requests overlap", async () => {
    const engine = new Engine(packOf([noPublic]));
    const names = ["a", "b", "c", "d"];
    const findings = await Promise.all(
      names.map(async (name, index) => {
        const props = { doors: [{ public: index % 2 === 0 }] };
        return (await engine.resource({ ...thing, name, props })).findings.length;
      }),
    );
    assert.deepEqual(findings, [1, 0, 1, 0]);
  });
});

describe("an exemption, in the pack", () => {
  const exempt = (extra: object = {}): unknown => [
    { policy: "no-public", resource: "thi*", reason: "agreed with the owner", ...extra },
  ];

  it("takes a finding away and says so with the reason", async () => {
    const log: string[] = [];
    assert.deepEqual(await new Engine(packOf([noPublic], { exemptions: exempt(), log })).operation([thing]), []);
    assert.deepEqual(log, ["1 finding exempted: no-public on thing: agreed with the owner"]);
  });

  it("leaves other resources and other policies alone", async () => {
    const engine = new Engine(packOf([noPublic, hasFriend], { exemptions: exempt() }));
    const findings = await engine.operation([thing, { ...thing, name: "else" }]);
    assert.deepEqual(
      findings.map(({ policy, urn }) => `${policy} ${urn.split("::").pop() ?? ""}`),
      ["no-public else", "has-friend thing", "has-friend else"],
    );
  });

  it("is reported when it matches nothing", async () => {
    const findings = await new Engine(packOf([noPublic], { exemptions: exempt() })).operation([
      { ...thing, props: { doors: [] } },
    ]);
    assert.deepEqual(
      findings.map(({ policy, level }) => `${level} ${policy}`),
      ["advisory exemption-in-use"],
    );
    assert.match(findings[0]?.message ?? "", /exemptions\[0\] no-public on "thi\*" matches no finding/);
  });

  it("is not reported while what it is for can't be judged yet", async () => {
    const findings = await new Engine(packOf([noPublic], { exemptions: exempt() })).operation([
      { ...thing, props: { doors: UNKNOWN } },
    ]);
    assert.deepEqual(
      findings.map(({ policy }) => policy),
      ["not-judged-yet"],
    );
  });

  it("is not reported when its resource was left out of the operation", async () => {
    const engine = new Engine(packOf([noPublic], { exemptions: exempt() }));
    await engine.resource({ ...thing, name: "another", props: { doors: [] } });
    assert.deepEqual((await engine.stack([thing])).findings, []);
  });

  it("exempts nothing once it has expired, and is reported", async () => {
    const expired = await new Engine(packOf([noPublic], { exemptions: exempt({ until: "2026-11-21" }) })).operation([
      thing,
    ]);
    assert.deepEqual(
      expired.map(({ policy }) => policy),
      ["no-public", "exemption-in-use"],
    );
    const lastDay = await new Engine(packOf([noPublic], { exemptions: exempt({ until: "2026-11-22" }) })).operation([
      thing,
    ]);
    assert.deepEqual(lastDay, []);
  });
});
