import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const arn = "arn:aws:iam::111122223333:role/dev";
const entry = { name: "entry", type: "aws:eks/accessEntry:AccessEntry", props: { principalArn: arn } };
const association = {
  name: "association",
  type: "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
  props: { principalArn: arn },
};
const role = { name: "role", type: "aws:iam/role:Role" };
const made = { props: { principalArn: UNKNOWN }, refs: { principalArn: "role" } };

export const cases: Cases<StackCase> = {
  pass: [
    { name: "a policy", resources: [entry, association] },
    { name: "a group", resources: [{ ...entry, props: { principalArn: arn, kubernetesGroups: ["dev"] } }] },
    { name: "of a role that will be", resources: [role, { ...entry, ...made }, { ...association, ...made }] },
  ],
  violation: [
    { name: "nothing", resources: [entry], at: [""] },
    {
      name: "nothing, in a preview",
      resources: [role, { ...entry, props: { principalArn: UNKNOWN, kubernetesGroups: UNKNOWN }, refs: made.refs }],
    },
    { name: "a policy of another", resources: [entry, { ...association, props: { principalArn: `${arn}-2` } }] },
  ],
  notApplicable: [{ name: "nodes", resources: [{ ...entry, props: { principalArn: arn, type: "EC2_LINUX" } }] }],
  unknown: [
    {
      name: "groups made of something not known yet",
      resources: [
        role,
        { ...entry, props: { principalArn: arn, kubernetesGroups: UNKNOWN }, refs: { kubernetesGroups: "role" } },
      ],
    },
    { name: "a principal not known yet", resources: [entry, { ...association, ...made }, role] },
  ],
};
