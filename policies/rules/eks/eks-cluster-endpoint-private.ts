import { securityHubUrl } from "../../catalogue/security-hub-url";
import { isAnywhere } from "../../ec2/cidr";
import { cluster } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { attempt, each } from "../../frame/value";
import { compliant, type Verdict, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "eks-cluster-endpoint-private",
  title: "The cluster's endpoint is private, and public only for blocks that are listed",
  severity: "high",
  controls: ["EKS.1", "CIS-EKS 5.4.1", "CIS-EKS 5.4.2", "PRV-04", "PRV-05", "PRV-06"],
  also: ["CKV_AWS_38", "CKV_AWS_39", "EKSClusterNoEndpointPublicAccess", "eks_cluster_not_publicly_accessible"],
  description:
    "By default anyone may try to talk to the API server, and nodes leave the VPC to reach it. EKS.1 allows no public endpoint at all: allowListedBlocks false asks for that.",
  remediation:
    "Set endpointPrivateAccess to true, and endpointPublicAccess to false or publicAccessCidrs to the blocks you come from.",
  url: securityHubUrl("EKS.1"),
  settings: {
    allowListedBlocks: { description: "Whether a public endpoint for listed blocks will do.", default: true },
  },
  types: [cluster],
  judge: ({ props }, settings) => {
    const config = props.at("vpcConfig");
    const isPrivate = config.at("endpointPrivateAccess");
    const isPublic = config.at("endpointPublicAccess");
    const blocks = config.at("publicAccessCidrs");
    return [
      attempt(() =>
        isPrivate.boolean() === true
          ? compliant
          : violation(isPrivate.path, "is not on: nodes depend on the public one"),
      ),
      attempt((): Verdict | Verdict[] => {
        if (isPublic.boolean() === false) {
          return compliant;
        }
        if (settings.at("allowListedBlocks").boolean() === false) {
          return violation(isPublic.path, "is on");
        }
        return blocks.list().length === 0
          ? violation(blocks.path, "lists no blocks: the public endpoint is open to anywhere")
          : each(blocks.list(), (block) =>
              isAnywhere(block.string() ?? "") === undefined
                ? compliant
                : violation(block.path, "opens the public endpoint to anywhere"),
            );
      }),
    ].flat() as Verdict[];
  },
});
