import { z } from "zod";
import {
  arnText,
  block,
  byName,
  choice,
  described,
  flag,
  itemName,
  list,
  retention,
  section,
  text,
  whole,
} from "./shapes";

/**
 * Kubernetes versions that EKS creates clusters of, the newest first.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html, 2026-11. Standard support costs
 * nothing extra; 1.34 has it until 2026-12-02.
 */
export const kubernetesVersions = { standard: ["1.36", "1.35", "1.34"], extended: ["1.33"] } as const;

/** What an access entry may grant, by the name of the EKS access policy behind it. */
export const accessPolicies = {
  clusterAdmin: "AmazonEKSClusterAdminPolicy",
  admin: "AmazonEKSAdminPolicy",
  edit: "AmazonEKSEditPolicy",
  view: "AmazonEKSViewPolicy",
  adminView: "AmazonEKSAdminViewPolicy",
} as const;

const principal = (says: string) => arnText({ says, example: "arn:<partition>:iam::123456789012:role/platform-admin" });

const access = section(
  {
    principal: principal("ARN of the IAM user or role. Required."),
    // Which policies there are is judged by a rule: an ARN in this place deserves a better answer than a list of names.
    policy: described(z.string(), {
      says:
        "What it may do: view, edit, admin (within namespaces), adminView (read everything, secrets too) or " +
        "clusterAdmin. Required.",
      example: "view",
      editorPattern: `^(${Object.keys(accessPolicies).join("|")})$`,
    }),
    namespaces: described(z.array(text({ says: "A namespace; * may stand for any characters.", example: "shop" })), {
      says: "Namespaces that the grant is limited to. Default null: the whole cluster.",
      example: ["shop"],
    })
      .nullable()
      .default(null),
  },
  { says: "One grant.", example: { principal: "arn:…:role/ann", policy: "view", namespaces: ["shop"] } },
);

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
const labelKey = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;

const taint = section(
  {
    key: described(z.string().regex(labelKey), {
      says: "Key of the taint. Required.",
      example: "dedicated",
      message: "is not a Kubernetes label key",
    }),
    value: described(z.string().regex(labelValue), {
      says: "Value of the taint. Default empty.",
      example: "gpu",
      message: "is not a Kubernetes label value",
    }).default(""),
    effect: choice(["NoSchedule", "PreferNoSchedule", "NoExecute"], { says: "What it does to pods. Required." }),
  },
  { says: "A taint of each node.", example: { key: "dedicated", value: "gpu", effect: "NoSchedule" } },
);

const size = (says: string, min: number, example: number) =>
  whole(min, 450, { says, example, rule: "NG-01", message: `is not a number of nodes, ${min} to 450` }).optional();

const instanceTypes = described(
  z
    .array(described(z.string(), { says: "An EC2 instance type.", example: "m7g.large" }))
    .min(1)
    .max(20),
  {
    says: "Instance types, all of one architecture, at most 20. Required.",
    example: ["m7g.large"],
    rule: "NG-03",
    message: "must name 1 to 20 instance types",
  },
);

