export const cluster = "aws:eks/cluster:Cluster";
export const addon = "aws:eks/addon:Addon";
export const nodeGroup = "aws:eks/nodeGroup:NodeGroup";
export const accessEntry = "aws:eks/accessEntry:AccessEntry";
export const accessPolicyAssociation = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
export const launchTemplate = "aws:ec2/launchTemplate:LaunchTemplate";
