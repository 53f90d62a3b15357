import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { checkPlatform } from "../../stacks/config/check";
import type { NewNetworkConfig, PlatformConfig } from "../../stacks/config/schema";
import { check, type CheckOutput, runCheck, told } from "../fixtures/config/run-check";

const root = join(__dirname, "..", "..");
const image = "public.ecr.aws/nginx/nginx:1.31-alpine-slim";
const free = ({ plan }: CheckOutput, subnetClass: string) =>
  plan.subnets.filter((subnet) => subnet.class === subnetClass).map((subnet) => subnet.free);

/** The whole config, typed by hand: nothing of it may be lost on the way. */
function defaults(raw: Record<string, unknown>, stack = "test"): PlatformConfig {
  const { config, problems } = checkPlatform(raw, { stack });
  assert.deepEqual(problems, []);
  return config!;
}

describe("the plan of a config", () => {
  it("with every key is the one that the interface shows", () => {
    const file = join(root, "tests/fixtures/config/every-key.yaml");
    const { exit, out } = runCheck(["--stack", "prod", "--file", file, "--json"], root);
    const { ok, stack, problems, plan } = JSON.parse(out) as CheckOutput;
    assert.deepEqual({ exit, ok, stack, problems }, { exit: 0, ok: true, stack: "prod", problems: [] });
    assert.deepEqual(
      plan.subnets.find((subnet) => subnet.class === "loadBalancer"),
      { class: "loadBalancer", zone: "ap-southeast-1a", cidr: "10.20.3.0/27", free: 24 },
    );
    const { fitsNodes, zones, ...graviton } = plan.nodeGroups.find(({ name }) => name === "graviton")!;
    assert.deepEqual(graviton, { name: "graviton", architecture: "arm64", maxPods: 44, podsPerZoneAtMax: 88 });
    assert.ok(fitsNodes > 1000);
    assert.deepEqual(
      zones.map(({ zone, podsFit }) => [zone, podsFit]),
      ["a", "b", "c"].map((letter) => [`ap-southeast-1${letter}`, 363 * 44]),
    );
    assert.deepEqual(plan.services, [{ name: "web", onDemand: 2, spot: 1, deploying: { atLeast: 3, atMost: 6 } }]);
  });

  it("is there too when the config is bad, as far as it could be planned", () => {
    const output = check({
      network: { cidr: "10.1.0.0/16", podCidr: "10.0.8.0/24" },
      ecs: { services: { web: { image } } },
    });
    assert.equal(output.ok, false);
    assert.equal(free(output, "private").length, 3);
    assert.equal(output.plan.services.length, 1);
  });

  describe("counts the addresses that the platform takes:", () => {
    const bare = { eks: null, ecs: null };
    const zones = ["ap-southeast-1a", "ap-southeast-1b"];

    it("a NAT gateway in each public subnet", () => {
      assert.deepEqual(free(check({ ...bare }), "public"), [250, 250, 250]);
    });

    it("one NAT gateway in the first zone's", () => {
      assert.deepEqual(free(check({ ...bare, network: { nat: "single" } }), "public"), [250, 251, 251]);
    });

    it("interface endpoints in each private subnet, none with gateways only", () => {
      assert.deepEqual(free(check({ ...bare, network: { endpoints: "gateway" } }), "private"), [4091, 4091, 4091]);
      // ecr.api, ecr.dkr, logs, sts, eks-auth, ec2, ssm, ssmmessages, kms
      assert.deepEqual(free(check({ ...bare }), "private"), [4082, 4082, 4082]);
    });

    it("nodes at their maximum, in the zones of their group", () => {
      const group = { instanceTypes: ["m6i.large"], min: 1, desired: 1, max: 5 };
      const eks = { nodeGroups: { all: group, one: { ...group, zones: ["ap-southeast-1b"] } } };
      const network = { zones, endpoints: "gateway" };
      assert.deepEqual(free(check({ eks, ecs: null, network }), "private"), [4091 - 3, 4091 - 3 - 5]);
    });

    it("load balancers of workloads in the subnets of their scheme", () => {
      const output = check({
        ecs: null,
        workloads: {
          inside: { image, ingress: {} },
          outside: { image, ingress: { scheme: "internet-facing" } },
          fixed: { image, fixedAddresses: { addresses: ["10.0.3.10", "10.0.3.42", "10.0.3.74"] } },
        },
      });
      assert.deepEqual(free(output, "loadBalancer"), [25, 25, 25]);
      assert.deepEqual(free(output, "public"), [249, 249, 249]);
    });

    it("no workloads without a cluster", () => {
      const output = check({ ...bare, workloads: { inside: { image, ingress: {} } } });
      assert.deepEqual(free(output, "loadBalancer"), [27, 27, 27]);
    });

    it("load balancers of ECS services, and tasks at the scaling's maximum while they deploy", () => {
      const web = { image, count: 2, loadBalancer: { type: "nlb" }, scaling: { min: 2, max: 9 } };
      const output = check({ eks: null, network: { endpoints: "gateway" }, ecs: { services: { web } } });
      assert.deepEqual(free(output, "loadBalancer"), [26, 26, 26]);
      assert.deepEqual(free(output, "private"), [4085, 4085, 4085]);
    });

    it("a second set of tasks for a strategy that moves traffic", () => {
      const web = { image, count: 9, deployment: { strategy: "CANARY" } };
      const output = check({ eks: null, network: { endpoints: "gateway" }, ecs: { services: { web } } });
      assert.deepEqual(free(output, "private"), [4085, 4085, 4085]);
    });

    it("EC2 instances and a daemon's task on each", () => {
      const daemon = {
        image,
        scheduling: "DAEMON",
        capacity: { ec2: { instanceTypes: ["m7g.large"], min: 1, max: 6 } },
      };
      const output = check({ eks: null, network: { endpoints: "gateway" }, ecs: { services: { daemon } } });
      assert.deepEqual(free(output, "private"), [4087, 4087, 4087]);
      assert.deepEqual(output.plan.services, [
        { name: "daemon", onDemand: 1, spot: 0, deploying: { atLeast: 0, atMost: 1 } },
      ]);
    });

    it("and refuses a network that can't give them (VPC-07)", () => {
      const names = Array.from({ length: 12 }, (_, i) => [`app${i}`, { image, ingress: {} }]);
      const output = check({
        network: { subnetPrefixes: { loadBalancer: 28 } },
        ecs: null,
        workloads: Object.fromEntries(names),
      });
      assert.deepEqual(told(output), ["network.subnetPrefixes.loadBalancer VPC-07"]);
      assert.match(output.problems[0]!.message, /app11/);
    });
  });

  it("runs two sets of tasks while a strategy other than ROLLING is at work", () => {
    const web = { image, count: 3, deployment: { strategy: "BLUE_GREEN" } };
    const [plan] = check({ ecs: { services: { web } } }).plan.services;
    assert.deepEqual(plan!.deploying, { atLeast: 3, atMost: 6 });
  });
});

