/** The zones of a stack (PRV-01) and the way out of its private subnets (PRV-03). */
import type { Problem } from "../problem/problem";
import { zonePlace } from "./layout";
import type { PlacedZone } from "./subnets";
import type { NetworkArgs } from "./types";

/** EKS and Application Load Balancers want two: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
export const FEWEST_ZONES = 2;

/** The zones that have a place, each once, and what is wrong with the others. That a zone exists is not looked at here. */
export function checkZones(zones: readonly string[]): { placed: PlacedZone[]; problems: Problem[] } {
  const placed: PlacedZone[] = [];
  const problems: Problem[] = [];
  zones.forEach((name, i) => {
    const problem = (message: string, fix: string) =>
      problems.push({ path: `network.zones[${i}]`, value: name, rule: "PRV-01", message, fix });
    const place = zonePlace(name);
    const first = placed[0]?.name;
    if (place === undefined) {
      problem(
        "is not the name of an availability zone from a to f",
        "use a zone's name such as eu-west-1a: not its id (euw1-az1), a Local Zone or a Wavelength Zone",
      );
    } else if (placed.some((zone) => zone.name === name)) {
      problem("is listed twice", "take it out, or name another zone in its place");
    } else if (first !== undefined && first.slice(0, -1) !== name.slice(0, -1)) {
      problem(`lies in another region than ${first}`, `use a zone of ${first.slice(0, -1)}`);
    } else {
      placed.push({ name, place });
    }
  });
  if (new Set(zones).size < FEWEST_ZONES) {
    problems.push({
      path: "network.zones",
      value: [...zones],
      rule: "PRV-01",
      message: "has fewer than two zones: EKS and Application Load Balancers need subnets in two at least",
      fix: "name two zones of the region or more, or leave network.zones out",
    });
  }
  return { placed, problems };
}

/** PRV-03: nodes that reach neither the internet nor the endpoints of AWS never join their cluster. */
export function checkWayOut({ nat, endpoints }: Pick<NetworkArgs, "nat" | "endpoints">): Problem[] {
  const isolated = endpoints === "isolated";
  if (isolated && nat !== "none") {
    const message = "needs public subnets, which an isolated network (network.endpoints: isolated) doesn't have";
    return [{ path: "network.nat", value: nat, rule: "PRV-03", message, fix: "use network.nat: none" }];
  }
  if (!isolated && nat === "none") {
    const message = `leaves the private subnets no way out: with network.endpoints: ${endpoints} nodes and tasks reach AWS through NAT`;
    const fix = "use network.nat: single or perZone, or network.endpoints: isolated with its full set of endpoints";
    return [{ path: "network.nat", value: nat, rule: "PRV-03", message, fix }];
  }
  return [];
}
