/** Network ACLs, as far as a VPC's own one goes. https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html */
import { hexId } from "../../forms";
import { ResourceType } from "../../table";
import { texts } from "../../value";
import * as ec2 from "./names";

export const networkAcl: ResourceType = {
  type: ec2.NETWORK_ACL,
  noun: "EC2 Network ACL",
  operations: { create: "CreateNetworkAcl", update: "CreateNetworkAclEntry", delete: "DeleteNetworkAcl" },
  id: hexId("acl"),
  arn: (call) => `network-acl/${call.id}`,
  refersTo: [ec2.refersTo("vpcId", ec2.VPC), ec2.refersTo("subnetIds[]", ec2.SUBNET, { holds: false })],
  computed: (call) => ({ ownerId: call.scope.account }),
  // The provider gives its subnets back to the VPC's own list before it deletes it.
  inUse: ec2.dependencyViolation("networkAcl"),
};

/** The VPC's own list under Pulumi's hand: adopted, its entries replaced, and left so at the end. */
export const defaultNetworkAcl: ResourceType = {
  type: "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl",
  noun: "EC2 Default Network ACL",
  operations: { create: "CreateNetworkAclEntry", delete: "DeleteNetworkAclEntry" },
  id: (call) => String(call.inputs["defaultNetworkAclId"]),
  arn: (call) => `network-acl/${call.id}`,
  refersTo: [ec2.refersTo("defaultNetworkAclId", ec2.NETWORK_ACL, { holds: false })],
  computed: (call) => ({
    ownerId: call.scope.account,
    vpcId: call.cloud.find(ec2.NETWORK_ACL, call.id)?.inputs["vpcId"],
    subnetIds: texts(call.inputs["subnetIds"]),
  }),
  takesEffect: (call) => {
    const list = call.cloud.find(ec2.NETWORK_ACL, call.id);
    if (list) call.amend(list, { ingress: call.inputs["ingress"] ?? [], egress: call.inputs["egress"] ?? [] });
  },
};
