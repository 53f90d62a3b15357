import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const network = { name: "network", type: "aws:ec2/vpc:Vpc", props: { id: UNKNOWN } };
const group = { name: "default", type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", props: { vpcId: UNKNOWN } };

export const cases: Cases<StackCase> = {
  pass: [{ name: "adopted", resources: [network, { ...group, refs: { vpcId: "network" } }] }],
  violation: [{ name: "left to AWS", resources: [network], at: [""] }],
  notApplicable: "every VPC has a default security group",
  unknown: [{ name: "a group whose VPC can't be told", resources: [network, group] }],
};
