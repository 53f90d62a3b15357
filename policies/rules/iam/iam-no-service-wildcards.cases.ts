import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "part of a service",
      props: { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["ec2:Describe*"], Resource: "*" }] }) },
    },
    { name: "a service denied", props: { policy: { Statement: { Effect: "Deny", Action: "ec2:*", Resource: "*" } } } },
  ],
  violation: [
    {
      name: "a whole service, in capitals",
      props: { policy: JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["EC2:*"], Resource: "*" }] }) },
      at: ["policy.Statement[0]"],
    },
    {
      name: "all but some",
      props: { policy: { Statement: [{ Effect: "Allow", NotAction: "iam:*", Resource: "*" }] } },
    },
  ],
  notApplicable: "every document either does or does not",
  unknown: [
    {
      name: "actions not known yet",
      props: { policy: { Statement: [{ Effect: "Allow", Action: UNKNOWN, Resource: "*" }] } },
    },
  ],
};
