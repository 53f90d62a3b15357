import { z } from "zod";
import { arnText, byName, choice, described, flag, image, list, section, text, whole } from "./shapes";
import { certificateArn, fixedAddress, port, scheme } from "./workloads";

/**
 * CPU units and the MiB of memory that Fargate takes with them.
 *
 * Source: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html
 */
export const fargateCpu = [256, 512, 1024, 2048, 4096, 8192, 16384, 32768] as const;

const weight = (says: string) =>
  whole(0, 1000, { says, example: 1, rule: "SPOT-04", message: "is not a weight, 0 to 1000" }).optional();

// One mapping for both kinds, not a union: a mistake in one key then gets an answer about that key.
const capacity = section(
  {
    base: whole(0, 100000, {
      says: "Tasks that run on demand before any is placed by weight. Default 1.",
      example: 1,
      rule: "SPOT-04",
      message: "is not a base, 0 to 100000",
    }).optional(),
    onDemandWeight: weight("Share of on-demand Fargate among the rest. Default 1."),
    spotWeight: weight("Share of Fargate Spot among the rest. Default 0."),
    ec2: section(
      {
        instanceTypes: described(
          z.array(described(z.string(), { says: "An EC2 instance type.", example: "m7g.large" })).min(1),
          {
            says: "Instance types. Required.",
            example: ["m7g.large"],
            message: "must name at least one instance type",
          },
        ),
        min: whole(0, 5000, { says: "Fewest instances. Default 1.", example: 1 }).default(1),
        max: whole(1, 5000, { says: "Most instances. Default 3.", example: 3 }).default(3),
      },
      {
        says: "EC2 instances in place of Fargate. Default null.",
        example: { instanceTypes: ["m7g.large"], min: 1, max: 3 },
      },
    )
      .nullable()
      .default(null),
  },
  {
    says: "Fargate and Fargate Spot by weight, or EC2 instances. Default: on-demand Fargate.",
    example: { base: 1, onDemandWeight: 1, spotWeight: 4 },
  },
).prefault({});

const bakeTime = (says: string) =>
  whole(0, 1440, { says, example: 10, rule: "DEP-11", message: "is not a bake time, 0 to 1440 minutes" });

/** Percent in steps of a tenth. */
const percent = (min: number, says: string, example: number) =>
  described(z.number().min(min).max(100).multipleOf(0.1), {
    says,
    example,
    rule: "DEP-12",
    message: `is not a percentage from ${min} to 100 in steps of 0.1`,
  });

const hook = section(
  {
    target: choice(["AWS_LAMBDA", "PAUSE"], {
      says: "What runs: a Lambda function, or nothing until somebody continues. Default AWS_LAMBDA.",
      rule: "DEP-20",
    }).default("AWS_LAMBDA"),
    functionArn: arnText({
      says: "ARN of the Lambda function; null for PAUSE. Default null.",
      example: "arn:<partition>:lambda:<region>:123456789012:function:smoke-test",
    })
      .nullable()
      .default(null),
    stages: described(
      z
        .array(
          choice(
            [
              "RECONCILE_SERVICE",
              "PRE_SCALE_UP",
              "POST_SCALE_UP",
              "TEST_TRAFFIC_SHIFT",
              "POST_TEST_TRAFFIC_SHIFT",
              "PRE_PRODUCTION_TRAFFIC_SHIFT",
              "PRODUCTION_TRAFFIC_SHIFT",
              "POST_PRODUCTION_TRAFFIC_SHIFT",
            ],
            { says: "A stage of the deployment.", rule: "DEP-20" },
          ),
        )
        .min(1),
      {
        says: "Stages at which it runs. Required.",
        example: ["POST_TEST_TRAFFIC_SHIFT"],
        rule: "DEP-20",
        message: "must name at least one stage",
      },
    ),
    timeoutMinutes: whole(1, 20160, {
      says: "How long it may take, in minutes. Default 1440.",
      example: 1440,
      rule: "DEP-20",
    }).default(1440),
    onTimeout: choice(["ROLLBACK", "CONTINUE"], {
      says: "What happens then. Default ROLLBACK.",
      rule: "DEP-20",
    }).default("ROLLBACK"),
  },
  { says: "A step of the deployment that is yours.", example: { target: "PAUSE", stages: ["POST_SCALE_UP"] } },
);

const deploymentPercent = (says: string, max: number, example: number) => whole(0, max, { says, example }).optional();

const deployment = section(
  {
    controller: choice(["ECS", "CODE_DEPLOY", "EXTERNAL"], {
      says: "Who deploys. Default ECS.",
      rule: "DEP-01",
    }).default("ECS"),
    strategy: choice(["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY"], {
      says: "How ECS deploys. Default ROLLING.",
      rule: "DEP-01",
    }).default("ROLLING"),
    minimumHealthyPercent: deploymentPercent(
      "Tasks that stay healthy while deploying, in percent of count. Default 100; 0 for DAEMON.",
      100,
      100,
    ),
    maximumPercent: deploymentPercent(
      "Most tasks while deploying, in percent of count. Default 200; 100 for DAEMON.",
      1000,
      200,
    ),
    bakeTimeMinutes: bakeTime(
      "How long both versions run after the traffic has moved; required for BLUE_GREEN. Default null.",
    )
      .nullable()
      .default(null),
    linear: section(
      {
        stepPercent: percent(3, "Traffic moved in each step, in percent, 3.0 to 100.0. Default 10.", 10).default(10),
        stepBakeTimeMinutes: bakeTime("Wait after each step, in minutes. Default 6.").default(6),
      },
      { says: "Steps of strategy LINEAR. Default null." },
    )
      .nullable()
      .default(null),
    canary: section(
      {
        percent: percent(0.1, "Traffic of the canary, in percent, 0.1 to 100.0. Default 5.", 5).default(5),
        bakeTimeMinutes: bakeTime("Wait after the canary, in minutes. Default 10.").default(10),
      },
      { says: "The canary of strategy CANARY. Default null." },
    )
      .nullable()
      .default(null),
    hooks: list(hook, { says: "Your own steps within a deployment. Default none." }).default([]),
    circuitBreaker: flag(
      "Rolls a failed rolling deployment back. Default true with controller ECS and strategy ROLLING, else false.",
    ).optional(),
    alarms: list(text({ says: "Name of a CloudWatch alarm.", example: "web-5xx" }), {
      says: "CloudWatch alarms that roll a deployment back. Default none.",
    }).default([]),
  },
  { says: "How a new version replaces the old one.", example: { strategy: "ROLLING" } },
).prefault({});

