/** How a Fargate service's tasks are bought. */
export interface FargateCapacity {
  /** Tasks on on-demand Fargate before any is placed by weight, 0 to 100000. */
  base: number;
  /** Share of on-demand Fargate among the rest, 0 to 1000. */
  onDemandWeight: number;
  /** Share of Fargate Spot among the rest, 0 to 1000. */
  spotWeight: number;
}

/** An inclusive range of tasks. */
export interface TaskRange {
  atLeast: number;
  atMost: number;
}

export interface SpotSplit {
  /** Tasks on on-demand Fargate. */
  onDemand: number;
  /** Tasks on Fargate Spot, which AWS may take away with two minutes' notice. */
  spot: number;
  /** What `onDemand` can be whichever way ECS rounds: AWS documents the ratio, not the rounding. */
  onDemandRange: TaskRange;
  /** The same for `spot`. */
  spotRange: TaskRange;
}

/**
 * How a count of tasks splits into on-demand and Spot: the base first, the rest by the ratio of the weights.
 *
 * A task that the ratio cuts in two counts as on-demand. The ranges hold both whole numbers around the exact share; a
 * plan that shows costs or the risk of interruption needs one of them.
 *
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CapacityProviderStrategyItem.html
 *
 * @param count tasks, a whole number from 0
 * @returns undefined when there is nothing to split by: no weight above 0 and more tasks than the base (SPOT-03)
 */
export function splitTasks(count: number, capacity: FargateCapacity): SpotSplit | undefined {
  const base = Math.min(count, capacity.base);
  const rest = count - base;
  const weights = capacity.onDemandWeight + capacity.spotWeight;
  if (weights === 0 && rest > 0) {
    return undefined;
  }
  // Multiplied before divided: both are whole numbers, so a share without remainder stays exact.
  const share = weights === 0 ? 0 : (rest * capacity.onDemandWeight) / weights;
  const onDemandRange = { atLeast: base + Math.floor(share), atMost: base + Math.ceil(share) };
  return {
    onDemand: onDemandRange.atMost,
    spot: count - onDemandRange.atMost,
    onDemandRange,
    spotRange: { atLeast: count - onDemandRange.atMost, atMost: count - onDemandRange.atLeast },
  };
}
