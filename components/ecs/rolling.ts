/** Limits of a rolling deployment, as whole numbers of tasks. */
export interface RollingLimits {
  /** Tasks that stay healthy: `ceil(count × minimumHealthyPercent / 100)`. */
  atLeast: number;
  /** Tasks that run at once: `floor(count × maximumPercent / 100)`. */
  atMost: number;
  /** ECS can neither start a task nor stop one: the deployment never progresses (DEP-25). */
  deadlocked: boolean;
}

/**
 * What a rolling deployment may do with a service's tasks.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
 *
 * @param count desired tasks, a whole number from 0
 * @param minimumHealthyPercent whole percent of `count`, from 0
 * @param maximumPercent whole percent of `count`, from 0
 */
export function rollingLimits(count: number, minimumHealthyPercent: number, maximumPercent: number): RollingLimits {
  const atLeast = Math.ceil((count * minimumHealthyPercent) / 100);
  const atMost = Math.floor((count * maximumPercent) / 100);
  return { atLeast, atMost, deadlocked: count > 0 && atMost <= count && atLeast >= count };
}
