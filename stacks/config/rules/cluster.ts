import { PRIVATE_RANGES } from "../../../components/network/association";
import { type Block, block, contains, formatBlock, overlaps, parseBlock } from "../../../components/network/cidr";
import { addonProblems } from "../../../components/eks/addon-problems";
import { planNodes } from "../../../components/eks/node-group-plan";
import { podNetworkingProblems } from "../../../components/eks/pod-networking";
import type { Problem } from "../../../components/problem/problem";
import { formatPath } from "../paths";
import type { NetworkConfig } from "../schema";
import type { Scope } from "./scope";

/** PRV-06, CNI-14 and NG-01: what reaches the cluster, its Services' addresses and its nodes' numbers. */
export function clusterRules({ config: { eks, network, environment }, readings }: Scope): Problem[] {
  if (!eks) {
    return [];
  }
  return [
    ...eks.publicAccessFrom.flatMap((value, i) =>
      publicAccessProblem(formatPath(["eks", "publicAccessFrom", i]), value, isProduction(environment)),
    ),
    ...serviceCidrProblem(eks.serviceCidr, network),
    ...Object.entries(readings.eks.value?.nodeGroups ?? {}).flatMap(([name, group]) => sizeProblem(name, group)),
    ...addonProblems(eks.version, eks.addons),
    ...podNetworkingProblems(eks.podNetworking, network?.existing ? undefined : network?.nat),
    ...planNodes(eks.nodeGroups, [], []).problems,
  ];
}

/** Whether real users depend on the environment, by its name: `prod`, `production`, `prod-eu`. */
export function isProduction(environment: string): boolean {
  return /^prod(uction)?(-|$)/.test(environment);
}

function publicAccessProblem(path: string, value: string, production: boolean): Problem[] {
  const problem = (rule: string, message: string, fix: string) => [{ path, value, rule, message, fix }];
  if (value.includes(":")) {
    // https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
    return problem(
      "CFG-VALUE",
      "is an IPv6 block, and the endpoint of an IPv4 cluster takes none (invalid in publicAccessCidrs)",
      "use the IPv4 block of the network that you connect from, for example 203.0.113.0/24",
    );
  }
  const parsed = parseBlock(value);
  if ("fault" in parsed) {
    const { why, meant } = parsed.fault;
    return why === "notABlock"
      ? problem(
          "CFG-VALUE",
          "is not an IPv4 block",
          `use ${meant ? `${value.trim()}/32` : "a block such as 203.0.113.0/24"}`,
        )
      : problem(
          "VPC-06",
          why === "hostBits" ? "has bits set beyond its prefix" : "has leading zeros",
          `use ${meant ? formatBlock(meant) : "203.0.113.0/24"}`,
        );
  }
  // Two halves of the internet are no better than the whole.
  if (production && parsed.block.prefix < 8) {
    return problem(
      "PRV-06",
      "opens the cluster's endpoint of a production environment to the internet",
      "list the blocks that administrators connect from, or leave publicAccessFrom empty for a private endpoint",
    );
  }
  return [];
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html */
function serviceCidrProblem(value: string, network: NetworkConfig | undefined): Problem[] {
  const vpcBlocks = network ? blocksOf(network) : [];
  const problem = (message: string, meant?: Block) => [
    { path: "eks.serviceCidr", value, rule: "CNI-14", message, fix: `use ${proposeServiceCidr(vpcBlocks, meant)}` },
  ];
  const parsed = parseBlock(value);
  if ("fault" in parsed) {
    const { why, meant } = parsed.fault;
    const messages = {
      notABlock: "is not an IPv4 block",
      hostBits: "has bits set beyond its prefix, which EKS refuses",
      leadingZeros: "has leading zeros, which EKS refuses",
    };
    return problem(messages[why], meant);
  }
  const services = parsed.block;
  if (!PRIVATE_RANGES.some((range) => contains(range, services))) {
    return problem(`is not within ${PRIVATE_RANGES.map(formatBlock).join(", ")}, as EKS demands`);
  }
  if (services.prefix < 12 || services.prefix > 24) {
    return problem("is not of a size that EKS takes, /12 to /24");
  }
  const hit = vpcBlocks.find((taken) => overlaps(taken, services));
  return hit ? problem(`overlaps ${formatBlock(hit)}, a block of the VPC: pods couldn't reach what is there`) : [];
}

/** Every block of the VPC that can be read, secondary ones too. */
function blocksOf(network: NetworkConfig): Block[] {
  const texts = network.existing
    ? network.existing.cidrs
    : [network.cidr, ...(network.podCidr === null ? [] : [network.podCidr]), ...network.additionalCidrs];
  return texts.flatMap((text) => {
    const parsed = parseBlock(text);
    const found = "fault" in parsed ? parsed.fault.meant : parsed.block;
    return found ? [found] : [];
  });
}

const proposals = ["172.20.0.0/16", "10.100.0.0/16", "192.168.0.0/16", "172.24.0.0/16", "10.200.0.0/16"].map(block);

function proposeServiceCidr(taken: readonly Block[], meant?: Block): string {
  const fits = (candidate: Block) =>
    candidate.prefix >= 12 &&
    candidate.prefix <= 24 &&
    PRIVATE_RANGES.some((range) => contains(range, candidate)) &&
    !taken.some((other) => overlaps(other, candidate));
  const found = [...(meant ? [meant] : []), ...proposals].find(fits);
  return found ? formatBlock(found) : "a private block of /12 to /24 that no block of the VPC overlaps";
}

interface Size {
  min?: number | undefined;
  desired?: number | undefined;
  max?: number | undefined;
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_NodegroupScalingConfig.html */
function sizeProblem(name: string, { min, desired, max }: Size): Problem[] {
  const path = formatPath(["eks", "nodeGroups", name]);
  const given = Object.entries({ min, desired, max }).filter(([, nodes]) => nodes !== undefined);
  const missing = Object.entries({ min, desired, max }).filter(([, nodes]) => nodes === undefined);
  if (given.length > 0 && missing.length > 0) {
    const value = Object.fromEntries(given);
    const message = `has ${given.map(([key]) => key).join(" and ")} but not ${missing.map(([key]) => key).join(" and ")}: EKS takes all three or none`;
    const likely = min ?? desired ?? max;
    const fix = `add ${missing.map(([key]) => `${key}: ${likely}`).join(" and ")}, or what fits`;
    return [{ path, value, rule: "NG-01", message, fix }];
  }
  if (min === undefined || desired === undefined || max === undefined) {
    return [];
  }
  const problem = (key: string, value: number, message: string, fix: string) => [
    { path: `${path}.${key}`, value, rule: "NG-01", message, fix },
  ];
  if (min > max) {
    return problem("max", max, `is less than min, ${min}`, `use ${Math.max(min, desired)} or more, or lower min`);
  }
  if (desired < min) {
    return problem("desired", desired, `is less than min, ${min}`, `use ${min} to ${max}, or lower min`);
  }
  if (desired > max) {
    return problem("desired", desired, `is more than max, ${max}`, `use ${min} to ${max}, or raise max`);
  }
  return [];
}
