import { partitionOf } from "../../components/aws/partition";
import type { PlannedNodeGroup } from "../../components/network/node-groups";
import type { NetworkPlan } from "../../components/network/types";
import type { Problem } from "../../components/problem/problem";
import { complete } from "./complete";
import { keyProblems, sectionValues } from "./keys";
import { notesOn } from "./notes";
import { isWithin, parsePath, type Path } from "./paths";
import { planAddresses } from "./address-plan";
import { parseSection, type Reading } from "./parse";
import { judge } from "./rules";
import type { Scope } from "./rules/scope";
import { type ParsedSection, type ParsedSections, type PlatformConfig, type SectionName, sections } from "./schema";
import { region as regionSchema } from "./schema/basics";
import { planService, type ServicePlan } from "./service-plan";
import { shapeProblems } from "./shape-problems";

/** Where a config belongs, and when it is checked. */
export interface CheckContext {
  /** Name of the stack. */
  stack: string;
  /** Region. @default the config's own `aws:region` */
  region?: unknown;
  /** The day of the check, YYYY-MM-DD: exemptions end. @default today in UTC */
  today?: string;
}

/** What is known of a platform before anything is built. */
export interface PlatformPlan {
  /** Every subnet's block; undefined when the network section can't be planned. */
  network: NetworkPlan | undefined;
  nodeGroups: PlannedNodeGroup[];
  services: ServicePlan[];
}

export interface CheckResult {
  /** Every default filled in; undefined when there are problems. */
  config?: PlatformConfig;
  /** With problems: as far as it could be planned. */
  plan: PlatformPlan;
  problems: Problem[];
  /** What a reader of the plan should know and need not change. */
  notes: string[];
}

type Readings = Scope["readings"];

/**
 * Checks a stack's config as a whole: shapes, rules and plans, all problems at once.
 *
 * Never throws for anything that a person may write.
 *
 * @param raw the file's `config` mapping, or the same from the running program: keys with their namespace
 */
export function checkPlatform(raw: Readonly<Record<string, unknown>>, context: CheckContext): CheckResult {
  const problems: Problem[] = [...keyProblems(raw)];
  const { values, problems: jsonProblems } = sectionValues(raw);
  problems.push(...jsonProblems);

  const readings = readSections(values);
  problems.push(...Object.values(readings).flatMap((reading) => reading.problems));

  const region = checkRegion(context.region ?? raw["aws:region"], problems);
  if (region === undefined) {
    return { plan: { network: undefined, nodeGroups: [], services: [] }, problems: inOrder(problems), notes: [] };
  }
  const config = complete(readValues(readings), { stack: context.stack, region });
  const network = canTell(readings.network, ["cidr", "zones", "existing"]) ? config.network : undefined;
  const scope: Scope = {
    config: {
      ...config,
      network,
      eks: readings.eks.value === undefined ? null : config.eks,
      ecs: readings.ecs.value === undefined ? null : config.ecs,
    },
    readings,
    partition: partitionOf(region),
    today: context.today ?? new Date().toISOString().slice(0, 10),
  };
  const judged = inFile(judge(scope), readings).filter((problem) => !isAboutMisread(problem, readings));
  const told = new Set(judged.map(({ path }) => path));

  const planned = planAddresses(scope.config);
  const further = inFile(planned.problems, readings).filter(
    (problem) =>
      !told.has(problem.path) && !isAboutMisread(problem, readings) && !followsFromMisread(problem, readings),
  );
  problems.push(...judged, ...further);

  const asWritten = (name: SectionName, ...path: Path) =>
    !readings[name].leftOut.some((misread) => isWithin(misread, path) || isWithin(path, misread));
  const services = Object.entries(scope.config.ecs?.services ?? {}).filter(([name]) =>
    asWritten("ecs", "services", name),
  );
  return {
    ...(problems.length === 0 ? { config } : {}),
    plan: {
      network: readings.network.leftOut.every(changesNoAddress) ? planned.network : undefined,
      nodeGroups: planned.nodeGroups.filter(({ name }) => asWritten("eks", "nodeGroups", name)),
      services: services.flatMap(([name, service]) => planService(name, service) ?? []),
    },
    problems: inOrder(problems),
    notes: problems.length === 0 ? notesOn(config, scope.partition) : [],
  };
}

