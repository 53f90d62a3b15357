/** A VPC that exists: whether what the config says of it can hold the platform. That it is true, the program asks AWS. */
import type { Problem } from "../problem/problem";
import { SMALLEST_PREFIX } from "./association";
import { judgeAlone } from "./blocks";
import { type Block, contains, formatBlock, overlaps, usableAddresses } from "./cidr";
import { CLASSES, demandOn, EKS_FREE_ADDRESSES } from "./subnets";
import type { Demand, ExistingNetwork, ExistingSubnet, NetworkArgs, PlanResult, SubnetClass } from "./types";
import { FEWEST_ZONES } from "./zones";

const ROOT = "network.existing";

const LISTS = {
  public: "publicSubnets",
  loadBalancer: "loadBalancerSubnets",
  private: "privateSubnets",
  pod: "podSubnets",
} as const satisfies Record<SubnetClass, keyof ExistingNetwork>;

interface Given extends ExistingSubnet {
  class: SubnetClass;
  path: string;
  block?: Block;
}

type Report = (path: string, value: unknown, rule: string, message: string, fix: string) => void;

/**
 * Plans on a VPC that exists: the same shape as `planNetwork` gives, each subnet with its id.
 *
 * `podCidr` is the VPC's block that the pod subnets lie in; nothing is associated, reserved or allocated.
 */
export function planExisting(
  existing: ExistingNetwork,
  { endpoints }: Pick<NetworkArgs, "endpoints">,
  demands: readonly Demand[] = [],
): PlanResult {
  const problems: Problem[] = [];
  const report: Report = (path, value, rule, message, fix) => problems.push({ path, value, rule, message, fix });
  if (!isId("vpc", existing.vpcId)) {
    report(`${ROOT}.vpcId`, existing.vpcId, "CFG-VALUE", "is not the id of a VPC", `use its id: ${idForm("vpc")}`);
  }
  const blocks = checkCidrs(existing.cidrs, report);
  const subnets = CLASSES.flatMap((subnetClass) =>
    existing[LISTS[subnetClass]].map((given, i): Given => {
      const path = `${ROOT}.${LISTS[subnetClass]}[${i}]`;
      return { ...given, class: subnetClass, path, block: readBlock(`${path}.cidr`, given.cidr, report) };
    }),
  );
  subnets.forEach((subnet, i) => {
    checkIdentity(subnet, subnets.slice(0, i), report);
    checkPlace(subnet, blocks, subnets.slice(0, i), report);
    checkAddresses(subnet, demands, report);
  });
  checkZones(subnets, report);
  const ofClass = (subnetClass: SubnetClass) => subnets.filter((subnet) => subnet.class === subnetClass);
  const [primary] = blocks;
  if (!primary) {
    return { problems };
  }
  const podBlock = ofClass("pod").flatMap(({ block }) => blocks.filter((whole) => block && contains(whole, block)))[0];
  return {
    plan: {
      cidr: formatBlock(primary),
      podCidr: podBlock ? formatBlock(podBlock) : null,
      associations: [],
      zones: [...new Set(ofClass("private").map(({ zone }) => zone))],
      nat: "none",
      endpoints,
      subnets: subnets.flatMap(({ id, class: subnetClass, zone, block }) => {
        if (!block) {
          return [];
        }
        const usable = usableAddresses(block);
        const free = usable - demandOn(demands, subnetClass, zone).addresses;
        return [{ class: subnetClass, zone, cidr: formatBlock(block), usable, free, id }];
      }),
      reserved: [],
      unallocated: [],
    },
    problems,
  };
}

function isId(kind: "vpc" | "subnet", text: string): boolean {
  return new RegExp(`^${kind}-([0-9a-f]{8}|[0-9a-f]{17})$`).test(text);
}

function idForm(kind: "vpc" | "subnet"): string {
  return `${kind}- and 8 or 17 hexadecimal digits, for example ${kind}-0123456789abcdef0`;
}

/** The block, when EC2 can have it; Docker's bridge network and the like are no reason against a VPC that is there. */
function readBlock(path: string, text: string, report: Report): Block | undefined {
  const { block, possible, faults } = judgeAlone({ role: "additional", path, text });
  for (const { rule, message } of faults.filter((fault) => fault.rule !== "VPC-12")) {
    report(
      path,
      text,
      rule,
      message,
      possible && block ? `use ${formatBlock(block)}` : "use the block that EC2 shows for it",
    );
  }
  return possible ? block : undefined;
}

function checkCidrs(cidrs: readonly string[], report: Report): Block[] {
  const blocks: Block[] = [];
  cidrs.forEach((text, i) => {
    const path = `${ROOT}.cidrs[${i}]`;
    const block = readBlock(path, text, report);
    const other = block && blocks.find((earlier) => overlaps(earlier, block));
    if (other) {
      report(path, text, "VPC-04", `overlaps ${formatBlock(other)}, which no two blocks of a VPC do`, "take it out");
    } else if (block) {
      blocks.push(block);
    }
  });
  return blocks;
}

