import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "for pods only", props: { tags: { SubnetClass: "pod", "kubernetes.io/role/cni": "1" } } }],
  violation: [
    {
      name: "for pods and internal load balancers",
      props: { tags: { "kubernetes.io/role/cni": "1", "kubernetes.io/role/internal-elb": "1" } },
      at: ['tags["kubernetes.io/role/internal-elb"]'],
    },
    { name: "by our tag", props: { tags: { SubnetClass: "pod", "kubernetes.io/role/elb": "1" } } },
  ],
  notApplicable: [
    { name: "a private subnet", props: { tags: { SubnetClass: "private", "kubernetes.io/role/internal-elb": "1" } } },
  ],
  unknown: [{ name: "tags are not known yet", props: { tags: UNKNOWN } }],
};