function readSections(values: Partial<Record<SectionName, unknown>>): Readings {
  const names = Object.keys(sections) as SectionName[];
  return Object.fromEntries(names.map((name) => [name, parseSection(name, sections[name], values[name])])) as Readings;
}

/** Each section's value; of one that is wrong as a whole, what it would be if it weren't written. */
function readValues(readings: Readings): ParsedSections {
  const names = Object.keys(sections) as SectionName[];
  const value = <Name extends SectionName>(name: Name) =>
    (readings[name].value === undefined
      ? sections[name].parse(undefined)
      : readings[name].value) as ParsedSection<Name>;
  return Object.fromEntries(names.map((name) => [name, value(name)])) as unknown as ParsedSections;
}

/** In the order in which the sections stand in the schema; keys that belong to none come first. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const names: string[] = Object.keys(sections);
  const rank = ({ path }: Problem) => names.indexOf(String(parsePath(path)[0]));
  return [...problems].sort((a, b) => rank(a) - rank(b));
}

/** The region when it can be planned with; what is wrong with it goes to the problems. */
function checkRegion(value: unknown, problems: Problem[]): string | undefined {
  const result = regionSchema.safeParse(value);
  if (!result.success) {
    const found = shapeProblems("aws:region", regionSchema, value, result.error.issues);
    problems.push(...found.map((problem) => ({ ...problem, path: "aws:region" })));
    return undefined;
  }
  try {
    partitionOf(result.data);
    return result.data;
  } catch {
    problems.push({
      path: "aws:region",
      value,
      rule: "CFG-REGION",
      message: "is not a region of a partition that the platform knows",
      fix: "write a region such as ap-southeast-1, cn-northwest-1 or us-gov-west-1",
    });
    return undefined;
  }
}

/** Whether the section could be read, these keys in particular: with a default in their place a plan would be another one. */
function canTell(reading: Reading<unknown>, keys: readonly string[]): boolean {
  return (
    reading.value !== undefined &&
    !reading.leftOut.some((path) => keys.some((key) => path.length === 1 && isWithin([key], path))) &&
    !reading.leftOut.some((path) => path[0] === "existing")
  );
}

const keysWithoutAddresses: ReadonlySet<unknown> = new Set(["nat", "endpoints", "flowLogs", "cidrQuota"]);

/** Whether the network's addresses are the same without this. A key that isn't known may be a misspelt one: they aren't. */
function changesNoAddress(path: Path): boolean {
  return keysWithoutAddresses.has(path[0]);
}

/** A rule sees the list without what was left out; people see the file. */
function inFile(problems: readonly Problem[], readings: Readings): Problem[] {
  return problems.map((problem) => {
    const [name] = parsePath(problem.path);
    const reading = readings[name as SectionName] as Reading<unknown> | undefined;
    return reading ? { ...problem, path: reading.inFile(problem.path) } : problem;
  });
}

/** Whether a problem is about a value that isn't there as somebody wrote it: that has a problem of its own. */
function isAboutMisread(problem: Problem, readings: Readings): boolean {
  const [name, ...path] = parsePath(problem.path);
  const reading = readings[name as SectionName] as Reading<unknown> | undefined;
  return reading?.leftOut.some((misread) => isWithin(misread, path) || isWithin(path, misread)) ?? false;
}

/** Whether a planner's problem may come from a default in place of what was misread in the network section. */
function followsFromMisread({ path, rule }: Problem, { network }: Readings): boolean {
  const [section, key] = parsePath(path);
  if (network.leftOut.length === 0) {
    return false;
  }
  if (section !== "network") {
    return !network.leftOut.every(changesNoAddress) && ["CNI-01", "CNI-11", "PRV-09"].includes(rule);
  }
  // nat and endpoints are judged together.
  const partner = { nat: "endpoints", endpoints: "nat" }[String(key)];
  return (
    !network.wrote(String(key)) || network.leftOut.some(([misread]) => misread === partner && partner !== undefined)
  );
}
