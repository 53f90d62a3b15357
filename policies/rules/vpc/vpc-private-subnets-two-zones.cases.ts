import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const network = { name: "network", type: "aws:ec2/vpc:Vpc" };
const subnet = (name: string, availabilityZone: string, kind = "private") => ({
  name,
  type: "aws:ec2/subnet:Subnet",
  props: { availabilityZone, vpcId: UNKNOWN, tags: { SubnetClass: kind } },
  refs: { vpcId: "network" },
});

export const cases: Cases<StackCase> = {
  pass: [{ name: "two zones", resources: [network, subnet("a", "eu-west-1a"), subnet("b", "eu-west-1b")] }],
  violation: [
    {
      name: "one zone",
      resources: [network, subnet("a", "eu-west-1a"), subnet("b", "eu-west-1a"), subnet("c", "eu-west-1c", "public")],
      at: [""],
    },
  ],
  notApplicable: [{ name: "no private subnets", resources: [network, subnet("a", "eu-west-1a", "public")] }],
  unknown: [{ name: "a zone is not known yet", resources: [network, subnet("a", "eu-west-1a"), subnet("b", UNKNOWN)] }],
};
