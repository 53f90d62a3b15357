import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const cni = {
  name: "cni",
  type: "aws:eks/addon:Addon",
  props: { addonName: "vpc-cni", clusterName: "one" },
};
const group = { name: "group", type: "aws:eks/nodeGroup:NodeGroup", props: { clusterName: "one" } };
const cluster = { name: "cluster", type: "aws:eks/cluster:Cluster" };
const later = { props: { clusterName: UNKNOWN }, refs: { clusterName: "cluster" } };

export const cases: Cases<StackCase> = {
  pass: [
    { name: "waits", resources: [cni, { ...group, dependsOn: ["cni"] }] },
    {
      name: "its component waits",
      resources: [
        cni,
        { name: "component", type: "eks:index:ManagedNodeGroup", dependsOn: ["cni"] },
        { ...group, parent: "component" },
      ],
    },
  ],
  violation: [
    { name: "does not wait", resources: [cni, group], at: [""] },
    {
      name: "does not wait, in a preview",
      resources: [cluster, { ...cni, ...later, props: { ...cni.props, clusterName: UNKNOWN } }, { ...group, ...later }],
    },
  ],
  notApplicable: [
    { name: "no such add-on", resources: [{ ...cni, props: { addonName: "coredns", clusterName: "one" } }, group] },
    { name: "another cluster's", resources: [{ ...cni, props: { addonName: "vpc-cni", clusterName: "two" } }, group] },
  ],
  unknown: [{ name: "a cluster that can't be told", resources: [cni, { ...group, props: { clusterName: UNKNOWN } }] }],
};
