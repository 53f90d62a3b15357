import type { Cases, StackCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const address = { name: "address", type: "aws:ec2/eip:Eip", props: { id: UNKNOWN } };

export const cases: Cases<StackCase> = {
  pass: [
    {
      name: "a NAT gateway's",
      resources: [
        address,
        {
          name: "nat",
          type: "aws:ec2/natGateway:NatGateway",
          props: { allocationId: UNKNOWN },
          refs: { allocationId: "address" },
        },
      ],
    },
    { name: "an instance's", resources: [{ ...address, props: { instance: "i-0123456789abcdef0" } }] },
  ],
  violation: [{ name: "nobody's", resources: [address], at: [""] }],
  notApplicable: "every address is used or not",
  unknown: [{ name: "an instance's that is not known yet", resources: [{ ...address, props: { instance: UNKNOWN } }] }],
};
