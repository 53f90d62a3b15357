import assert from "node:assert/strict";
import { planExisting } from "../../components/network/existing";
import type { Demand, ExistingNetwork, ExistingSubnet } from "../../components/network/types";

const id = (n: number) => `subnet-${n.toString(16).padStart(17, "0")}`;
const subnet = (n: number, cidr: string, letter: string): ExistingSubnet => ({
  id: id(n),
  cidr,
  zone: `eu-west-1${letter}`,
});

function existing(changes: Partial<ExistingNetwork> = {}): ExistingNetwork {
  return {
    vpcId: "vpc-0123456789abcdef0",
    cidrs: ["10.30.0.0/16", "100.64.0.0/16"],
    privateSubnets: [subnet(1, "10.30.0.0/20", "a"), subnet(2, "10.30.16.0/20", "b")],
    publicSubnets: [subnet(3, "10.30.64.0/24", "a")],
    loadBalancerSubnets: [subnet(4, "10.30.65.0/27", "a"), subnet(5, "10.30.65.32/27", "b")],
    podSubnets: [subnet(6, "100.64.0.0/18", "a"), subnet(7, "100.64.64.0/18", "b")],
    ...changes,
  };
}

const plan = (changes: Partial<ExistingNetwork> = {}, demands: Demand[] = []) =>
  planExisting(existing(changes), { endpoints: "standard" }, demands);

describe("a VPC that exists", () => {
  it("is planned on in the same shape, each subnet with its id, and nothing to associate", () => {
    const { plan: found, problems } = plan({}, [{ class: "loadBalancer", perZone: 2, for: "load balancers" }]);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      { ...found, subnets: found?.subnets.length },
      {
        cidr: "10.30.0.0/16",
        podCidr: "100.64.0.0/16",
        associations: [],
        zones: ["eu-west-1a", "eu-west-1b"],
        nat: "none",
        endpoints: "standard",
        subnets: 7,
        reserved: [],
        unallocated: [],
      },
    );
    assert.deepEqual(found?.subnets[1], {
      class: "loadBalancer",
      zone: "eu-west-1a",
      cidr: "10.30.65.0/27",
      usable: 27,
      free: 25,
      id: id(4),
    });
  });

  it("needs neither public, load-balancer nor pod subnets", () => {
    const { plan: found, problems } = plan({ publicSubnets: [], loadBalancerSubnets: [], podSubnets: [] });
    assert.deepEqual(problems, []);
    assert.equal(found?.podCidr, null);
  });

  it("may be on the network of Docker's bridge or on a range that couldn't be added any more", () => {
    const { problems } = plan({ cidrs: ["10.30.0.0/16", "100.64.0.0/16", "172.17.0.0/16", "192.168.0.0/24"] });
    assert.deepEqual(problems, []);
  });

  it("may have several private subnets in a zone", () => {
    const privateSubnets = [...existing().privateSubnets, subnet(8, "10.30.32.0/20", "a")];
    assert.deepEqual(plan({ privateSubnets }).problems, []);
  });

  const base = existing();
  const [privateA, privateB] = base.privateSubnets as [ExistingSubnet, ExistingSubnet];
  const mistakes: [says: string, changes: Partial<ExistingNetwork>, problems: string[]][] = [
    ["an id of something else", { vpcId: "subnet-0123456789abcdef0" }, ["vpcId CFG-VALUE"]],
    ["an id cut short", { vpcId: "vpc-0123456789abcdef" }, ["vpcId CFG-VALUE"]],
    ["a block with host bits", { cidrs: ["10.30.0.1/16", "100.64.0.0/16"] }, ["cidrs[0] VPC-06"]],
    ["blocks that overlap", { cidrs: ["10.30.0.0/16", "100.64.0.0/16", "10.30.128.0/17"] }, ["cidrs[2] VPC-04"]],
    [
      "a subnet's id that is none",
      { privateSubnets: [{ ...privateA, id: "subnet-XYZ" }, privateB] },
      ["privateSubnets[0].id CFG-VALUE"],
    ],
    [
      "a subnet outside the VPC",
      { privateSubnets: [{ ...privateA, cidr: "10.31.0.0/20" }, privateB] },
      ["privateSubnets[0].cidr VPC-07"],
    ],
    [
      "subnets that overlap",
      { publicSubnets: [subnet(9, "10.30.16.0/24", "a")] },
      // Classes are judged in the planner's order: the private subnet comes after the public one.
      ["privateSubnets[1].cidr VPC-07"],
    ],
    [
      "one subnet in two lists",
      { publicSubnets: [], loadBalancerSubnets: [privateA, subnet(5, "10.30.65.32/27", "b")] },
      ["privateSubnets[0].id VPC-07"],
    ],
    [
      "a subnet that is too small to be one",
      { loadBalancerSubnets: [subnet(4, "10.30.65.0/29", "a")] },
      ["loadBalancerSubnets[0].cidr VPC-01"],
    ],
    [
      "private subnets in one zone",
      { privateSubnets: [privateA, { ...privateB, zone: "eu-west-1a" }] },
      ["privateSubnets PRV-01"],
    ],
    [
      "two load-balancer subnets in a zone",
      { loadBalancerSubnets: [subnet(4, "10.30.65.0/27", "a"), subnet(5, "10.30.65.32/27", "a")] },
      ["loadBalancerSubnets[1] NLB-07"],
    ],
    [
      "two public subnets in a zone",
      { publicSubnets: [subnet(3, "10.30.64.0/24", "a"), subnet(9, "10.30.66.0/24", "a")] },
      ["publicSubnets[1] NLB-07"],
    ],
    ["a zone without pod subnet", { podSubnets: [subnet(6, "100.64.0.0/18", "a")] }, ["podSubnets CNI-01"]],
    [
      "two pod subnets in a zone",
      { podSubnets: [...base.podSubnets, subnet(8, "100.64.128.0/18", "b")] },
      ["podSubnets[2] CNI-01"],
    ],
    [
      "a zone's id in place of its name",
      { podSubnets: [...base.podSubnets, { id: id(8), cidr: "100.64.128.0/18", zone: "euw1-az3" }] },
      ["podSubnets[2].zone CNI-02"],
    ],
  ];
  for (const [says, changes, problems] of mistakes) {
    it(`is reported where it isn't fit: ${says}`, () => {
      const found = plan(changes).problems;
      assert.deepEqual(
        found.map(({ path, rule }) => `${path} ${rule}`),
        problems.map((problem) => `network.existing.${problem}`),
      );
      assert.ok(found.every(({ fix, message }) => fix !== "" && /^[a-z]/.test(message)));
    });
  }

  it("must have six addresses left in each private subnet", () => {
    const privateSubnets = [subnet(1, "10.30.0.0/28", "a"), subnet(2, "10.30.16.0/20", "b")];
    const at = (perZone: number) => plan({ privateSubnets }, [{ class: "private", perZone, for: "tasks" }]).problems;
    assert.deepEqual(at(5), []);
    const [problem, ...others] = at(6);
    assert.deepEqual(others, []);
    assert.equal(problem?.path, "network.existing.privateSubnets[0].cidr");
    assert.equal(problem.rule, "PRV-09");
    assert.equal(problem.fix, "use a subnet of /27 or larger");
  });
});
