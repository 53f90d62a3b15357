import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { platformTags } from "../components/aws/tags";
import type { EksCluster } from "../components/eks/cluster";
import { LogKey } from "../components/encryption/log-key";
import { ExistingVpc } from "../components/network/existing-vpc";
import type { Network } from "../components/network/network";
import type { NetworkPlan } from "../components/network/types";
import type { PlannedNodeGroup } from "../components/network/node-groups";
import { Vpc } from "../components/network/vpc";
import { buildCluster } from "./cluster";
import type { PlatformConfig } from "./config/schema";
import { requireZones } from "./zones";

/** What a stack consists of. Reads as the platform's table of contents. */
export interface Platform extends BuiltNetwork {
  cluster: EksCluster | undefined;
}

interface BuiltNetwork {
  network: Network;
  /** Name of the VPC's flow log group; undefined for a VPC that somebody else keeps. */
  flowLogGroup: pulumi.Output<string> | undefined;
}

/** Builds everything that the config asks for, as planned. */
export function buildPlatform(config: PlatformConfig, plan: NetworkPlan, nodeGroups: PlannedNodeGroup[]): Platform {
  const provider = new aws.Provider("aws", {
    region: config.region as aws.Region,
    defaultTags: { tags: platformTags(config) },
  });
  const opts = { providers: { aws: provider } };

  const accountId = aws.getCallerIdentityOutput({}, { provider }).accountId;
  const logKey = new LogKey("logs", { region: config.region, accountId, environment: config.environment }, opts);

  const { network, flowLogGroup } = buildNetwork(config, plan, { provider, accountId, logKey });

  const cluster = config.eks
    ? buildCluster(config, config.eks, { network, plan, nodeGroups, accountId, logKey, opts })
    : undefined;

  return { network, flowLogGroup, cluster };
}

interface Shared {
  provider: aws.Provider;
  accountId: pulumi.Output<string>;
  logKey: LogKey;
}

function buildNetwork(
  { network, region, environment, eks, ecs }: PlatformConfig,
  plan: NetworkPlan,
  { provider, accountId, logKey }: Shared,
): BuiltNetwork {
  const opts = { providers: { aws: provider } };
  if ("existing" in network && network.existing) {
    const { vpcId, cidrs, publicSubnets, privateSubnets, loadBalancerSubnets, podSubnets } = network.existing;
    const subnets = {
      public: publicSubnets,
      private: privateSubnets,
      loadBalancer: loadBalancerSubnets,
      pod: podSubnets,
    };
    return { network: new ExistingVpc("network", { vpcId, cidrs, subnets }, opts), flowLogGroup: undefined };
  }
  requireZones(plan.zones, region, provider);
  const vpc = new Vpc(
    "network",
    {
      plan,
      region,
      accountId,
      environment,
      uses: { eks: eks !== null, ecs: ecs !== null },
      flowLogs: network.flowLogs,
      logKeyArn: logKey.arn,
    },
    opts,
  );
  return { network: vpc, flowLogGroup: vpc.flowLogGroupName };
}
