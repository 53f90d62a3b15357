/** The partition of a region: `aws-cn` for `cn-north-1`. */
export function partitionOfRegion(region: string): string {
  return region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

/** More than this many findings of one kind in one resource say nothing new. */
export const maximumNamed = 5;
