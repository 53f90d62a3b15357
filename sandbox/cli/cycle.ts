import type { Change, Kind, OperationOutcome } from "./operation";
import type { Project } from "./project";
import { ownObjects } from "./recovery";
import { glanceAtState } from "./state";

const SHOWN = 30;

/** In a cycle the preview after an up, and the refresh after that, must find everything as it is. */
export function requireNoChange(kind: Kind, outcome: OperationOutcome): void {
  const { report, touched } = outcome;
  if (touched.length === 0 || (kind !== "preview" && kind !== "refresh")) return;
  report.ok = false;
  outcome.told = false;
  const what = kind === "preview" ? "a preview right after the up would change" : "the refresh found drift in";
  report.error = list(`${what} ${touched.length} resources`, touched.map(describe));
}

/** After a destroy neither the state nor the cloud may have anything left of the stack. */
export function requireEmpty(project: Project, outcome: OperationOutcome): void {
  const inState = (glanceAtState(project)?.resources ?? []).map(({ urn }) => `in the state: ${urn}`);
  const inCloud = ownObjects(project).map(({ type, id, urn }) => `in the cloud: ${type} ${id} of ${urn}`);
  const left = [...inState, ...inCloud];
  if (left.length === 0) return;
  outcome.told = false;
  outcome.report.ok = false;
  outcome.report.error = list(`the destroy left ${left.length} things behind`, left);
}

function describe({ op, urn, properties }: Change): string {
  return `${op} ${urn}${properties.length ? ` (${properties.join(", ")})` : ""}`;
}

function list(title: string, lines: string[]): string {
  const more = lines.length > SHOWN ? [`and ${lines.length - SHOWN} more`] : [];
  return [title, ...[...lines.slice(0, SHOWN), ...more].map((line) => `  ${line}`)].join("\n");
}
