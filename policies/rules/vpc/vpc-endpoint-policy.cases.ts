import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const everything = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*" };

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "for principals of the account",
      props: {
        policy: JSON.stringify({
          Statement: { ...everything, Condition: { StringEquals: { "aws:PrincipalAccount": "123456789012" } } },
        }),
      },
    },
    { name: "for some actions", props: { policy: { Statement: [{ ...everything, Action: ["s3:GetObject"] }] } } },
  ],
  violation: [
    { name: "the default", props: { vpcEndpointType: "Interface" }, at: ["policy"] },
    { name: "everything", props: { policy: JSON.stringify({ Statement: [everything] }) }, at: ["policy.Statement[0]"] },
  ],
  notApplicable: [{ name: "a gateway load balancer's", props: { vpcEndpointType: "GatewayLoadBalancer" } }],
  unknown: [{ name: "not known yet", props: { policy: UNKNOWN } }],
};
