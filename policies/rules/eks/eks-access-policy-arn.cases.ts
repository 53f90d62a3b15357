import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
const region = "eu-west-1";

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "of the cluster", props: { policyArn, accessScope: { type: "cluster" } }, region },
    { name: "of a namespace", props: { policyArn, accessScope: { type: "namespace", namespaces: ["shop"] } } },
  ],
  violation: [
    {
      name: "an IAM policy",
      props: { policyArn: "arn:aws:iam::aws:policy/AdministratorAccess", accessScope: { type: "cluster" } },
      at: ["policyArn"],
    },
    { name: "another partition", props: { policyArn, accessScope: { type: "cluster" } }, region: "cn-north-1" },
    {
      name: "no namespace",
      props: { policyArn, accessScope: { type: "namespace" } },
      at: ["accessScope.namespaces"],
    },
    { name: "a namespace too many", props: { policyArn, accessScope: { type: "cluster", namespaces: ["shop"] } } },
    { name: "no scope", props: { policyArn } },
  ],
  notApplicable: "every association has a policy and a scope",
  unknown: [{ name: "not known yet", props: { policyArn: UNKNOWN, accessScope: { type: "cluster" } } }],
};
