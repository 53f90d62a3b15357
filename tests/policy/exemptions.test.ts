import { strict as assert } from "node:assert";
import fc from "fast-check";
import { Exemptions, globPattern } from "../../policies/frame/exemptions";

const policies = new Set(["vpc-flow-logs"]);
const urn = "urn:pulumi:dev::container-platform::platform:network:Vpc$aws:ec2/vpc:Vpc::network";

function read(entry: unknown, today = "2026-11-22"): Exemptions {
  return new Exemptions([entry], today, policies);
}

function takes(entry: object, today?: string): boolean {
  const full = { policy: "vpc-flow-logs", resource: "network", reason: "agreed", ...entry };
  return read(full, today).take("vpc-flow-logs", "network", urn) !== undefined;
}

describe("exemptions", () => {
  it("match a resource's name or URN by glob", () => {
    for (const resource of ["network", "net*", "*", "netwo?k", "*::network", "urn:pulumi:dev::*Vpc::network"]) {
      assert.ok(takes({ resource }), resource);
    }
    for (const resource of ["networ", "etwork", "Network", "network.", "n.twork", "other*"]) {
      assert.ok(!takes({ resource }), resource);
    }
  });

  it("hold to the end of their last day", () => {
    assert.ok(takes({ until: "2026-11-22" }, "2026-11-22"));
    assert.ok(!takes({ until: "2026-11-22" }, "2026-11-23"));
    assert.ok(takes({ until: undefined }, "2999-01-01"));
  });

  it("take a date in every form that the engine hands on", () => {
    for (const until of ["2027-06-30", "2027-06-30T00:00:00Z", "2027-06-30 00:00:00 +0000 UTC"]) {
      assert.ok(takes({ until }), until);
      assert.ok(!takes({ until }, "2027-07-01"), until);
    }
  });

  it("exempt nothing without a policy of the pack, a resource, a reason and a real date", () => {
    const mistakes: [object, RegExp][] = [
      [{ policy: "" }, /has no policy/],
      [{ policy: "no-such" }, /names "no-such", which is no policy/],
      [{ resource: undefined, reason: " " }, /has no resource and no reason/],
      [{ until: "soon" }, /until "soon", which is no date/],
      [{ until: "2027-02-30" }, /is no date/],
      [{ until: 20270630 }, /is no date/],
    ];
    for (const [mistake, message] of mistakes) {
      const exemptions = read({ policy: "vpc-flow-logs", resource: "*", reason: "agreed", ...mistake });
      assert.equal(exemptions.take("vpc-flow-logs", "network", urn), undefined);
      assert.match(exemptions.problems()[0]?.message ?? "", message);
    }
  });

  it("are reported in the order of the config", () => {
    const entry = { policy: "vpc-flow-logs", resource: "nobody", reason: "agreed" };
    const exemptions = new Exemptions([entry, 7, { ...entry, until: "2020-01-01" }], "2026-11-22", policies);
    assert.deepEqual(
      exemptions.problems().map(({ index, message }) => `${String(index)} ${message}`),
      [
        '0 vpc-flow-logs on "nobody" matches no finding: remove it',
        "1 is not an object with policy, resource and reason",
        '2 vpc-flow-logs on "nobody" expired after 2020-01-01: fix the finding, or agree on a new date',
      ],
    );
  });

  it("survive any config", () => {
    fc.assert(
      fc.property(fc.anything(), (config) => {
        const exemptions = new Exemptions(config, "2026-11-22", policies);
        exemptions.take("vpc-flow-logs", "network", urn);
        assert.ok(exemptions.problems().every(({ message }) => message.length > 0));
      }),
    );
  });

  it("take every character of a glob literally but * and ?", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const literal = text.replace(/[*?]/g, "");
        assert.ok(globPattern(literal).test(literal));
        assert.equal(globPattern(literal).test(`${literal}x`), false);
      }),
    );
  });
});
