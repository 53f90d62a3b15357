import type { Rule } from "../frame/rule";
import { rule as ec2ElasticIpInUse } from "./ec2/ec2-elastic-ip-in-use";
import { rule as ec2ImdsHopLimit } from "./ec2/ec2-imds-hop-limit";
import { rule as ec2Imdsv2 } from "./ec2/ec2-imdsv2";
import { rule as ec2LaunchTemplateEbsEncrypted } from "./ec2/ec2-launch-template-ebs-encrypted";
import { rule as ec2LaunchTemplateNoSecrets } from "./ec2/ec2-launch-template-no-secrets";
import { rule as ec2NetworkAclAdminPorts } from "./ec2/ec2-network-acl-admin-ports";
import { rule as ec2NoPublicIp } from "./ec2/ec2-no-public-ip";
import { rule as ec2SecurityGroupAdminPortsIpv4 } from "./ec2/ec2-security-group-admin-ports-ipv4";
import { rule as ec2SecurityGroupAdminPortsIpv6 } from "./ec2/ec2-security-group-admin-ports-ipv6";
import { rule as ec2SecurityGroupAuthorizedPorts } from "./ec2/ec2-security-group-authorized-ports";
import { rule as ec2SecurityGroupDescription } from "./ec2/ec2-security-group-description";
import { rule as ec2SecurityGroupEgress } from "./ec2/ec2-security-group-egress";
import { rule as ec2SecurityGroupHighRiskPorts } from "./ec2/ec2-security-group-high-risk-ports";
import { rule as ec2SecurityGroupRdp } from "./ec2/ec2-security-group-rdp";
import { rule as ec2SecurityGroupSsh } from "./ec2/ec2-security-group-ssh";
import { rule as ec2SourceDestinationCheck } from "./ec2/ec2-source-destination-check";
import { rule as ec2SubnetNoAutoPublicIp } from "./ec2/ec2-subnet-no-auto-public-ip";
import { rule as eksAccessEntryHasRights } from "./eks/eks-access-entry-has-rights";
import { rule as eksAccessEntryPrincipal } from "./eks/eks-access-entry-principal";
import { rule as eksAccessEntryStandard } from "./eks/eks-access-entry-standard";
import { rule as eksAccessPolicyArn } from "./eks/eks-access-policy-arn";
import { rule as eksAddonCniConfiguration } from "./eks/eks-addon-cni-configuration";
import { rule as eksAddonConflicts } from "./eks/eks-addon-conflicts";
import { rule as eksClusterAuthenticationMode } from "./eks/eks-cluster-authentication-mode";
import { rule as eksClusterCreatorNotAdmin } from "./eks/eks-cluster-creator-not-admin";
import { rule as eksClusterEndpointPrivate } from "./eks/eks-cluster-endpoint-private";
import { rule as eksClusterLogging } from "./eks/eks-cluster-logging";
import { rule as eksClusterPrivateSubnets } from "./eks/eks-cluster-private-subnets";
import { rule as eksClusterSecretsEncrypted } from "./eks/eks-cluster-secrets-encrypted";
import { rule as eksClusterSupportedVersion } from "./eks/eks-cluster-supported-version";
import { rule as eksNodeGroupAfterCni } from "./eks/eks-node-group-after-cni";
import { rule as eksNodeGroupAl2023 } from "./eks/eks-node-group-al2023";
import { rule as eksNodeGroupArchitecture } from "./eks/eks-node-group-architecture";
import { rule as eksNodeGroupLaunchTemplate } from "./eks/eks-node-group-launch-template";
import { rule as eksNodeGroupNoRemoteAccess } from "./eks/eks-node-group-no-remote-access";
import { rule as eksNodeGroupPrivate } from "./eks/eks-node-group-private";
import { rule as eksNodeGroupScaling } from "./eks/eks-node-group-scaling";
import { rule as eksNodeGroupTemplateContent } from "./eks/eks-node-group-template-content";
import { rule as eksNodeGroupVersion } from "./eks/eks-node-group-version";
import { rule as iamInlinePolicyKmsDecrypt } from "./iam/iam-inline-policy-kms-decrypt";
import { rule as iamManagedPolicyKmsDecrypt } from "./iam/iam-managed-policy-kms-decrypt";
import { rule as iamNoAdministratorAccess } from "./iam/iam-no-administrator-access";
import { rule as iamNoFullAdmin } from "./iam/iam-no-full-admin";
import { rule as iamNoServiceWildcards } from "./iam/iam-no-service-wildcards";
import { rule as iamNoUserPolicies } from "./iam/iam-no-user-policies";
import { rule as iamRoleTags } from "./iam/iam-role-tags";
import { rule as iamRoleTrustNotPublic } from "./iam/iam-role-trust-not-public";
import { rule as kmsKeyDeletionWindow } from "./kms/kms-key-deletion-window";
import { rule as kmsKeyNotPublic } from "./kms/kms-key-not-public";
import { rule as kmsKeyRotation } from "./kms/kms-key-rotation";
import { rule as logsCustomerKey } from "./logs/logs-customer-key";
import { rule as logsRetentionSet } from "./logs/logs-retention-set";
import { rule as logsRetention } from "./logs/logs-retention";
import { rule as partitionArn } from "./partition/partition-arn";
import { rule as partitionDnsSuffix } from "./partition/partition-dns-suffix";
import { rule as partitionEndpointService } from "./partition/partition-endpoint-service";
import { rule as tagsRequired } from "./tags/tags-required";
import { rule as vpcBlockPublicAccess } from "./vpc/vpc-block-public-access";
import { rule as vpcCidrCanonical } from "./vpc/vpc-cidr-canonical";
import { rule as vpcCidrDockerBridge } from "./vpc/vpc-cidr-docker-bridge";
import { rule as vpcCidrReserved } from "./vpc/vpc-cidr-reserved";
import { rule as vpcCidrSize } from "./vpc/vpc-cidr-size";
import { rule as vpcDefaultSecurityGroupClosed } from "./vpc/vpc-default-security-group-closed";
import { rule as vpcDefaultSecurityGroupManaged } from "./vpc/vpc-default-security-group-managed";
import { rule as vpcDnsAttributes } from "./vpc/vpc-dns-attributes";
import { rule as vpcEndpointEc2 } from "./vpc/vpc-endpoint-ec2";
import { rule as vpcEndpointEcrApi } from "./vpc/vpc-endpoint-ecr-api";
import { rule as vpcEndpointEcrDkr } from "./vpc/vpc-endpoint-ecr-dkr";
import { rule as vpcEndpointPolicy } from "./vpc/vpc-endpoint-policy";
import { rule as vpcEndpointSsmContacts } from "./vpc/vpc-endpoint-ssm-contacts";
import { rule as vpcEndpointSsmIncidents } from "./vpc/vpc-endpoint-ssm-incidents";
import { rule as vpcEndpointSsm } from "./vpc/vpc-endpoint-ssm";
import { rule as vpcFlowLogAllTraffic } from "./vpc/vpc-flow-log-all-traffic";
import { rule as vpcFlowLogs } from "./vpc/vpc-flow-logs";
import { rule as vpcPodSubnetNoLoadBalancers } from "./vpc/vpc-pod-subnet-no-load-balancers";
import { rule as vpcPodSubnetRouteTable } from "./vpc/vpc-pod-subnet-route-table";
import { rule as vpcPrivateSubnet } from "./vpc/vpc-private-subnet";
import { rule as vpcPrivateSubnetsTwoZones } from "./vpc/vpc-private-subnets-two-zones";
import { rule as vpcSubnetAfterCidrAssociation } from "./vpc/vpc-subnet-after-cidr-association";
import { rule as vpcSubnetNatSameZone } from "./vpc/vpc-subnet-nat-same-zone";
import { rule as vpcSubnetOverlap } from "./vpc/vpc-subnet-overlap";
import { rule as vpcSubnetRouteTable } from "./vpc/vpc-subnet-route-table";
import { rule as vpcSubnetWithinVpc } from "./vpc/vpc-subnet-within-vpc";

