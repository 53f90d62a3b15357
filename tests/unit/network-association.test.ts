import assert from "node:assert/strict";
import { associationOrder, associationRefusal } from "../../components/network/association";
import { block, formatBlock } from "../../components/network/cidr";
import { planNetwork } from "../../components/network/planner";
import { networkArgs } from "./network-args";

/** What the planner says of one more block of a VPC with these blocks (the first is the primary one). */
function rulesAgainst(existing: string[], candidate: string): string[] {
  const [cidr = "", ...additional] = existing;
  const { problems } = planNetwork(
    networkArgs({ cidr, podCidr: null, additionalCidrs: [...additional, candidate], subnetPrefixes: {} }),
  );
  const path = `network.additionalCidrs[${additional.length}]`;
  return problems.filter((problem) => problem.path === path).map(({ rule }) => rule);
}

describe("adding a block to a VPC", () => {
  const vectors: [existing: string[], candidate: string, rules: string[]][] = [
    [["10.2.0.0/16"], "100.64.0.0/16", []],
    [["192.168.0.0/16"], "100.64.0.0/16", []],
    [["172.31.0.0/16"], "100.64.0.0/16", []],
    [["192.168.0.0/24"], "192.168.1.0/24", []],
    [["10.2.0.0/16"], "10.0.0.0/16", []],
    [["10.1.0.0/16"], "10.0.8.0/24", ["VPC-03"]],
    [["10.0.0.0/20"], "10.0.16.0/20", ["VPC-03"]],
    [["10.0.0.0/16"], "10.1.0.0/16", []],
    [["10.0.0.0/16"], "172.16.0.0/16", ["VPC-03"]],
    [["172.16.0.0/16"], "172.31.0.0/20", ["VPC-03"]],
    [["172.31.0.0/20"], "172.31.16.0/20", ["VPC-03"]],
    [["172.31.0.0/16"], "172.16.0.0/16", []],
    [["192.168.0.0/16"], "198.19.0.0/20", ["VPC-03"]],
    [["192.168.0.0/16"], "198.18.0.0/20", []],
    [["10.2.0.0/16"], "198.19.0.0/16", ["VPC-03"]],
    [["172.16.0.0/16"], "10.0.0.0/16", ["VPC-03"]],
    [["172.16.0.0/16"], "192.168.0.0/24", ["VPC-03"]],
    [["192.168.0.0/20"], "10.0.0.0/16", ["VPC-03"]],
    [["192.168.0.0/20"], "172.16.0.0/16", ["VPC-03"]],
    [["198.19.0.0/16"], "10.0.0.0/16", ["VPC-03"]],
    [["198.19.0.0/20"], "100.64.0.0/16", []],
    [["198.19.0.0/20"], "198.19.16.0/20", []],
    [["100.64.0.0/16"], "10.0.0.0/16", ["VPC-03"]],
    [["100.64.0.0/16"], "198.19.0.0/16", ["VPC-03"]],
    [["100.64.0.0/16"], "100.65.0.0/16", []],
    [["52.0.0.0/16"], "192.168.0.0/16", ["VPC-03"]],
    [["52.0.0.0/16"], "100.64.0.0/16", []],
    [["10.2.0.0/16"], "52.0.0.0/16", []],
    [["10.2.0.0/16"], "100.64.0.0/10", ["VPC-01"]],
    [["10.2.0.0/16"], "100.64.0.0/15", ["VPC-01"]],
    [["10.2.0.0/16"], "100.64.0.0/29", ["VPC-01"]],
    [["10.2.0.0/16"], "169.254.0.0/20", ["VPC-02"]],
    [["10.2.0.0/16"], "224.0.0.0/16", ["VPC-02"]],
    [["10.2.0.0/16"], "239.255.0.0/16", ["VPC-02"]],
    [["10.2.0.0/16"], "0.1.0.0/16", ["VPC-02"]],
    [["10.2.0.0/16"], "127.0.0.0/24", ["VPC-02"]],
    [["10.2.0.0/16"], "10.2.128.0/17", ["VPC-04"]],
    [["10.2.0.0/16"], "10.2.0.0/16", ["VPC-04"]],
    // In AWS's own 10.0.0.0/16 too: the overlap is what to mend.
    [["10.0.0.0/16"], "10.0.8.0/24", ["VPC-04"]],
    [["10.2.0.0/24"], "10.2.0.0/16", ["VPC-04"]],
    [["10.2.0.0/16", "100.64.0.0/16"], "100.64.128.0/17", ["VPC-04"]],
    [["172.16.0.0/16"], "172.17.0.0/16", ["VPC-12"]],
    [["172.16.0.0/16"], "172.17.64.0/20", ["VPC-12"]],
    [["10.2.0.0/16"], "100.64.1.5/16", ["VPC-06"]],
    [["10.2.0.0/16"], "100.064.0.0/16", ["VPC-06"]],
    [["10.2.0.0/16"], "100.64.0.0", ["VPC-06"]],
    [["10.2.0.0/16"], "169.254.1.1/20", ["VPC-06", "VPC-02"]],
    [["10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16", "10.5.0.0/16", "10.6.0.0/16"], "10.7.0.0/16", ["VPC-05"]],
    [["10.2.0.0/16", "10.3.0.0/16", "10.4.0.0/16", "10.5.0.0/16"], "10.7.0.0/16", []],
  ];
  for (const [existing, candidate, rules] of vectors) {
    it(`${candidate} to ${existing.join(", ")}: ${rules.join(", ") || "accepted"}`, () => {
      assert.deepEqual(rulesAgainst(existing, candidate), rules);
    });
  }

  it("is refused for a private block once a public one or one of 100.64.0.0/10 is there", () => {
    const associated = [block("10.2.0.0/16"), block("100.64.0.0/16")];
    assert.match(associationRefusal(associated, block("10.3.0.0/16")) ?? "", /100\.64\.0\.0\/16/);
  });

  it("happens in an order that AWS accepts: 10.0.0.0/16, the primary's range, then the rest as listed", () => {
    const listed = ["100.64.0.0/16", "10.1.0.0/16", "52.0.0.0/24", "10.0.0.0/16", "10.9.0.0/16"].map(block);
    const ordered = associationOrder(listed, (item) => item);
    assert.deepEqual(ordered.map(formatBlock), [
      "10.0.0.0/16",
      "10.1.0.0/16",
      "10.9.0.0/16",
      "100.64.0.0/16",
      "52.0.0.0/24",
    ]);
    ordered.forEach((candidate, i) => {
      assert.equal(associationRefusal([block("10.2.0.0/16"), ...ordered.slice(0, i)], candidate), undefined);
    });
  });

  it("keeps the pod block's place when further blocks come", () => {
    const order = (additionalCidrs: string[]) =>
      planNetwork(networkArgs({ podCidr: "100.64.0.0/16", additionalCidrs })).plan?.associations;
    assert.deepEqual(order([]), ["100.64.0.0/16"]);
    assert.deepEqual(order(["100.65.0.0/16", "10.21.0.0/16"]), ["10.21.0.0/16", "100.64.0.0/16", "100.65.0.0/16"]);
  });
});

