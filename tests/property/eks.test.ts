import assert from "node:assert/strict";
import fc from "fast-check";
import { accessPolicies } from "../../components/eks/access-policies";
import { planAccess } from "../../components/eks/access-plan";
import { nodeConfigUserData } from "../../components/eks/node-config";
import { cniConfiguration } from "../../components/eks/pod-networking";

const principal = fc
  .tuple(fc.constantFrom("user", "role"), fc.constantFrom("ann", "bob", "team/dev"), fc.constantFrom("1", "2"))
  .map(([kind, name, digit]) => `arn:aws:iam::${digit.repeat(12)}:${kind}/${name}`);
const grant = fc.record({
  principal,
  policy: fc.constantFrom(...Object.keys(accessPolicies)),
  namespaces: fc.option(fc.uniqueArray(fc.constantFrom<string>("shop", "web", "ops"), { minLength: 1 })),
});
const accessArgs = fc.record({
  admins: fc.array(principal, { maxLength: 4 }),
  access: fc.array(grant, { maxLength: 12 }),
});

describe("any access", () => {
  it("has one entry a principal, each policy once in it, and no entry without any", () => {
    fc.assert(
      fc.property(accessArgs, (args) => {
        const { entries } = planAccess(args, "aws");
        const wanted = new Set([...args.admins, ...args.access.map((one) => one.principal)]);
        assert.deepEqual(new Set(entries.map(({ principalArn }) => principalArn)), wanted);
        assert.equal(entries.length, wanted.size);
        assert.equal(new Set(entries.map(({ name }) => name)).size, wanted.size);
        for (const { associations } of entries) {
          assert.ok(associations.length > 0);
          assert.equal(new Set(associations.map(({ policyArn }) => policyArn)).size, associations.length);
        }
      }),
    );
  });

  it("gives everybody what was granted, and nobody anything else", () => {
    fc.assert(
      fc.property(accessArgs, fc.constantFrom("shop", "web", "ops", "other"), (args, namespace) => {
        const { entries } = planAccess(args, "aws");
        const has = new Set(
          entries.flatMap(({ principalArn, associations }) =>
            associations
              .filter(({ scope }) => scope.type === "cluster" || scope.namespaces.includes(namespace))
              .map(({ policy }) => `${principalArn} ${policy}`),
          ),
        );
        const granted = new Set([
          ...args.admins.map((admin) => `${admin} clusterAdmin`),
          ...args.access
            .filter(({ namespaces }) => namespaces === null || namespaces.includes(namespace))
            .map((one) => `${one.principal} ${one.policy}`),
        ]);
        assert.deepEqual(has, granted);
      }),
    );
  });

  it("never has a namespaced scope without namespaces, nor a cluster's with some (IAM-07)", () => {
    fc.assert(
      fc.property(accessArgs, (args) => {
        for (const { scope } of planAccess(args, "aws").entries.flatMap(({ associations }) => associations)) {
          if (scope.type === "namespace") assert.ok(scope.namespaces.length > 0);
          else assert.ok(!("namespaces" in scope));
        }
      }),
    );
  });
});

describe("any configuration of the CNI", () => {
  const args = fc.record({
    externalSnat: fc.boolean(),
    prefixDelegation: fc.boolean(),
    securityGroupsForPods: fc.constantFrom("off" as const, "strict" as const, "standard" as const),
  });
  const subnets = fc.dictionary(fc.constantFrom("eu-west-1a", "eu-west-1b", "eu-west-1c"), fc.constant("subnet-1"), {
    minKeys: 1,
    noNullPrototype: true,
  });

  it("has as many ENIConfigs as zones, each with one security group, and only strings in its environment", () => {
    fc.assert(
      fc.property(args, subnets, (podNetworking, subnetIds) => {
        const { env, eniConfig } = cniConfiguration(podNetworking, {
          region: "eu-west-1",
          subnetIds,
          securityGroupId: "sg-1",
        });
        assert.ok(Object.values(env).every((value) => typeof value === "string"));
        assert.ok("subnets" in eniConfig);
        assert.deepEqual(Object.keys(eniConfig.subnets), Object.keys(subnetIds));
        for (const { securityGroups } of Object.values<{ securityGroups: string[] }>(eniConfig.subnets)) {
          assert.deepEqual(securityGroups, ["sg-1"]);
        }
      }),
    );
  });
});

describe("any node configuration", () => {
  it("says the number of pods once as a setting, and as a flag only when it is below EKS's", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 737 }), fc.boolean(), (maxPods, belowComputed) => {
        const text = nodeConfigUserData({ maxPods, belowComputed, ownSubnets: true, prefixDelegation: false });
        assert.equal(text.split(`maxPods: ${maxPods}\n`).length, 2);
        assert.equal(text.includes(`--max-pods=${maxPods}\n`), belowComputed);
      }),
    );
  });
});
