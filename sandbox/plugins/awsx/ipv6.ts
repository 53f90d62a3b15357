/** The IPv6 /64 of each subnet, cut from the /56 that AWS gives to the VPC. */
import { isIPv6 } from "node:net";
import * as pulumi from "@pulumi/pulumi";

/** Undefined without `assign`. Fails when the VPC has no IPv6 block, or one that is no /56. */
export function subnetIpv6Block(
  vpcBlock: pulumi.Input<string>,
  assign: pulumi.Input<boolean>,
  index: number,
): pulumi.Output<string> {
  return pulumi.all([vpcBlock, assign]).apply(([block, assigned]) => {
    // Resource arguments have no type for "an output that may turn out to be absent", though it is allowed.
    if (!assigned) return undefined as unknown as string;
    if (!block) {
      throw new Error(
        "Subnets with assignIpv6AddressOnCreation=true require the VPC to have an IPv6 CIDR block. Set assignGeneratedIpv6CidrBlock=true or provide ipv6CidrBlock.",
      );
    }
    return ipv6Subnet(block, index);
  });
}

/** `2600:1f16:abc:de00::/56` and 3 is `2600:1f16:abc:de03::/64`. */
export function ipv6Subnet(vpcBlock: string, index: number): string {
  const [address = "", mask] = vpcBlock.split("/");
  if (!isIPv6(address)) throw new TypeError(`"${address}" is not a valid IPv6 address`);
  if (mask !== "56") throw new RangeError(`VPC must be a /56 block (got /${mask})`);
  if (index > 0xff) throw new RangeError("index must be an integer from 0-255");
  const [a, b, c, fourth] = address.split(":");
  if (!fourth) throw new TypeError(`Vpc ipv6 cidr block was not in an expected form: ${vpcBlock}`);
  return `${a}:${b}:${c}:${((Number.parseInt(fourth, 16) & 0xff00) | index).toString(16)}::/64`;
}