describe("the quota of blocks", () => {
  const cidrs = ["10.21.0.0/16", "10.22.0.0/16", "10.23.0.0/16", "10.24.0.0/16"];

  it("counts the primary and the pod block, and is met by what AWS raised it to", () => {
    const over = planNetwork(networkArgs({ podCidr: "100.64.0.0/16", additionalCidrs: cidrs })).problems;
    assert.deepEqual(
      over.map(({ path, rule, value }) => ({ path, rule, value })),
      [{ path: "network.additionalCidrs[3]", rule: "VPC-05", value: "10.24.0.0/16" }],
    );
    assert.match(over[0]?.fix ?? "", /network\.cidrQuota to 6/);
    assert.deepEqual(
      planNetwork(networkArgs({ podCidr: "100.64.0.0/16", additionalCidrs: cidrs, cidrQuota: 6 })).problems,
      [],
    );
  });

  it("is 5 to 50", () => {
    const rules = (cidrQuota: number) => planNetwork(networkArgs({ cidrQuota })).problems.map(({ path }) => path);
    for (const wrong of [0, 4, 51, 5.5, NaN, -1]) {
      assert.deepEqual(rules(wrong), ["network.cidrQuota"], String(wrong));
    }
    assert.deepEqual([5, 50].flatMap(rules), []);
  });

  it("is never beyond 50 blocks", () => {
    const many = Array.from({ length: 49 }, (_, i) => `10.${100 + i}.0.0/16`);
    assert.deepEqual(planNetwork(networkArgs({ podCidr: null, additionalCidrs: many, cidrQuota: 50 })).problems, []);
    const [problem, ...others] = planNetwork(
      networkArgs({ podCidr: null, additionalCidrs: [...many, "10.99.0.0/16"], cidrQuota: 50 }),
    ).problems;
    assert.equal(problem?.rule, "VPC-05");
    assert.equal(problem?.path, "network.additionalCidrs[49]");
    assert.doesNotMatch(problem?.fix ?? "", /cidrQuota/);
    assert.deepEqual(others, []);
  });
});