describe("defaults", () => {
  const config = defaults({ "aws:region": "ap-northeast-1" }, "Prod_EU.1");

  it("name the environment after the stack", () => assert.equal(config.environment, "prod-eu-1"));

  it("take the region's first three zones, whatever their letters", () => {
    assert.deepEqual((config.network as NewNetworkConfig).zones, [
      "ap-northeast-1a",
      "ap-northeast-1c",
      "ap-northeast-1d",
    ]);
  });

  it("take two zones in cn-north-1", () => {
    const { network } = defaults({ "aws:region": "cn-north-1" });
    assert.deepEqual((network as NewNetworkConfig).zones, ["cn-north-1a", "cn-north-1b"]);
  });

  it("fill in the network", () => {
    assert.deepEqual(config.network, {
      cidr: "10.0.0.0/16",
      podCidr: "100.64.0.0/16",
      additionalCidrs: [],
      cidrQuota: 5,
      zones: ["ap-northeast-1a", "ap-northeast-1c", "ap-northeast-1d"],
      nat: "perZone",
      subnetPrefixes: {},
      endpoints: "standard",
      flowLogs: { retentionDays: 365 },
      existing: null,
    });
  });

  it("give a private cluster with a node group of each architecture", () => {
    const { nodeGroups, ...eks } = config.eks!;
    assert.deepEqual(eks, {
      version: "1.36",
      publicAccessFrom: [],
      serviceCidr: "172.20.0.0/16",
      admins: [],
      access: [],
      logRetentionDays: 365,
      podNetworking: { externalSnat: false, prefixDelegation: false, securityGroupsForPods: "off" },
      addons: {},
      deletionProtection: null,
    });
    assert.deepEqual(nodeGroups["graviton"], {
      instanceTypes: ["m7g.large"],
      min: 2,
      desired: 2,
      max: 4,
      diskGiB: 100,
      capacity: "onDemand",
      scaling: "manual",
      labels: {},
      taints: [],
      maxPods: null,
      zones: null,
    });
    assert.deepEqual(Object.keys(nodeGroups), ["x86", "graviton"]);
  });

  it("give ECS without services, observability, and nothing else", () => {
    assert.deepEqual(config.ecs, { exec: { log: "cloudwatch", encrypt: true }, services: {} });
    assert.deepEqual(config.observability, {
      containerInsights: "daemonset",
      fluentBit: { httpPort: 2020, readFromHead: false },
      logRetentionDays: 365,
    });
    assert.deepEqual([config.workloads, config.exemptions, config.tags], [{}, [], {}]);
  });

  it("of a service follow from its scheduling and strategy", () => {
    const { ecs } = defaults({
      "aws:region": "eu-west-1",
      "container-platform:ecs": {
        services: {
          replica: { image },
          daemon: { image, scheduling: "DAEMON", capacity: { ec2: { instanceTypes: ["m7g.large"] } } },
          canary: { image, deployment: { strategy: "CANARY", canary: {} } },
          scaled: { image, scaling: { min: 5, max: 9 } },
        },
      },
    });
    const { replica, daemon, canary, scaled } = ecs!.services;
    assert.equal(scaled!.count, 5);
    assert.deepEqual(
      [replica, daemon, canary].map((service) => [
        service!.count,
        service!.deployment.minimumHealthyPercent,
        service!.deployment.maximumPercent,
        service!.deployment.circuitBreaker,
      ]),
      [
        [2, 100, 200, true],
        [null, 0, 100, true],
        [2, 100, 200, false],
      ],
    );
    assert.deepEqual(replica!.capacity, { base: 1, onDemandWeight: 1, spotWeight: 0, ec2: null });
    assert.deepEqual(canary!.deployment.canary, { percent: 5, bakeTimeMinutes: 10 });
  });

  it("are not filled in when there are problems: nothing is built from half a config", () => {
    const result = checkPlatform({ "aws:region": "eu-west-1", "container-platform:owner": 5 }, { stack: "test" });
    assert.equal(result.config, undefined);
  });

  it("of the stacks' own files are good", () => {
    for (const stack of ["dev", "prod", "china"]) {
      const text = readFileSync(join(root, `Pulumi.${stack}.yaml`), "utf8");
      const { problems } = checkPlatform((parse(text) as { config: Record<string, unknown> }).config, { stack });
      assert.deepEqual(problems, []);
    }
  });
});
