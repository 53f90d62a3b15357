import { rollingLimits } from "../../components/ecs/rolling";
import { splitTasks } from "../../components/ecs/spot-split";
import type { ServiceConfig } from "./schema";

/** How an ECS service's tasks run, and what a deployment may do with them. */
export interface ServicePlan {
  name: string;
  /** Tasks on on-demand Fargate, or on EC2 instances. */
  onDemand: number;
  /** Tasks on Fargate Spot. */
  spot: number;
  /** Tasks while a new version replaces the old one. */
  deploying: { atLeast: number; atMost: number };
}

/** Plans one service; undefined when its capacity can't run its tasks, which is a problem of its own. */
export function planService(name: string, service: ServiceConfig): ServicePlan | undefined {
  const { capacity, deployment } = service;
  // A daemon runs one task an instance: at least as many as there are instances at rest.
  const count = service.count ?? capacity.ec2?.min ?? 0;
  const split = capacity.ec2 ? { onDemand: count, spot: 0 } : splitTasks(count, capacity);
  if (!split) {
    return undefined;
  }
  const rolling = deployment.controller === "ECS" && deployment.strategy === "ROLLING";
  const { atLeast, atMost } = rolling
    ? rollingLimits(count, deployment.minimumHealthyPercent, deployment.maximumPercent)
    : // A second set of tasks runs beside the first until the traffic has moved.
      { atLeast: count, atMost: count * 2 };
  return { name, onDemand: split.onDemand, spot: split.spot, deploying: { atLeast, atMost } };
}
