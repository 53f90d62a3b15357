import colors from "picocolors";
import type { OperationReport, Violation } from "./operation";
import { shown, type Project } from "./project";
import { countable, type Deployment, type StateResource } from "./state";
import type { Operation } from "./usage";
import { describeNetworks } from "./network-map";

export interface SummaryInput {
  project: Project;
  operation: Operation;
  /** `--file`, as it was given. */
  file?: string;
  reports: OperationReport[];
  state: Deployment | undefined;
  unmodelled: string[];
  recovered: string[];
  ok: boolean;
  /** What went wrong beside the operations' own errors. */
  failure?: string;
}

/** What a run built and found, for a person. */
export function summarize(input: SummaryInput): string {
  const { project, reports, state, unmodelled, recovered, ok, failure } = input;
  const resources = countable(state);
  const blocks = [
    headline(input),
    reports.map(describeOperation).join("\n"),
    recovered.length ? `${colors.bold("Recovered")}\n${recovered.map((line) => `  ${line}`).join("\n")}` : "",
    resources.length ? `${colors.bold(`What there is: ${resources.length} resources`)}\n${byRoom(resources)}` : "",
    describeNetworks(resources),
    describePolicies(reports.flatMap(({ policies }) => policies.violations)),
    unmodelled.length
      ? `${colors.yellow("Not modelled")} (they get an id and an ARN, and nothing is refused): ${unmodelled.join(", ")}`
      : "",
    failure ? colors.red(failure) : "",
    reports.length ? next(input, ok) : "",
    reports.length ? `State: ${shown(project.stateFile)}` : "",
  ];
  return `\n${blocks.filter(Boolean).join("\n\n")}\n`;
}

function headline({ project, operation, ok }: SummaryInput): string {
  const mark = ok ? colors.green("✔") : colors.red("✘");
  return `${mark} ${colors.bold(`${operation} of ${project.stack}`)} (${project.name}, ${project.region}) ${ok ? "worked" : "failed"}`;
}

function describeOperation({ kind, ok, changes, durationMs, policies }: OperationReport): string {
  const counts = Object.entries(changes).map(([change, count]) => `${count} ${change}`);
  const found = policies.violations.length
    ? `, ${policies.mandatory} mandatory and ${policies.advisory} advisory policy findings`
    : "";
  const took = `${(durationMs / 1000).toFixed(1)} s`.padStart(8);
  return `  ${ok ? colors.green("✔") : colors.red("✘")} ${kind.padEnd(8)}${took}   ${counts.join(", ") || "nothing"}${found}`;
}

/** Our components are of type `platform:<room>:<Name>`; every child's URN begins with its ancestors' types. */
function roomOf({ urn, type }: StateResource): string {
  if (type === "pulumi:pulumi:Stack" || type.startsWith("pulumi:providers:")) return "stack and providers";
  return /(?:::|\$)platform:([^:]+):/.exec(urn)?.[1] ?? "outside any component";
}

function byRoom(resources: StateResource[]): string {
  const rooms = new Map<string, Map<string, number>>();
  for (const resource of resources) {
    const types = rooms.get(roomOf(resource)) ?? new Map<string, number>();
    rooms.set(roomOf(resource), types);
    const isComponent = !resource.custom && resource.type !== "pulumi:pulumi:Stack";
    const name = isComponent ? "component" : (resource.type.split(":").at(-1) ?? resource.type);
    types.set(name, (types.get(name) ?? 0) + 1);
  }
  return [...rooms]
    .map(([room, types]) => {
      const total = [...types.values()].reduce((sum, count) => sum + count, 0);
      const parts = [...types]
        .sort((a, b) => b[1] - a[1])
        .map(([type, count]) => (count > 1 ? `${count} ${type}` : type));
      return wrap(`  ${room.padEnd(20)} ${String(total).padStart(4)}   `, parts);
    })
    .join("\n");
}

/** Lists after a lead, folded below it at 110 columns. */
function wrap(lead: string, parts: string[]): string {
  const lines: string[] = [];
  let line = "";
  for (const part of parts) {
    if (line && lead.length + line.length + part.length > 110) {
      lines.push(`${line},`);
      line = part;
    } else {
      line = line ? `${line}, ${part}` : part;
    }
  }
  return lead + [...lines, line].join(`\n${" ".repeat(lead.length)}`);
}

const POLICIES_SHOWN = 20;

function describePolicies(violations: Violation[]): string {
  if (violations.length === 0) return "";
  // The same finding comes up in each operation of a cycle.
  const unique = [
    ...new Map(violations.map((found) => [`${found.policy} ${found.resource} ${found.message}`, found])).values(),
  ];
  unique.sort((a, b) => b.level.localeCompare(a.level));
  const lines = unique.slice(0, POLICIES_SHOWN).map(({ policy, resource, message, level }) => {
    const name = level === "mandatory" ? colors.red(level) : colors.yellow(level);
    return `  ${name} ${policy}  ${resource.split("::").at(-1)}\n    ${message.split("\n").join("\n    ")}`;
  });
  if (unique.length > POLICIES_SHOWN) lines.push(`  and ${unique.length - POLICIES_SHOWN} more`);
  return `${colors.bold("Policies")}\n${lines.join("\n")}`;
}

function next({ operation, project, file }: SummaryInput, ok: boolean): string {
  const run = (what: string) => `  npm run sandbox -- ${what} --stack ${project.stack}${file ? ` --file ${file}` : ""}`;
  if (project.foreign) return "";
  const suggestions: Record<Operation, string[]> = {
    preview: [`${run("up")}   applies it`],
    up: [
      `${run("preview")}   after an edit of ${file ?? `Pulumi.${project.stack}.yaml`} shows what it would change`,
      `${run("up")} --fault kill:Subnet:2   kills the engine in the middle; the next run recovers`,
      `${run("destroy")}   takes everything down`,
    ],
    refresh: [`${run("preview")}   shows what an up would put right`],
    destroy: [`${run("up")}   builds it again`],
    cycle: [`${run("up")}   builds it and lets it stand`],
  };
  const said = ok
    ? suggestions[operation]
    : [`${run(operation)}   goes on from here`, `${run(operation)} --fresh   starts over`];
  return `${colors.bold("Next")}\n${said.join("\n")}`;
}
