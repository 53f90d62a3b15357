/** The partition of a region: `aws-cn` for `cn-north-1`. */
export function partitionOfRegion(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** More than this many findings of one kind in one resource say nothing new. */
export const maximumNamed = 5;

/**
 * Whether a value that is not known yet could turn out to be an ARN or a DNS name: AWS's ids (`vpcId`, `subnetIds[0]`)
 * are neither, but for KMS keys, whose ids are given as ARNs.
 */
export function mayHoldName(path: string): boolean {
  return !/(?<!Key)Ids?(\[\d+\])?$/.test(path);
}
