import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "another policy",
      props: { role: "nodes", policyArn: "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy" },
    },
  ],
  violation: [
    { name: "attached", props: { policyArn: "arn:aws-cn:iam::aws:policy/AdministratorAccess" }, at: ["policyArn"] },
    {
      name: "listed in the role",
      type: "aws:iam/role:Role",
      props: { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
      at: ["managedPolicyArns[0]"],
    },
  ],
  notApplicable: "every attachment names a policy",
  unknown: [{ name: "not known yet", props: { policyArn: UNKNOWN } }],
};
