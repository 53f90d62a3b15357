import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "an id not known yet",
      region: "cn-north-1",
      type: "aws:ec2/natGateway:NatGateway",
      props: { subnetId: UNKNOWN },
    },
    {
      name: "of China",
      region: "cn-north-1",
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      props: { policyArn: "arn:aws-cn:iam::aws:policy/AmazonEKSClusterPolicy" },
    },
    { name: "no ARN", region: "cn-north-1", type: "aws:ec2/vpc:Vpc", props: { cidrBlock: "10.0.0.0/16" } },
    {
      name: "any partition, by pattern",
      region: "cn-north-1",
      type: "aws:iam/policy:Policy",
      props: { policy: '{"Statement":[{"Resource":"arn:*:s3:::bucket"}]}' },
    },
  ],
  violation: [
    {
      name: "of the global partition",
      region: "cn-north-1",
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      props: { policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy" },
      at: ["policyArn"],
    },
    {
      name: "inside JSON in a string, next to something not known yet",
      region: "cn-north-1",
      type: "aws:iam/policy:Policy",
      props: { name: UNKNOWN, policy: '{"Statement":[{"Resource":["*","arn:aws:s3:::bucket"]}]}' },
      at: ["policy.Statement[0].Resource[1]"],
    },
    {
      name: "of China, by the provider's region",
      provider: { region: "eu-west-1" },
      type: "aws:iam/policy:Policy",
      props: { policy: { a: ["x arn:aws-cn:s3:::bucket"] } },
      at: ["policy.a[0]"],
    },
    {
      name: "in a Kubernetes object of a stack in China",
      region: "cn-north-1",
      type: "kubernetes:core/v1:ServiceAccount",
      props: { metadata: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/a" } } },
    },
  ],
  notApplicable: [
    {
      name: "no region",
      type: "kubernetes:core/v1:ConfigMap",
      props: { data: { a: "arn:aws:iam::123456789012:role/a" } },
    },
  ],
  unknown: [
    {
      name: "a property is not known yet",
      region: "cn-north-1",
      type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      props: { policyArn: UNKNOWN },
    },
    { name: "the region is not known yet", provider: { region: UNKNOWN }, type: "aws:ec2/vpc:Vpc", props: {} },
  ],
};
