import assert from "node:assert/strict";
import {
  architectureByName,
  architectureOf,
  type InstanceType,
  instanceType,
  instanceTypeNames,
  kubernetesArchitecture,
} from "../../components/aws/instances";

const everyType = instanceTypeNames.map((name) => instanceType(name) as InstanceType);

describe("the table of instance types", () => {
  it("is whole: 1,395 types, 418 of them Graviton and 9 Macs", () => {
    assert.equal(everyType.length, 1395);
    assert.equal(everyType.filter(({ arch, mac }) => arch === "arm64" && !mac).length, 418);
    assert.equal(everyType.filter(({ arch, mac }) => arch === "x86_64" && !mac).length, 968);
    assert.equal(everyType.filter(({ mac }) => mac).length, 9);
  });

  it("has plausible numbers for every type", () => {
    for (const type of everyType) {
      assert.match(type.name, /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/);
      assert.ok(["arm64", "x86_64"].includes(type.arch), type.name);
      for (const value of [type.vcpu, type.memoryMiB, type.enis, type.ipv4PerEni, type.enisOfAllCards]) {
        assert.ok(Number.isInteger(value) && value > 0, `${type.name}: ${value}`);
      }
      assert.ok(type.memoryMiB >= 512 && type.vcpu <= 1920 && type.enis <= 24, type.name);
      assert.ok(type.enis <= type.enisOfAllCards, type.name);
      assert.ok(type.ipv4PerEni >= 2, `${type.name} would have no address for pods`);
    }
  });

  it("calls bare metal what is sold as such", () => {
    for (const { name, bareMetal } of everyType) {
      assert.equal(bareMetal, /\.metal(-|$)/.test(name), name);
    }
  });

  /** Limits, and the pods of a node without custom networking: interfaces × (addresses − 1) + 2. */
  const limits: [names: string, vcpu: number, enis: number, ipv4PerEni: number, pods: number][] = [
    ["t3.medium t4g.medium", 2, 3, 6, 17],
    ["t3.large t4g.large", 2, 3, 12, 35],
    ["m5.large m6g.large c6g.large", 2, 3, 10, 29],
    ["t3.xlarge t4g.xlarge m5.xlarge m6g.xlarge m6i.xlarge m7g.xlarge", 4, 4, 15, 58],
    ["t3.2xlarge m6g.2xlarge m6i.2xlarge", 8, 4, 15, 58],
    ["m5.4xlarge", 16, 8, 30, 234],
    ["m5.8xlarge", 32, 8, 30, 234],
  ];
  for (const [names, vcpu, enis, ipv4PerEni, pods] of limits) {
    it(`${names}: ${vcpu} vCPU, ${enis} interfaces of ${ipv4PerEni} addresses, so ${pods} pods by default`, () => {
      for (const name of names.split(" ")) {
        const type = instanceType(name) as InstanceType;
        assert.deepEqual([type.vcpu, type.enis, type.ipv4PerEni, type.nitro], [vcpu, enis, ipv4PerEni, true], name);
        assert.equal(type.enis * (type.ipv4PerEni - 1) + 2, pods);
      }
    });
  }

  it("counts only the default network card's interfaces for pods", () => {
    const type = instanceType("trn2u.48xlarge");
    assert.deepEqual([type?.enis, type?.enisOfAllCards], [2, 32]);
  });

  it("says which types can't have prefixes: Xen, but neither Nitro nor bare metal", () => {
    assert.equal(instanceType("m4.large")?.nitro, false);
    assert.equal(instanceType("t2.micro")?.nitro, false);
    assert.equal(instanceType("m5.large")?.nitro, true);
    assert.equal(instanceType("m5.metal")?.nitro, true);
    assert.equal(everyType.filter(({ nitro }) => !nitro).length, 74);
  });

  it("gives memory in MiB", () => {
    assert.equal(instanceType("m7g.xlarge")?.memoryMiB, 16 * 1024);
  });

  for (const name of ["m7g", "m7g.huge", "M7G.XLARGE", "", "toString", "constructor"]) {
    it(`doesn't know ${JSON.stringify(name)}`, () => {
      assert.equal(instanceType(name), undefined);
    });
  }
});

describe("the architecture of an instance type", () => {
  it("agrees with the table for every type", () => {
    for (const { name, arch } of everyType) {
      assert.equal(architectureOf(name), arch, name);
    }
  });

  it("can be told by every known type's name alone", () => {
    const disagreements = everyType.filter(({ name, arch }) => architectureByName(name) !== arch);
    assert.deepEqual(disagreements, []);
  });

  for (const name of ["m12g.large", "c10gd.xlarge", "x9gen.4xlarge", "is5gen.medium", "hpc9g.16xlarge", "g7g.xlarge"]) {
    it(`of ${name}, newer than the table, is arm64`, () => {
      assert.equal(instanceType(name), undefined);
      assert.equal(architectureOf(name), "arm64");
    });
  }

  for (const name of [
    "m12i.large",
    "g9.xlarge",
    "g8dn.metal",
    "gr9.4xlarge",
    "m12a-flex.large",
    "u9in-64tb.448xlarge",
  ]) {
    it(`of ${name}, newer than the table, is x86_64: a g before the digit means graphics`, () => {
      assert.equal(instanceType(name), undefined);
      assert.equal(architectureOf(name), "x86_64");
    });
  }

  for (const text of ["", "m7g", "graviton", "large", "nano.large", "7mg.large", "m7g.", "m7g.large ", "M7G.large"]) {
    it(`of ${JSON.stringify(text)} is nothing: no type is called so`, () => {
      assert.equal(architectureOf(text), undefined);
    });
  }

  it("is spelt amd64 by Kubernetes where EC2 says x86_64", () => {
    assert.equal(kubernetesArchitecture("x86_64"), "amd64");
    assert.equal(kubernetesArchitecture("arm64"), "arm64");
  });
});
