import type { z } from "zod";
import { environment, owner, tags } from "./basics";
import { ecs } from "./ecs";
import { eks } from "./eks";
import { exemptions } from "./exemptions";
import { network } from "./network";
import { observability } from "./observability";
import { workloads } from "./workloads";

/** Namespace of the platform's keys in a stack's config file. */
export const project = "container-platform";

/** Every key of the config, without the project prefix, in the order in which people read them. */
export const sections = {
  environment,
  owner,
  tags,
  network: network.prefault({}),
  eks: eks.nullable().prefault({}),
  observability: observability.prefault({}),
  workloads,
  ecs: ecs.nullable().prefault({}),
  exemptions,
} as const;

export type SectionName = keyof typeof sections;

/** What one key's schema yields: its own defaults filled in, those that depend on stack or region not. */
export type ParsedSection<Name extends SectionName> = z.output<(typeof sections)[Name]>;
export type ParsedSections = { [Name in SectionName]: ParsedSection<Name> };

type ParsedNetwork = ParsedSection<"network">;
type ParsedEks = NonNullable<ParsedSection<"eks">>;
type ParsedNodeGroup = ParsedEks["nodeGroups"][string];
type ParsedEcs = NonNullable<ParsedSection<"ecs">>;
type ParsedService = ParsedEcs["services"][string];

/** A VPC that the platform makes. */
export type NewNetworkConfig = Omit<ParsedNetwork, "existing" | "zones"> & { zones: string[]; existing: null };
/** A VPC that somebody else made and keeps. */
export type ExistingNetworkConfig = Pick<ParsedNetwork, "endpoints" | "flowLogs"> & {
  existing: NonNullable<ParsedNetwork["existing"]>;
};
export type NetworkConfig = NewNetworkConfig | ExistingNetworkConfig;

export type NodeGroupConfig = Omit<ParsedNodeGroup, "min" | "desired" | "max"> & {
  min: number;
  desired: number;
  max: number;
};
export type EksConfig = Omit<ParsedEks, "nodeGroups"> & { nodeGroups: Record<string, NodeGroupConfig> };
export type WorkloadConfig = ParsedSection<"workloads">[string];

/** Fargate by weight, or EC2 instances: exactly one of the two. */
export type CapacityConfig =
  | { base: number; onDemandWeight: number; spotWeight: number; ec2: null }
  | { ec2: NonNullable<ParsedService["capacity"]["ec2"]> };
export type DeploymentConfig = Omit<
  ParsedService["deployment"],
  "minimumHealthyPercent" | "maximumPercent" | "circuitBreaker"
> & { minimumHealthyPercent: number; maximumPercent: number; circuitBreaker: boolean };
/** `count` is null for DAEMON: one task a container instance. */
export type ServiceConfig = Omit<ParsedService, "capacity" | "deployment" | "count"> & {
  capacity: CapacityConfig;
  deployment: DeploymentConfig;
  count: number | null;
};
export type EcsConfig = Omit<ParsedEcs, "services"> & { services: Record<string, ServiceConfig> };

/** A stack's config: plain data, every default filled in. */
export interface PlatformConfig {
  /** Name of the stack. */
  stack: string;
  /** `aws:region`. */
  region: string;
  /** Name of the environment, by default the stack's. */
  environment: string;
  owner: string;
  tags: Record<string, string>;
  network: NetworkConfig;
  /** null = no cluster. */
  eks: EksConfig | null;
  observability: ParsedSection<"observability">;
  workloads: Record<string, WorkloadConfig>;
  /** null = no ECS. */
  ecs: EcsConfig | null;
  exemptions: ParsedSection<"exemptions">;
}
