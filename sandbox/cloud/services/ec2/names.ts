/** The type tokens of EC2 that other services refer to, and how EC2 says that something is not there. */
import { Refusal, Reference } from "../../table";

export const VPC = "aws:ec2/vpc:Vpc";
export const CIDR_ASSOCIATION = "aws:ec2/vpcIpv4CidrBlockAssociation:VpcIpv4CidrBlockAssociation";
export const SUBNET = "aws:ec2/subnet:Subnet";
export const ROUTE_TABLE = "aws:ec2/routeTable:RouteTable";
export const ROUTE = "aws:ec2/route:Route";
export const ROUTE_TABLE_ASSOCIATION = "aws:ec2/routeTableAssociation:RouteTableAssociation";
export const MAIN_ASSOCIATION = "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation";
export const INTERNET_GATEWAY = "aws:ec2/internetGateway:InternetGateway";
export const GATEWAY_ATTACHMENT = "aws:ec2/internetGatewayAttachment:InternetGatewayAttachment";
export const EIP = "aws:ec2/eip:Eip";
export const NAT_GATEWAY = "aws:ec2/natGateway:NatGateway";
export const SECURITY_GROUP = "aws:ec2/securityGroup:SecurityGroup";
export const GROUP_RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
export const INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
export const EGRESS_RULE = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";
export const NETWORK_ACL = "aws:ec2/networkAcl:NetworkAcl";
export const NETWORK_INTERFACE = "aws:ec2/networkInterface:NetworkInterface";
export const VPC_ENDPOINT = "aws:ec2/vpcEndpoint:VpcEndpoint";
export const ENDPOINT_ROUTE_TABLE = "aws:ec2/vpcEndpointRouteTableAssociation:VpcEndpointRouteTableAssociation";
export const DHCP_OPTIONS = "aws:ec2/vpcDhcpOptions:VpcDhcpOptions";

/** What EC2 says of an id that it does not have, by type. */
export const notFound: Record<string, Refusal> = {
  [VPC]: {
    code: "InvalidVpcID.NotFound",
    message: "The vpc ID '{value}' does not exist",
    evidence: "AWS answers in public threads; moto",
  },
  [SUBNET]: { code: "InvalidSubnetID.NotFound", message: "The subnet ID '{value}' does not exist", evidence: "moto" },
  [ROUTE_TABLE]: {
    code: "InvalidRouteTableID.NotFound",
    message: "The routeTable ID '{value}' does not exist",
    evidence: "moto",
  },
  [SECURITY_GROUP]: {
    code: "InvalidGroup.NotFound",
    message: "The security group '{value}' does not exist",
    evidence: "moto",
  },
  [INTERNET_GATEWAY]: {
    code: "InvalidInternetGatewayID.NotFound",
    message: "The internetGateway ID '{value}' does not exist",
    evidence: "AWS answers in public threads; moto",
  },
  [NAT_GATEWAY]: { code: "NatGatewayNotFound", message: "The Nat Gateway {value} was not found", evidence: "moto" },
  [EIP]: {
    code: "InvalidAllocationID.NotFound",
    message: "The allocation ID '{value}' does not exist",
    evidence: "moto",
  },
  [NETWORK_INTERFACE]: {
    code: "InvalidNetworkInterfaceID.NotFound",
    message: "The networkInterface ID '{value}' does not exist",
    evidence: "moto",
  },
  [VPC_ENDPOINT]: {
    code: "InvalidVpcEndpointId.NotFound",
    message: "The VpcEndPoint ID '{value}' does not exist",
    evidence: "moto",
  },
  [DHCP_OPTIONS]: {
    code: "InvalidDhcpOptionID.NotFound",
    message: "DhcpOptionID {value} does not exist.",
    evidence: "moto",
  },
  [NETWORK_ACL]: {
    code: "InvalidNetworkAclID.NotFound",
    message: "The network acl ID '{value}' does not exist",
    evidence: "moto",
  },
};

/** A reference to an object of EC2 by its id. */
export function refersTo(property: string, to: string, options: Partial<Reference> = {}): Reference {
  const missing = notFound[to];
  return { property, to, ...(missing ? { missing } : {}), ...options };
}

/** EC2 answers a delete of something that is in use without naming the dependent. */
export function dependencyViolation(what: string): Refusal {
  return {
    code: "DependencyViolation",
    message: `The ${what} '{id}' has dependencies and cannot be deleted.`,
    evidence: "terraform-aws-modules/terraform-aws-vpc#540, hashicorp/terraform#6866 and public files",
  };
}
