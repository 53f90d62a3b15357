import type { Cases, StackCase } from "../frame/cases";
import { UNKNOWN } from "../frame/value";
import { vpcEndpoint } from "./endpoint";

/** The cases of a rule that wants an interface endpoint for a service in every VPC. */
export function endpointCases(service: string): Cases<StackCase> {
  const network = { name: "network", type: "aws:ec2/vpc:Vpc", props: { id: UNKNOWN } };
  const endpoint = {
    name: "endpoint",
    type: vpcEndpoint,
    props: { vpcId: UNKNOWN, vpcEndpointType: "Interface", serviceName: `com.amazonaws.eu-west-1.${service}` },
    refs: { vpcId: "network" },
  };
  return {
    pass: [
      { name: "has one", resources: [network, endpoint] },
      {
        name: "has one in China",
        resources: [
          network,
          { ...endpoint, props: { ...endpoint.props, serviceName: `cn.com.amazonaws.cn-north-1.${service}` } },
        ],
      },
    ],
    violation: [
      { name: "has none", resources: [network], at: [""] },
      {
        name: "has one of another service",
        resources: [network, { ...endpoint, props: { ...endpoint.props, serviceName: "com.amazonaws.eu-west-1.kms" } }],
      },
    ],
    notApplicable: service.startsWith("ssm-")
      ? [{ name: "where the service is not offered", region: "cn-north-1", resources: [network] }]
      : "the control asks it of every VPC",
    unknown: [
      {
        name: "a service that is not known yet",
        resources: [network, { ...endpoint, props: { ...endpoint.props, serviceName: UNKNOWN } }],
      },
      { name: "a VPC that can't be told", resources: [network, { ...endpoint, refs: {} }] },
    ],
  };
}
