import { rollingLimits } from "../../../components/ecs/rolling";
import { splitTasks } from "../../../components/ecs/spot-split";
import type { Problem } from "../../../components/problem/problem";
import { formatPath } from "../paths";
import type { EcsConfig } from "../schema";
import type { Scope } from "./scope";

type Service = EcsConfig["services"][string];

/** SPOT-03, SPOT-05 and DEP-25: what the planners of tasks need to be right. */
export function serviceRules({ config: { ecs }, readings }: Scope): Problem[] {
  const written = readings.ecs.value?.services ?? {};
  return Object.entries(ecs?.services ?? {}).flatMap(([name, service]) => {
    const path = ["ecs", "services", name];
    return [
      ...capacityProblem([...path, "capacity"], service, written[name]?.capacity ?? {}),
      ...deadlockProblem([...path, "deployment"], service),
    ];
  });
}

function capacityProblem(path: string[], { capacity, count }: Service, written: object): Problem[] {
  if (capacity.ec2) {
    const mixed = Object.keys(written).filter((key) => key !== "ec2");
    return mixed.map((key) => ({
      path: formatPath([...path, key]),
      value: (written as Record<string, unknown>)[key],
      rule: "SPOT-05",
      message: "is of Fargate, and this service runs on EC2 instances: ECS takes one kind",
      fix: `remove ${key}, or remove ec2`,
    }));
  }
  if (count === null || splitTasks(count, capacity)) {
    return [];
  }
  return [
    {
      path: formatPath(path),
      value: capacity,
      rule: "SPOT-03",
      message: "has no weight above 0: nothing runs the tasks beyond the base",
      fix: "set onDemandWeight or spotWeight to 1 or more",
    },
  ];
}

function deadlockProblem(path: string[], { count, deployment }: Service): Problem[] {
  const { controller, strategy, minimumHealthyPercent, maximumPercent } = deployment;
  if (count === null || controller !== "ECS" || strategy !== "ROLLING") {
    return [];
  }
  const { atLeast, atMost, deadlocked } = rollingLimits(count, minimumHealthyPercent, maximumPercent);
  if (!deadlocked) {
    return [];
  }
  // The smallest whole percent that allows one task more.
  const enough = Math.ceil(((count + 1) * 100) / count);
  return [
    {
      path: formatPath([...path, "maximumPercent"]),
      value: maximumPercent,
      rule: "DEP-25",
      message: `leaves a deployment of ${count} no task to start (at most ${atMost}) and none to stop (at least ${atLeast})`,
      fix: `use ${enough} or more, or lower minimumHealthyPercent to ${Math.floor(((count - 1) * 100) / count)} or less`,
    },
  ];
}
