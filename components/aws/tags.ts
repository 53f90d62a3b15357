/** The tags that every resource of the platform carries, in the order shown to people. */
export const platformTagKeys = ["Environment", "Owner", "ManagedBy", "Project"] as const;

export interface PlatformTagsArgs {
  /** Environment's name, for example `prod`. */
  environment: string;
  /** Who answers for the resources: a team's name. */
  owner: string;
  /** Further tags of the stack's config. One with a platform tag's name is left out: `environment` and `owner` set those. */
  tags?: Readonly<Record<string, string>>;
}

/**
 * The tags of every resource of a stack: for the provider's `defaultTags`, and for what the provider does not reach (Auto
 * Scaling groups' instances, Kubernetes-made load balancers).
 */
export function platformTags({ environment, owner, tags = {} }: PlatformTagsArgs): Record<string, string> {
  return {
    ...tags,
    Environment: environment,
    Owner: owner,
    ManagedBy: "pulumi",
    Project: "container-platform",
  };
}
