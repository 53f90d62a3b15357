import { z } from "zod";
import { arnText, byName, choice, described, image, section, whole } from "./shapes";

export const port = (says: string, example: number) =>
  whole(1, 65535, { says, example, message: "is not a port, 1 to 65535" });

export const scheme = () =>
  choice(["internal", "internet-facing"], {
    says: "Who reaches the load balancer: the VPC, or the internet. Default internal.",
  }).default("internal");

export const certificateArn = () =>
  arnText({
    says: "ARN of an ACM certificate of the stack's region: HTTPS; null = HTTP. Default null.",
    example: "arn:<partition>:acm:<region>:123456789012:certificate/…",
  })
    .nullable()
    .default(null);

/** One fixed address; which subnet it must lie in is judged by the planner. */
export const fixedAddress = () =>
  described(z.ipv4(), {
    says: "A free IPv4 address of one load balancer subnet.",
    example: "10.20.3.10",
    rule: "NLB-03",
    message: "is not an IPv4 address",
  });

const workload = section(
  {
    image: image(),
    architectures: described(
      z
        .array(
          choice(["amd64", "arm64"], {
            says: "An architecture, as Kubernetes names it.",
            rule: "ARC-06",
            message: "is not an architecture as Kubernetes names it",
          }),
        )
        .min(1),
      {
        says: "Architectures that the image's index holds. Default amd64 only, which nearly every image has.",
        example: ["amd64", "arm64"],
        message: "must name at least one architecture",
      },
    ).default(["amd64"]),
    replicas: whole(0, 5000, { says: "Number of pods. Default 2.", example: 2 }).default(2),
    containerPort: port("Port that the container listens on. Default 80.", 80).default(80),
    ingress: section(
      { scheme: scheme(), certificateArn: certificateArn() },
      { says: "ALB Ingress; null = none. Default null.", example: { scheme: "internal" } },
    )
      .nullable()
      .default(null),
    fixedAddresses: section(
      {
        via: choice(["controller", "native"], {
          says:
            "Who makes the load balancer: the load balancer controller from a Service, or this program. " +
            "Default controller.",
        }).default("controller"),
        port: port("Port of the load balancer. Default 80.", 80).default(80),
        addresses: described(z.array(fixedAddress()).min(1), {
          says: "One address of each zone's load balancer subnet. Required.",
          example: ["10.20.3.10", "10.20.3.42", "10.20.3.74"],
          rule: "NLB-02",
          message: "must have one address for each zone's load balancer subnet",
        }),
      },
      {
        says: "Internal network load balancer with fixed addresses; null = none. Default null.",
        example: { addresses: ["10.20.3.10", "10.20.3.42", "10.20.3.74"] },
      },
    )
      .nullable()
      .default(null),
  },
  { says: "A Kubernetes service of the platform.", example: { image: "public.ecr.aws/nginx/nginx:1.31-alpine-slim" } },
);

export const workloads = byName(workload, {
  says: "Kubernetes services of the platform, by name. Default none.",
  example: { shop: { image: "public.ecr.aws/nginx/nginx:1.31-alpine-slim" } },
}).default({});