const loadBalancer = section(
  {
    type: choice(["alb", "nlb", "none"], { says: "Kind of load balancer. Default none.", example: "none" }).default(
      "none",
    ),
    scheme: scheme(),
    certificateArn: certificateArn(),
    addresses: described(z.array(fixedAddress()).min(1), {
      says: "Fixed addresses of an internal nlb, one of each zone's load balancer subnet. Default null: AWS chooses.",
      example: ["10.20.3.10", "10.20.3.42", "10.20.3.74"],
      rule: "NLB-02",
      message: "must have one address for each zone's load balancer subnet",
    })
      .nullable()
      .default(null),
  },
  { says: "The service's load balancer. Default none.", example: { type: "alb" } },
).prefault({});

const posixId = (what: string) =>
  whole(0, 4294967295, {
    says: `${what} that owns the files and that every access is made as. Default 1000.`,
    example: 1000,
    rule: "EFS-15",
    message: "is not a POSIX id, 0 to 4294967295",
  }).default(1000);

const volume = section(
  {
    mountPath: described(z.string().regex(/^\/[^:\0]+$/), {
      says: "Where the container sees the file system. Required.",
      example: "/data",
      message: "is not an absolute path below /",
    }),
    uid: posixId("POSIX user"),
    gid: posixId("POSIX group"),
  },
  { says: "EFS volume; null = none. Default null.", example: { mountPath: "/data", uid: 1000, gid: 1000 } },
)
  .nullable()
  .default(null);

const scaling = section(
  {
    min: whole(0, 5000, { says: "Fewest tasks. Required.", example: 3 }),
    max: whole(1, 5000, { says: "Most tasks. Required.", example: 12 }),
    cpuPercent: whole(1, 100, { says: "CPU use that it holds, in percent. Default 60.", example: 60 }).default(60),
  },
  { says: "Auto scaling by CPU; null = none. Default null.", example: { min: 3, max: 12, cpuPercent: 60 } },
)
  .nullable()
  .default(null);

const service = section(
  {
    image: image(),
    cpu: described(z.literal(fargateCpu), {
      says: "CPU units of a task (1024 = one vCPU). Default 256.",
      example: 512,
      rule: "SPOT-11",
      message: "is not a CPU size of Fargate",
    }).default(256),
    memory: whole(512, 249856, {
      says: "Memory of a task, in MiB; Fargate takes certain pairs with cpu only. Default 512.",
      example: 1024,
      rule: "SPOT-11",
      message: "is not a memory size of Fargate",
    }).default(512),
    architecture: choice(["amd64", "arm64"], {
      says: "Architecture of the task. Default amd64.",
      rule: "ARC-06",
      message: "is not an architecture as images name it",
    }).default("amd64"),
    containerPort: port("Port that the container listens on. Default 80.", 8080).default(80),
    count: whole(0, 5000, { says: "Number of tasks; none for DAEMON. Default 2.", example: 2 }).optional(),
    capacity,
    scheduling: choice(["REPLICA", "DAEMON"], {
      says: "A number of tasks, or one a container instance (EC2 only). Default REPLICA.",
      rule: "DEP-01",
    }).default("REPLICA"),
    deployment,
    loadBalancer,
    volume,
    exec: flag("Lets an operator open a shell in the container (ECS Exec). Default false.", false).default(false),
    stopTimeoutSeconds: whole(2, 120, {
      says: "Time between SIGTERM and SIGKILL, in seconds, 2 to 120. Default 30.",
      example: 30,
      rule: "SPOT-06",
      message: "is not a stop timeout: Fargate takes 2 to 120 seconds",
    }).default(30),
    scaling,
  },
  { says: "An ECS service.", example: { image: "public.ecr.aws/nginx/nginx:1.31-alpine-slim" } },
);

export const ecs = section(
  {
    exec: section(
      {
        log: choice(["cloudwatch", "s3", "none"], {
          says: "Where sessions of ECS Exec are recorded. Default cloudwatch.",
        }).default("cloudwatch"),
        encrypt: flag("Sessions and their records are encrypted with a key of the platform. Default true.").default(
          true,
        ),
      },
      { says: "ECS Exec of the cluster." },
    ).prefault({}),
    services: byName(service, {
      says: "ECS services by name. Default none.",
      example: { web: { image: "public.ecr.aws/nginx/nginx:1.31-alpine-slim" } },
    }).default({}),
  },
  { says: "The ECS cluster and its services; null = no ECS." },
);