const nodeGroup = section(
  {
    instanceTypes,
    min: size("Fewest nodes. Default 2; min, desired and max come together.", 0, 3),
    desired: size("Nodes to start with. Default 2.", 0, 3),
    max: size("Most nodes. Default 4. Pod subnets must hold their pods.", 1, 6),
    diskGiB: whole(20, 16384, {
      says: "Size of each node's encrypted gp3 root volume, in GiB. Default 100.",
      example: 100,
    }).default(100),
    capacity: choice(["onDemand", "spot"], { says: "How the nodes are bought. Default onDemand." }).default("onDemand"),
    scaling: choice(["manual", "autoscaler"], {
      says: "Who sets the number of nodes: this file, or an autoscaler, whose changes are then left alone. Default manual.",
    }).default("manual"),
    labels: described(
      z.record(
        described(z.string().regex(labelKey), {
          says: "A Kubernetes label key.",
          message: "is not a Kubernetes label key",
          fix: 'rename it, for example to "team"',
        }),
        described(z.string().regex(labelValue), {
          says: "A Kubernetes label value.",
          example: "shop",
          message: "is not a Kubernetes label value",
        }),
      ),
      { says: "Kubernetes labels of each node. Default none.", example: { team: "shop" } },
    ).default({}),
    taints: list(taint, { says: "Taints of each node. Default none." }).default([]),
    maxPods: whole(1, 737, {
      says: "Most pods a node. Default null: what the network interfaces of the smallest instance type serve.",
      example: 44,
    })
      .nullable()
      .default(null),
    zones: described(z.array(described(z.string(), { says: "Name of a zone.", example: "ap-southeast-1a" })).min(1), {
      says: "Zones of the nodes. Default null: every zone of the network.",
      example: ["ap-southeast-1a"],
      message: "must name at least one zone",
    })
      .nullable()
      .default(null),
  },
  { says: "A managed node group.", example: { instanceTypes: ["m7g.large"], min: 2, desired: 2, max: 4 } },
);

const defaultNodeGroups = {
  x86: { instanceTypes: ["m6i.large"] },
  graviton: { instanceTypes: ["m7g.large"] },
};

export const eks = section(
  {
    version: choice([...kubernetesVersions.standard, ...kubernetesVersions.extended], {
      says: `Kubernetes version, in quotes. Default "1.36"; ${kubernetesVersions.extended.join(" and ")} costs extended support.`,
      example: "1.36",
      rule: "PRV-14",
      message: "is not a Kubernetes version that EKS supports",
    }).default("1.36"),
    publicAccessFrom: list(block({ says: "An IPv4 block.", example: "203.0.113.0/24" }), {
      says: "IPv4 blocks that may reach the cluster's public endpoint. Default none: the endpoint is private.",
      example: ["203.0.113.0/24"],
    }).default([]),
    serviceCidr: block({
      says:
        "Block for the addresses of Kubernetes Services: within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16, /12 to " +
        "/24, apart from every block of the VPC. Can't be changed later. Default 172.20.0.0/16.",
      example: "172.20.0.0/16",
    }).default("172.20.0.0/16"),
    admins: list(principal("ARN of an IAM user or role."), {
      says: "ARNs of IAM users and roles that administer the cluster. Default none.",
    }).default([]),
    access: list(access, { says: "Finer grants. Default none." }).default([]),
    logRetentionDays: retention("control plane logs"),
    deletionProtection: flag(
      "EKS refuses to delete the cluster until this is off again, in an up of its own. Default null: on in production.",
      true,
    )
      .nullable()
      .default(null),
    podNetworking: section(
      {
        externalSnat: flag("Pods keep their own address when they leave the VPC. Default false.", false).default(false),
        prefixDelegation: flag(
          "Nodes take whole /28 prefixes: more pods a node, from less fragmented subnets. Default false.",
          false,
        ).default(false),
        securityGroupsForPods: choice(["off", "strict", "standard"], {
          says: "Security groups of single pods, and how strictly they are enforced. Default off.",
          rule: "CNI-12",
          message: "is not a mode of security groups for pods",
        }).default("off"),
      },
      { says: "How pods get their addresses." },
    ).prefault({}),
    addons: described(
      z.record(
        itemName(),
        described(z.string().regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/), {
          says: "Version of the add-on.",
          example: "v1.13.1-eksbuild.1",
          message: "is not the version of an EKS add-on",
        }),
      ),
      {
        says: "Versions of add-ons, over the platform's table. Default none.",
        example: { coredns: "v1.13.1-eksbuild.1" },
      },
    ).default({}),
    nodeGroups: byName(nodeGroup, {
      says: "Managed node groups by name. Default: x86 and graviton, two nodes each.",
      example: { graviton: { instanceTypes: ["m7g.large"], min: 2, desired: 2, max: 4 } },
    }).prefault(defaultNodeGroups),
  },
  { says: "The EKS cluster; null = no cluster.", example: { version: "1.36" } },
);
