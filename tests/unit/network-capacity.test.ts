import assert from "node:assert/strict";
import { type InstanceType, instanceType, instanceTypeNames } from "../../components/aws/instances";
import { hasRoom, maxPods, podAddressesPerNode, podLimit } from "../../components/network/capacity";

const known = (name: string): InstanceType => {
  const type = instanceType(name);
  assert.ok(type, name);
  return type;
};
const shared = { customNetworking: false, prefixDelegation: false };
const custom = { customNetworking: true, prefixDelegation: false };
const prefixes = { customNetworking: true, prefixDelegation: true };

describe("pods a node", () => {
  type Row = [vcpu: number, enis: number, ips: number, ...limits: [number, number, number, number, number, number]];
  const table: [types: string, row: Row][] = [
    ["t3.medium t4g.medium", [2, 3, 6, 17, 17, 12, 12, 162, 110]],
    ["t3.large t4g.large", [2, 3, 12, 35, 35, 24, 24, 354, 110]],
    ["m5.large m6g.large c6g.large", [2, 3, 10, 29, 29, 20, 20, 290, 110]],
    ["t3.xlarge t4g.xlarge m5.xlarge m6g.xlarge m6i.xlarge m7g.xlarge", [4, 4, 15, 58, 58, 44, 44, 674, 110]],
    ["t3.2xlarge m6g.2xlarge m6i.2xlarge", [8, 4, 15, 58, 58, 44, 44, 674, 110]],
    ["m5.4xlarge", [16, 8, 30, 234, 110, 205, 110, 3250, 110]],
    ["m5.8xlarge", [32, 8, 30, 234, 234, 205, 205, 3250, 250]],
  ];
  for (const [names, row] of table) {
    for (const name of names.split(" ")) {
      it(`of ${name} are as AWS's limits give them, without and with a managed node group's cap`, () => {
        const type = known(name);
        const limits = [shared, custom, prefixes].flatMap((mode) => [podLimit(type, mode), maxPods(type, mode)]);
        assert.deepEqual([type.vcpu, type.enis, type.ipv4PerEni, ...limits], row);
      });
    }
  }

  it("are 110 at most below and at 30 vCPUs, 250 above, of every known type", () => {
    for (const name of instanceTypeNames) {
      const type = known(name);
      for (const mode of [shared, custom, prefixes, { customNetworking: false, prefixDelegation: true }]) {
        const cap = type.vcpu > 30 ? 250 : 110;
        assert.equal(maxPods(type, mode), Math.min(podLimit(type, mode), cap), name);
      }
    }
    assert.equal(maxPods({ vcpu: 30, enis: 8, ipv4PerEni: 30 }, shared), 110);
  });

  it("are fewer with subnets of their own by those of one network interface, of every known type", () => {
    for (const name of instanceTypeNames) {
      const type = known(name);
      assert.equal(podLimit(type, shared) - podLimit(type, custom), type.ipv4PerEni - 1, name);
    }
  });
});

describe("addresses a node takes of the pod subnets", () => {
  it("are all of its interfaces but the first one", () => {
    assert.deepEqual(podAddressesPerNode(known("m6g.2xlarge"), custom, 44), { singles: 45, prefixes: 0 });
    assert.deepEqual(podAddressesPerNode(known("m6g.2xlarge"), shared, 58), { singles: 60, prefixes: 0 });
  });

  it("are prefixes for its pods, a warm one, and an address for each interface that holds them", () => {
    // 108 pods with an address of their own: seven prefixes and the warm one, on one interface of fourteen places.
    assert.deepEqual(podAddressesPerNode(known("m6g.2xlarge"), prefixes, 110), { singles: 1, prefixes: 8 });
    // An interface of t3.medium holds five prefixes: eight are on two.
    assert.deepEqual(podAddressesPerNode(known("t3.medium"), prefixes, 110), { singles: 2, prefixes: 8 });
  });

  it("are no more prefixes than it has places for", () => {
    assert.deepEqual(podAddressesPerNode(known("t3.micro"), prefixes, 18), { singles: 1, prefixes: 1 });
  });
});

describe("room in a subnet", () => {
  it("is its usable addresses: 3 nodes of m6g.2xlarge in a /24, not 6", () => {
    assert.ok(hasRoom(251, { singles: 3 * 45, prefixes: 0 }));
    assert.ok(!hasRoom(251, { singles: 6 * 45, prefixes: 0 }));
    assert.ok(hasRoom(251, { singles: 251, prefixes: 0 }));
    assert.ok(!hasRoom(251, { singles: 252, prefixes: 0 }));
  });

  it("for prefixes is every /28 but the first and the last, in which AWS has addresses of its own", () => {
    assert.ok(hasRoom(251, { singles: 0, prefixes: 14 }));
    assert.ok(!hasRoom(251, { singles: 0, prefixes: 15 }));
    assert.ok(hasRoom(251, { singles: 27, prefixes: 14 }), "single addresses go where no prefix can");
    assert.ok(!hasRoom(251, { singles: 28, prefixes: 14 }));
    assert.ok(!hasRoom(11, { singles: 0, prefixes: 1 }), "a /28 has none");
  });
});
