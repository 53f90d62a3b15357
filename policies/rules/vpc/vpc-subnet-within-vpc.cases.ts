import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const network = { name: "network", type: "aws:ec2/vpc:Vpc", props: { cidrBlock: "10.0.0.0/16" } };
const more = {
  name: "more",
  type: "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation",
  props: { cidrBlock: "100.64.0.0/16", vpcId: UNKNOWN },
  refs: { vpcId: "network" },
};
const subnet = (cidrBlock: string) => ({
  name: "subnet",
  type: "aws:ec2/subnet:Subnet",
  props: { cidrBlock, vpcId: UNKNOWN },
  refs: { vpcId: "network" },
});

export const cases: Cases<StackCase> = {
  pass: [
    { name: "in the primary block", resources: [network, subnet("10.0.4.0/24")] },
    { name: "in an associated block", resources: [network, more, subnet("100.64.128.0/18")] },
  ],
  violation: [
    { name: "outside", resources: [network, subnet("10.1.0.0/24")], at: ["cidrBlock"] },
    { name: "larger than the block", resources: [network, more, subnet("100.64.0.0/15")] },
  ],
  notApplicable: [
    {
      name: "in a VPC that exists",
      resources: [
        { ...subnet("10.1.0.0/24"), props: { cidrBlock: "10.1.0.0/24", vpcId: "vpc-0123456789abcdef0" }, refs: {} },
      ],
    },
    { name: "in a VPC whose block IPAM gives", resources: [{ ...network, props: {} }, subnet("10.1.0.0/24")] },
  ],
  unknown: [
    { name: "its block is not known yet", resources: [network, subnet(UNKNOWN)] },
    {
      name: "an associated block is not known yet",
      resources: [network, { ...more, props: { cidrBlock: UNKNOWN } }, subnet("10.1.0.0/24")],
    },
  ],
};
