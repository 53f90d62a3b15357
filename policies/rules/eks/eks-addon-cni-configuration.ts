import { addon } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import type { Value } from "../../frame/value";
import { compliant, notApplicable, type Verdict, violation } from "../../frame/verdict";

const zoneLabel = "topology.kubernetes.io/zone";
const defaultLabel = "k8s.amazonaws.com/eniConfig";

export const rule = resourceRule({
  id: "eks-addon-cni-configuration",
  title: "The configuration of the vpc-cni add-on does what it seems to",
  severity: "high",
  controls: ["CNI-02", "CNI-05", "CNI-06"],
  description:
    "Its schema takes strings only. With custom networking, nodes find their ENIConfig by a label: that of the zone holds names of zones, and nothing sets the default one.",
  remediation: `Write values as strings, set ENI_CONFIG_LABEL_DEF to ${zoneLabel}, and name ENIConfigs as zones: eu-west-1a.`,
  url: "https://docs.aws.amazon.com/eks/latest/userguide/cni-custom-network-tutorial.html",
  types: [addon],
  judge: ({ props }) => {
    const values = props.at("configurationValues");
    if (props.at("addonName").string() !== "vpc-cni" || values.isMissing) {
      return notApplicable("is no vpc-cni add-on with a configuration");
    }
    const config = values.json();
    return typeof config.raw === "object" && config.raw !== null
      ? judgeConfiguration(config)
      : violation(values.path, "is no JSON object");
  },
});

function judgeConfiguration(config: Value): Verdict[] {
  const env = config.at("env");
  const verdicts = env
    .entries()
    .filter(([, value]) => typeof value.raw !== "string")
    .map(([, value]) => violation(value.path, "is no string"));
  if (env.at("AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG").boolean() !== true) {
    return [...verdicts, compliant];
  }
  const label = env.at("ENI_CONFIG_LABEL_DEF");
  if (label.isMissing || label.string() === defaultLabel) {
    verdicts.push(violation(label.path, `is not ${zoneLabel}: no node has the default label`));
  }
  if (label.string() === zoneLabel) {
    const byId = config
      .at("eniConfig")
      .at("subnets")
      .entries()
      .filter(([name]) => /^[a-z]+\d-[a-z0-9-]*az\d+$/.test(name));
    verdicts.push(...byId.map(([, subnet]) => violation(subnet.path, "is named by a zone's id, not by its name")));
  }
  return [...verdicts, compliant];
}