/** Every rule of the pack. A test holds this list against the files. */
export const rules: readonly Rule[] = [
  ec2ElasticIpInUse,
  ec2ImdsHopLimit,
  ec2Imdsv2,
  ec2LaunchTemplateEbsEncrypted,
  ec2LaunchTemplateNoSecrets,
  ec2NetworkAclAdminPorts,
  ec2NoPublicIp,
  ec2SecurityGroupAdminPortsIpv4,
  ec2SecurityGroupAdminPortsIpv6,
  ec2SecurityGroupAuthorizedPorts,
  ec2SecurityGroupDescription,
  ec2SecurityGroupEgress,
  ec2SecurityGroupHighRiskPorts,
  ec2SecurityGroupRdp,
  ec2SecurityGroupSsh,
  ec2SourceDestinationCheck,
  ec2SubnetNoAutoPublicIp,
  eksAccessEntryHasRights,
  eksAccessEntryPrincipal,
  eksAccessEntryStandard,
  eksAccessPolicyArn,
  eksAddonCniConfiguration,
  eksAddonConflicts,
  eksClusterAuthenticationMode,
  eksClusterCreatorNotAdmin,
  eksClusterEndpointPrivate,
  eksClusterLogging,
  eksClusterPrivateSubnets,
  eksClusterSecretsEncrypted,
  eksClusterSupportedVersion,
  eksNodeGroupAfterCni,
  eksNodeGroupAl2023,
  eksNodeGroupArchitecture,
  eksNodeGroupLaunchTemplate,
  eksNodeGroupNoRemoteAccess,
  eksNodeGroupPrivate,
  eksNodeGroupScaling,
  eksNodeGroupTemplateContent,
  eksNodeGroupVersion,
  iamInlinePolicyKmsDecrypt,
  iamManagedPolicyKmsDecrypt,
  iamNoAdministratorAccess,
  iamNoFullAdmin,
  iamNoServiceWildcards,
  iamNoUserPolicies,
  iamRoleTags,
  iamRoleTrustNotPublic,
  kmsKeyDeletionWindow,
  kmsKeyNotPublic,
  kmsKeyRotation,
  logsCustomerKey,
  logsRetentionSet,
  logsRetention,
  partitionArn,
  partitionDnsSuffix,
  partitionEndpointService,
  tagsRequired,
  vpcBlockPublicAccess,
  vpcCidrCanonical,
  vpcCidrDockerBridge,
  vpcCidrReserved,
  vpcCidrSize,
  vpcDefaultSecurityGroupClosed,
  vpcDefaultSecurityGroupManaged,
  vpcDnsAttributes,
  vpcEndpointEc2,
  vpcEndpointEcrApi,
  vpcEndpointEcrDkr,
  vpcEndpointPolicy,
  vpcEndpointSsmContacts,
  vpcEndpointSsmIncidents,
  vpcEndpointSsm,
  vpcFlowLogAllTraffic,
  vpcFlowLogs,
  vpcPodSubnetNoLoadBalancers,
  vpcPodSubnetRouteTable,
  vpcPrivateSubnet,
  vpcPrivateSubnetsTwoZones,
  vpcSubnetAfterCidrAssociation,
  vpcSubnetNatSameZone,
  vpcSubnetOverlap,
  vpcSubnetRouteTable,
  vpcSubnetWithinVpc,
];
