import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "in China",
      region: "cn-north-1",
      props: { vpcEndpointType: "Interface", serviceName: "cn.com.amazonaws.cn-north-1.ecr.dkr" },
    },
    {
      name: "in China, a plain one",
      region: "cn-north-1",
      props: { vpcEndpointType: "Interface", serviceName: "com.amazonaws.cn-north-1.logs" },
    },
    {
      name: "in China, a gateway",
      region: "cn-north-1",
      props: { vpcEndpointType: "Gateway", serviceName: "com.amazonaws.cn-north-1.s3" },
    },
    {
      name: "elsewhere",
      region: "eu-west-1",
      props: { vpcEndpointType: "Interface", serviceName: "com.amazonaws.eu-west-1.ec2" },
    },
  ],
  violation: [
    {
      name: "without cn.",
      region: "cn-north-1",
      props: { vpcEndpointType: "Interface", serviceName: "com.amazonaws.cn-north-1.ec2" },
      at: ["serviceName"],
    },
    {
      name: "with cn. where there is none",
      region: "cn-north-1",
      props: { vpcEndpointType: "Interface", serviceName: "cn.com.amazonaws.cn-north-1.kms" },
    },
    {
      name: "with cn. elsewhere",
      region: "eu-west-1",
      props: { vpcEndpointType: "Interface", serviceName: "cn.com.amazonaws.eu-west-1.ec2" },
    },
  ],
  notApplicable: [
    {
      name: "a service of one's own",
      region: "cn-north-1",
      props: { serviceName: "com.example.vpce-svc-0123456789abcdef0" },
    },
    {
      name: "a service not in the table",
      region: "cn-north-1",
      props: { vpcEndpointType: "Interface", serviceName: "com.amazonaws.cn-north-1.newservice" },
    },
  ],
  unknown: [{ name: "not known yet", region: "cn-north-1", props: { serviceName: UNKNOWN } }],
};
