import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const template = { name: "template", type: "aws:ec2/launchTemplate:LaunchTemplate", props: {} };
const group = {
  name: "group",
  type: "aws:eks/nodeGroup:NodeGroup",
  props: { launchTemplate: { id: UNKNOWN, version: UNKNOWN }, instanceTypes: ["m7g.large"] },
  refs: { launchTemplate: "template" },
};
const having = (props: Record<string, unknown>) => [{ ...template, props }, group];

export const cases: Cases<StackCase> = {
  pass: [{ name: "a disk only", resources: having({ blockDeviceMappings: [{ ebs: { volumeSize: 50 } }] }) }],
  violation: [
    { name: "types in both", resources: having({ instanceType: "m7g.large" }), at: ["launchTemplate"] },
    { name: "a profile", resources: having({ iamInstanceProfile: { name: "nodes" } }) },
    { name: "a subnet", resources: having({ networkInterfaces: [{ subnetId: "subnet-1" }] }) },
  ],
  notApplicable: [{ name: "no template", resources: [{ ...group, props: {}, refs: {} }] }],
  unknown: [
    { name: "a template that can't be told", resources: [{ ...group, refs: {} }] },
    { name: "its type not known yet", resources: having({ instanceType: UNKNOWN }) },
  ],
};
