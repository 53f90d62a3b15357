import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const zone = "topology.kubernetes.io/zone";
const of = (configuration: object) => ({
  addonName: "vpc-cni",
  configurationValues: JSON.stringify(configuration),
});
const custom = (label: string, subnet: string) =>
  of({
    env: { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true", ENI_CONFIG_LABEL_DEF: label },
    eniConfig: { create: true, subnets: { [subnet]: { id: "subnet-1" } } },
  });

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "custom networking", props: custom(zone, "ap-southeast-1a") },
    { name: "no custom networking", props: of({ env: { ENABLE_PREFIX_DELEGATION: "true" } }) },
  ],
  violation: [
    {
      name: "no strings",
      props: of({ env: { WARM_PREFIX_TARGET: 1, ENABLE_POD_ENI: false } }),
      at: ["configurationValues.env.WARM_PREFIX_TARGET", "configurationValues.env.ENABLE_POD_ENI"],
    },
    { name: "the default label", props: of({ env: { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true" } }) },
    { name: "ids of zones", props: custom(zone, "apse1-az1") },
    { name: "no JSON", props: { addonName: "vpc-cni", configurationValues: "env: {}" }, at: ["configurationValues"] },
  ],
  notApplicable: [
    { name: "another add-on", props: { addonName: "coredns", configurationValues: "{}" } },
    { name: "no configuration", props: { addonName: "vpc-cni" } },
  ],
  unknown: [{ name: "not known yet", props: { addonName: "vpc-cni", configurationValues: UNKNOWN } }],
};
