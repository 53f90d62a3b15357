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
      name: "with .cn",
      region: "cn-north-1",
      type: "aws:ecs/taskDefinition:TaskDefinition",
      props: { image: "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app:1" },
    },
    {
      name: "a service principal",
      region: "cn-north-1",
      type: "aws:iam/role:Role",
      props: { assumeRolePolicy: '{"Statement":{"Principal":{"Service":"eks.amazonaws.com"}}}' },
    },
    {
      name: "an endpoint service's name",
      region: "cn-north-1",
      type: "aws:ec2/vpcEndpoint:VpcEndpoint",
      props: { serviceName: "com.amazonaws.cn-north-1.s3" },
    },
  ],
  violation: [
    {
      name: "a registry",
      region: "cn-north-1",
      type: "aws:ecs/taskDefinition:TaskDefinition",
      props: { image: "123456789012.dkr.ecr.cn-north-1.amazonaws.com/app:1" },
      at: ["image"],
    },
    {
      name: "a principal with the region in it, inside JSON",
      provider: { region: "cn-northwest-1" },
      type: "aws:kms/key:Key",
      props: { policy: '{"Statement":{"Principal":{"Service":"logs.cn-northwest-1.amazonaws.com"}}}' },
      at: ["policy.Statement.Principal.Service"],
    },
  ],
  notApplicable: [{ name: "elsewhere", region: "eu-west-1", type: "aws:ec2/vpc:Vpc", props: {} }],
  unknown: [
    { name: "not known yet", region: "cn-north-1", type: "aws:ec2/vpc:Vpc", props: { tags: { name: UNKNOWN } } },
  ],
};
