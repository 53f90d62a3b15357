import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";
import { ingressRule } from "../../ec2/security-group";

export const cases: Cases<ResourceCase> = {
  pass: [
    {
      name: "group and rule are described",
      props: { description: "VPC endpoints", ingress: [{ description: "HTTPS from the VPC" }] },
    },
    { name: "a described rule", type: ingressRule, props: { description: "HTTPS from the VPC" } },
  ],
  violation: [
    {
      name: "the provider's default",
      props: { description: "Managed by Pulumi", egress: [{ protocol: "-1" }] },
      at: ["description", "egress[0].description"],
    },
    { name: "a rule without", type: ingressRule, props: {}, at: ["description"] },
  ],
  notApplicable: "every type that it looks at has a description or rules with one",
  unknown: [
    { name: "description not known yet", props: { description: UNKNOWN } },
    { name: "rules not known yet", props: { description: "VPC endpoints", ingress: UNKNOWN } },
  ],
};
