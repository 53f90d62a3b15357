/** Amazon EKS. https://docs.aws.amazon.com/eks/latest/userguide/what-is-eks.html */
import { Service } from "../table";
import { accessEntry, accessPolicyAssociation } from "./eks-access";
import { addon, podIdentityAssociation } from "./eks-addons";
import { cluster } from "./eks-cluster";
import { eksLookups } from "./eks-lookups";
import { fargateProfile, nodeGroup } from "./eks-node-group";

export const eks: Service = {
  sdkId: "EKS",
  arnService: "eks",
  modelledErrors: true,
  types: [cluster, accessEntry, accessPolicyAssociation, addon, podIdentityAssociation, nodeGroup, fargateProfile],
  functions: eksLookups,
};
