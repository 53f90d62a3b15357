import assert from "node:assert/strict";
import { accessPolicies } from "../../components/eks/access-policies";
import { planAccess } from "../../components/eks/access-plan";

const admin = "arn:aws:iam::123456789012:role/platform-admin";
const ann = "arn:aws:iam::123456789012:user/ann";

describe("access to a cluster", () => {
  it("gives an administrator one entry with EKS's policy for the whole cluster", () => {
    const { entries, problems } = planAccess({ admins: [admin], access: [] }, "aws");
    assert.deepEqual(problems, []);
    assert.deepEqual(entries, [
      {
        name: "123456789012/role/platform-admin",
        principalArn: admin,
        associations: [
          {
            policy: "clusterAdmin",
            policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
            scope: { type: "cluster" },
          },
        ],
      },
    ]);
  });

  it("limits a grant to its namespaces", () => {
    const access = [{ principal: ann, policy: "view", namespaces: ["shop", "web"] }];
    const { entries } = planAccess({ admins: [admin], access }, "aws");
    assert.deepEqual(entries[1]?.associations[0]?.scope, { type: "namespace", namespaces: ["shop", "web"] });
  });

  it("gives a principal with several policies one entry (IAM-08)", () => {
    const access = [
      { principal: ann, policy: "view", namespaces: null },
      { principal: ann, policy: "edit", namespaces: ["shop"] },
    ];
    const { entries } = planAccess({ admins: [admin], access }, "aws");
    assert.deepEqual(
      entries.map(({ principalArn, associations }) => [principalArn, associations.map(({ policy }) => policy)]),
      [
        [admin, ["clusterAdmin"]],
        [ann, ["view", "edit"]],
      ],
    );
  });

  it("never associates one policy twice with a principal (IAM-08)", () => {
    const access = [
      { principal: ann, policy: "view", namespaces: ["shop"] },
      { principal: ann, policy: "view", namespaces: ["web", "shop"] },
      { principal: admin, policy: "view", namespaces: ["shop"] },
      { principal: admin, policy: "view", namespaces: null },
    ];
    const { entries } = planAccess({ admins: [], access }, "aws");
    assert.deepEqual(
      entries.map(({ associations }) => associations.map(({ scope }) => scope)),
      [[{ type: "namespace", namespaces: ["shop", "web"] }], [{ type: "cluster" }]],
    );
  });

  it("takes principals of other accounts, and tells them apart by account, kind and path", () => {
    const principals = [
      "arn:aws:iam::123456789012:role/dev",
      "arn:aws:iam::210987654321:role/dev",
      "arn:aws:iam::123456789012:user/dev",
      "arn:aws:iam::123456789012:role/team/dev",
    ];
    const { entries } = planAccess({ admins: principals, access: [] }, "aws");
    assert.equal(new Set(entries.map(({ name }) => name)).size, 4);
  });

  it("keeps an entry's name whatever comes before it in the config", () => {
    const alone = planAccess({ admins: [ann], access: [] }, "aws").entries[0]?.name;
    const second = planAccess({ admins: [admin, ann], access: [] }, "aws").entries[1]?.name;
    assert.equal(alone, second);
  });

  it("spells policies in the stack's partition (IAM-03)", () => {
    const chinese = "arn:aws-cn:iam::123456789012:role/platform-admin";
    const { entries } = planAccess({ admins: [chinese], access: [] }, "aws-cn");
    assert.equal(
      entries[0]?.associations[0]?.policyArn,
      "arn:aws-cn:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
    );
  });

  it("makes no entry that grants nothing (IAM-17)", () => {
    const access = [{ principal: ann, policy: "superuser", namespaces: null }];
    assert.deepEqual(planAccess({ admins: [admin], access }, "aws").entries.length, 1);
  });

  it("finds access for others without any administrator a mistake (IAM-11)", () => {
    const access = [{ principal: ann, policy: "view", namespaces: null }];
    const [problem, ...others] = planAccess({ admins: [], access }, "aws").problems;
    assert.deepEqual(others, []);
    assert.equal(problem?.rule, "IAM-11");
    assert.equal(problem?.path, "eks.admins");
  });

  it("doesn't take an administrator of namespaces for one of the cluster (IAM-11)", () => {
    const access = [{ principal: ann, policy: "clusterAdmin", namespaces: ["shop"] }];
    assert.deepEqual(
      planAccess({ admins: [], access }, "aws").problems.map(({ rule }) => rule),
      ["IAM-11"],
    );
  });

  it("takes clusterAdmin in the finer grants for an administrator", () => {
    const access = [{ principal: ann, policy: "clusterAdmin", namespaces: null }];
    assert.deepEqual(planAccess({ admins: [], access }, "aws").problems, []);
  });

  it("finds nothing wrong with a config that names nobody", () => {
    assert.deepEqual(planAccess({ admins: [], access: [] }, "aws"), { entries: [], problems: [] });
  });

  it("knows EKS's five policies for people", () => {
    assert.deepEqual(Object.values(accessPolicies).sort(), [
      "AmazonEKSAdminPolicy",
      "AmazonEKSAdminViewPolicy",
      "AmazonEKSClusterAdminPolicy",
      "AmazonEKSEditPolicy",
      "AmazonEKSViewPolicy",
    ]);
  });
});
