export interface NodeConfigArgs {
  /** Pods that the kubelet takes at most. */
  maxPods: number;
  /** The number is the config's own, lower than what EKS computes. */
  belowComputed: boolean;
  /** Pods have subnets of their own. */
  ownSubnets: boolean;
  /** Nodes take whole /28 prefixes. */
  prefixDelegation: boolean;
}

/** Fixed, so that the same settings are the same text in every run. */
const BOUNDARY = "==NODECONFIG==";

/**
 * User data of a managed node group with Amazon Linux 2023, as text: a MIME message with a NodeConfig, which EKS joins with its
 * own one (cluster name, endpoint, certificate).
 *
 * EKS's part comes after ours and sets the kubelet's `maxPods` too, by the same formula. So a lower number is also given as a flag:
 * nodeadm keeps the flags of every part, and the kubelet lets a flag win over its configuration file.
 *
 * Sources: https://docs.aws.amazon.com/eks/latest/userguide/launch-templates.html#launch-template-user-data,
 * https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/ and the merge rules of https://github.com/awslabs/amazon-eks-ami
 */
export function nodeConfigUserData(args: NodeConfigArgs): string {
  const { maxPods, belowComputed, ownSubnets, prefixDelegation } = args;
  return [
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    "",
    `--${BOUNDARY}`,
    "Content-Type: application/node.eks.aws",
    "",
    "---",
    // Read by nobody: another text is another version of the launch template, and new nodes. Those that are there would go on with the
    // networking that they started with.
    `# pods in subnets of their own: ${ownSubnets}, prefixes: ${prefixDelegation}`,
    "apiVersion: node.eks.aws/v1alpha1",
    "kind: NodeConfig",
    "spec:",
    "  kubelet:",
    "    config:",
    `      maxPods: ${maxPods}`,
    ...(belowComputed ? ["    flags:", `      - --max-pods=${maxPods}`] : []),
    "",
    `--${BOUNDARY}--`,
    "",
  ].join("\n");
}