function checkIdentity(subnet: Given, earlier: readonly Given[], report: Report): void {
  const { path, id, zone } = subnet;
  if (!isId("subnet", id)) {
    report(`${path}.id`, id, "CFG-VALUE", "is not the id of a subnet", `use its id: ${idForm("subnet")}`);
  }
  const same = earlier.find((other) => other.id === id);
  if (same) {
    report(
      `${path}.id`,
      id,
      "VPC-07",
      `is ${same.path} too: a subnet serves one purpose`,
      "take it out of one of the lists",
    );
  }
  if (!/^[a-z]+(-[a-z]+)+-\d+[a-z]$/.test(zone)) {
    // An ENIConfig is found by the zone's name: one named by a zone id never matches a node.
    const rule = subnet.class === "pod" && /^[a-z]+\d+-az\d+$/.test(zone) ? "CNI-02" : "PRV-01";
    report(
      `${path}.zone`,
      zone,
      rule,
      "is not the name of an availability zone",
      "use the zone's name, such as eu-west-1a",
    );
  }
}

function checkPlace(subnet: Given, blocks: readonly Block[], earlier: readonly Given[], report: Report): void {
  const { block, path, cidr, id } = subnet;
  if (!block) {
    return;
  }
  if (!blocks.some((whole) => contains(whole, block))) {
    const message = `lies in none of the VPC's blocks (${blocks.map(formatBlock).join(", ") || "none is given"})`;
    report(
      `${path}.cidr`,
      cidr,
      "VPC-07",
      message,
      `add the block that it lies in to ${ROOT}.cidrs, or use a subnet of this VPC`,
    );
  }
  const other = earlier.find((before) => before.id !== id && before.block && overlaps(before.block, block));
  if (other) {
    const message = `overlaps ${other.path} (${other.cidr}), which no two subnets of a VPC do`;
    report(`${path}.cidr`, cidr, "VPC-07", message, "use the block that EC2 shows for each of them");
  }
}

function checkAddresses(subnet: Given, demands: readonly Demand[], report: Report): void {
  const { block, class: subnetClass, path, zone, cidr } = subnet;
  if (!block) {
    return;
  }
  const demand = demandOn(demands, subnetClass, zone);
  const mustStay = subnetClass === "private" ? EKS_FREE_ADDRESSES : 0;
  const usable = usableAddresses(block);
  if (usable - demand.addresses >= mustStay) {
    return;
  }
  let enough = SMALLEST_PREFIX;
  while (enough > 0 && usableAddresses({ base: 0, prefix: enough }) - demand.addresses < mustStay) {
    enough--;
  }
  const stay = mustStay > 0 ? `; EKS wants ${mustStay} free in each of its subnets` : "";
  const message = `has ${usable} addresses, of which the platform needs ${demand.addresses} (${demand.reasons})${stay}`;
  report(`${path}.cidr`, cidr, mustStay > 0 ? "PRV-09" : "VPC-07", message, `use a subnet of /${enough} or larger`);
}

function checkZones(subnets: readonly Given[], report: Report): void {
  const ofClass = (subnetClass: SubnetClass) => subnets.filter((subnet) => subnet.class === subnetClass);
  const zones = [...new Set(ofClass("private").map(({ zone }) => zone))];
  if (zones.length < FEWEST_ZONES) {
    const message = `lie in ${zones.length === 1 ? "one zone" : "no zone"}: EKS needs private subnets in two at least`;
    report(`${ROOT}.privateSubnets`, zones, "PRV-01", message, "add a private subnet of another zone");
  }
  const oneEach = [
    { class: "public", rule: "NLB-07", what: "a load balancer has one subnet a zone" },
    { class: "loadBalancer", rule: "NLB-07", what: "a load balancer has one subnet a zone" },
    { class: "pod", rule: "CNI-01", what: "a zone's ENIConfig names one subnet" },
  ] as const;
  for (const { class: subnetClass, rule, what } of oneEach) {
    ofClass(subnetClass).forEach(({ path, zone, id }, i, all) => {
      const earlier = all.slice(0, i).find((other) => other.zone === zone && other.id !== id);
      if (earlier) {
        report(path, id, rule, `is the second one in ${zone} beside ${earlier.id}: ${what}`, "take one of the two out");
      }
    });
  }
  const pods = ofClass("pod");
  const uncovered = zones.filter((zone) => !pods.some((pod) => pod.zone === zone));
  if (pods.length > 0 && uncovered.length > 0) {
    const message = `has no pod subnet in ${uncovered.join(", ")}: pods of nodes there get no address`;
    report(
      `${ROOT}.podSubnets`,
      pods.map(({ id }) => id),
      "CNI-01",
      message,
      `add a pod subnet in ${uncovered.join(", ")}, or use no pod subnets at all`,
    );
  }
}
