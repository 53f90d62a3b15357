import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const network = { name: "network", type: "aws:ec2/vpc:Vpc", props: { cidrBlock: "10.0.0.0/16" } };
const subnet = (name: string, cidrBlock: unknown, vpc = "network") => ({
  name,
  type: "aws:ec2/subnet:Subnet",
  props: { cidrBlock, vpcId: UNKNOWN },
  refs: { vpcId: vpc },
});

export const cases: Cases<StackCase> = {
  pass: [
    { name: "side by side", resources: [network, subnet("a", "10.0.0.0/24"), subnet("b", "10.0.1.0/24")], on: "b" },
    {
      name: "the same block in another VPC",
      resources: [
        network,
        { ...network, name: "other" },
        subnet("a", "10.0.0.0/24"),
        subnet("b", "10.0.0.0/24", "other"),
      ],
      on: "b",
    },
  ],
  violation: [
    {
      name: "one within the other",
      resources: [network, subnet("a", "10.0.0.0/20"), subnet("b", "10.0.8.0/24")],
      on: "b",
      at: ["cidrBlock"],
    },
    {
      name: "not a neighbour",
      resources: [network, subnet("a", "10.0.0.0/20"), subnet("b", "10.0.2.0/24"), subnet("c", "10.0.4.0/24")],
      on: "c",
    },
    {
      name: "the same block twice",
      resources: [network, subnet("a", "10.0.0.0/24"), subnet("b", "10.0.0.0/24")],
      on: "b",
    },
  ],
  notApplicable: [{ name: "IPv6 only", resources: [network, subnet("a", undefined)] }],
  unknown: [
    {
      name: "another's block is not known yet",
      resources: [network, subnet("a", "10.0.0.0/24"), subnet("b", UNKNOWN)],
      on: "a",
    },
    { name: "its block is not known yet", resources: [network, subnet("a", UNKNOWN)] },
    { name: "its VPC can't be told", resources: [{ ...subnet("a", "10.0.0.0/24"), refs: {} }] },
  ],
};
