import Table from "cli-table3";
import type { Colors } from "picocolors/types";
import type { NetworkPlan } from "../../components/network/types";
import type { CheckResult, PlatformPlan } from "./check";

const classNames = { public: "public", private: "private", loadBalancer: "load balancer", pod: "pod" } as const;

const number = (value: number) => value.toLocaleString("en-US");

/** A plan for people: what lies where, what is left, what the node groups hold and how services run. */
export function formatPlan(title: string, { plan, notes }: CheckResult, colors: Colors): string {
  const parts = [
    colors.bold(title),
    ...(plan.network ? [blocks(plan.network), ...zones(plan.network, colors), remainder(plan.network, colors)] : []),
    ...nodeGroups(plan, colors),
    ...services(plan, colors),
    ...(notes.length > 0 ? [notes.map((note) => `Note: ${note}`).join("\n")] : []),
  ];
  return parts.join("\n\n");
}

function blocks({ cidr, podCidr, associations, nat, endpoints, zones: all }: NetworkPlan): string {
  const secondary = associations.map((block) => `${block}${block === podCidr ? " for pods" : ""}`);
  const gateways = { none: "none", single: `one, in ${all[0]}`, perZone: "one in each zone" }[nat];
  return `VPC ${[cidr, ...secondary].join(", ")}\nNAT gateways: ${gateways}. Endpoints: ${endpoints}.`;
}

function zones(plan: NetworkPlan, colors: Colors): string[] {
  return plan.zones.map((zone) => {
    const rows = plan.subnets
      .filter((subnet) => subnet.zone === zone)
      .map(({ class: subnetClass, cidr, usable, free }) => [
        classNames[subnetClass],
        cidr,
        number(usable),
        number(free),
      ]);
    return `${colors.bold(zone)}\n${table(["subnet", "block", "usable", "free"], rows, 2, colors)}`;
  });
}

function remainder({ unallocated, reserved }: NetworkPlan, colors: Colors): string {
  const rows = unallocated.map(({ block, free, addresses }) => [block, number(addresses), list(free)]);
  const kept = [...new Set(reserved.map(({ zoneLetter }) => zoneLetter))].sort();
  const keptLine = kept.length > 0 ? `\n  Kept for zones to come: ${kept.join(", ")} (${reserved.length} blocks).` : "";
  const none = rows.length === 0 ? "\n  Not known: the VPC exists." : "";
  return `${colors.bold("Left unallocated")}\n${table(["block", "addresses", "as"], rows, 1, colors)}${none}${keptLine}`;
}

function list(free: readonly string[]): string {
  const shown = free.slice(0, 4).join(", ");
  return free.length === 0 ? "nothing" : free.length > 4 ? `${shown} and ${free.length - 4} more` : shown;
}

function nodeGroups({ nodeGroups: groups }: PlatformPlan, colors: Colors): string[] {
  const rows = groups.map(({ name, architecture, maxPods, podsPerZoneAtMax }) => [
    name,
    architecture,
    number(maxPods),
    number(podsPerZoneAtMax),
  ]);
  const head = ["name", "architecture", "pods a node", "pods a zone at max"];
  return rows.length === 0
    ? []
    : [`${colors.bold("Node groups")}\n${table(head, rows, 2, colors)}`, room(groups, colors)];
}

/** For how many nodes each zone has addresses, were the group alone there. */
function room(groups: PlatformPlan["nodeGroups"], colors: Colors): string {
  const rows = groups.flatMap(({ name, zones: all }) =>
    all.map(({ zone, nodesFit, podsFit }, i) => [i === 0 ? name : "", zone, number(nodesFit), number(podsFit)]),
  );
  const head = ["name", "zone", "nodes that fit", "pods on them"];
  return `${colors.bold("Room for each group, if it were alone")}\n${table(head, rows, 2, colors)}`;
}

function services({ services: all }: PlatformPlan, colors: Colors): string[] {
  const rows = all.map(({ name, onDemand, spot, deploying: { atLeast, atMost } }) => [
    name,
    number(onDemand),
    number(spot),
    `${number(atLeast)} to ${number(atMost)}`,
  ]);
  const head = ["name", "on demand", "spot", "while deploying"];
  return rows.length === 0 ? [] : [`${colors.bold("ECS services")}\n${table(head, rows, 1, colors)}`];
}

const noBorders = Object.fromEntries(
  ["top", "bottom", "left", "right", "mid"].flatMap((side) =>
    ["", "-mid", "-left", "-right"].map((corner) => [side + corner, ""]),
  ),
);

/** @param textColumns columns that are read as text; the ones after them are numbers */
function table(head: string[], rows: string[][], textColumns: number, colors: Colors): string {
  if (rows.length === 0) {
    return "";
  }
  const grid = new Table({
    chars: { ...noBorders, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    colAligns: head.map((title, index) => (index < textColumns || title === "as" ? "left" : "right")),
  });
  grid.push(
    head.map((title) => colors.dim(title)),
    ...rows,
  );
  return grid
    .toString()
    .split("\n")
    .map((line) => `  ${line.trimEnd()}`)
    .join("\n");
}
