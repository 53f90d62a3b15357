/**
 * Partitions: the separate AWS clouds, each with its own accounts, ARNs and DNS suffix.
 *
 * Source: botocore 1.44.5 `partitions.json`, read on 2026-11-22; the meaning of a partition:
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export type PartitionId = "aws" | "aws-cn" | "aws-us-gov";

export interface Partition {
  /** The second field of every ARN there. */
  id: PartitionId;
  /** For people: "China". */
  name: string;
  /** What host names of services end in: ECR, EFS, S3, regional service principals. Not the EKS API endpoint: read that from the cluster. */
  dnsSuffix: "amazonaws.com" | "amazonaws.com.cn";
  /** What host names of dual-stack and newer endpoints end in, for example those of EKS Auth. */
  dualStackDnsSuffix: "api.aws" | "api.amazonwebservices.com.cn";
  /** What the names of its regions look like; no name matches two partitions. */
  regionPattern: RegExp;
}

/** Every partition that the platform knows, and nothing else: the isolated and the European sovereign ones are not supported. */
export const partitions: Readonly<Record<PartitionId, Partition>> = {
  aws: {
    id: "aws",
    name: "commercial",
    dnsSuffix: "amazonaws.com",
    dualStackDnsSuffix: "api.aws",
    regionPattern: /^(?!cn-)[a-z]{2}-[a-z]+-\d{1,2}$/,
  },
  "aws-cn": {
    id: "aws-cn",
    name: "China",
    dnsSuffix: "amazonaws.com.cn",
    dualStackDnsSuffix: "api.amazonwebservices.com.cn",
    regionPattern: /^cn-[a-z]+-\d{1,2}$/,
  },
  "aws-us-gov": {
    id: "aws-us-gov",
    name: "GovCloud (US)",
    dnsSuffix: "amazonaws.com",
    dualStackDnsSuffix: "api.aws",
    regionPattern: /^us-gov-[a-z]+-\d{1,2}$/,
  },
};

/** Whether the text has the form of a region of a partition that the platform knows; the region need not exist. */
export function isRegionName(text: string): boolean {
  return Object.values(partitions).some(({ regionPattern }) => regionPattern.test(text));
}

/**
 * The partition that a region belongs to, known or new.
 *
 * @throws Error for a text that is not a region's name (`eu-west-1a`, `china`), or one of a partition that is not supported.
 */
export function partitionOf(region: string): Partition {
  const partition = Object.values(partitions).find(({ regionPattern }) => regionPattern.test(region));
  if (!partition) {
    throw new Error(
      `${JSON.stringify(region)} is not the name of a region of ${Object.keys(partitions).join(", ")}. ` +
        "Use one such as ap-southeast-1, cn-northwest-1 or us-gov-west-1.",
    );
  }
  return partition;
}

/**
 * An ARN.
 *
 * @param region empty for global services (IAM)
 * @param account twelve digits, `aws` for what AWS owns, or empty (S3 buckets)
 * @param resource everything after the fifth colon, slashes and colons included
 */
export function arn(
  partition: Partition | PartitionId,
  service: string,
  region: string,
  account: string,
  resource: string,
): string {
  const id = typeof partition === "string" ? partition : partition.id;
  return `arn:${id}:${service}:${region}:${account}:${resource}`;
}

/**
 * The ARN of a managed policy of AWS.
 *
 * @param name with its path if it has one: `AmazonEKSClusterPolicy`, `service-role/AmazonEBSCSIDriverPolicy`
 */
export function managedPolicyArn(partition: Partition | PartitionId, name: string): string {
  return arn(partition, "iam", "", "aws", `policy/${name}`);
}

/**
 * The ARN of an access policy of EKS, which an access entry refers to; it is not an IAM policy.
 *
 * @param name for example `AmazonEKSViewPolicy`: https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
export function eksAccessPolicyArn(partition: Partition | PartitionId, name: string): string {
  return arn(partition, "eks", "", "aws", `cluster-access-policy/${name}`);
}

export interface ParsedArn {
  /** As written: it may be one that the platform doesn't know. */
  partition: string;
  service: string;
  /** Empty for global services. */
  region: string;
  /** Twelve digits, a word such as `aws`, or empty. */
  account: string;
  /** Everything after the fifth colon. */
  resource: string;
}

const arnPattern = /^arn:(aws(?:-[a-z]+)*):([a-z0-9-]+):([a-z0-9-]*):(\d{12}|[a-z][a-z-]*|):(\S.*)$/;

/**
 * The parts of an ARN, or undefined when the text is none.
 *
 * Form: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function parseArn(text: string): ParsedArn | undefined {
  const [, partition, service, region, account, resource] = arnPattern.exec(text) ?? [];
  if (partition === undefined || service === undefined || resource === undefined) {
    return undefined;
  }
  return { partition, service, region: region ?? "", account: account ?? "", resource };
}
