import type { Colors } from "picocolors/types";
import type { Problem } from "../../components/problem/problem";
import { parsePath } from "./paths";
import { project, sections } from "./schema";
import { yamlFlow } from "./shape-problems";

const width = 100;
const longestValue = 44;

/**
 * All problems, each with where, what it is, why it can't work and the fix, under the rule's id.
 *
 * @param file what the problems are in: `Pulumi.prod.yaml`
 */
export function formatProblems(file: string, problems: readonly Problem[], colors: Colors): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  const blocks = problems.map((problem) => formatProblem(problem, colors));
  return [colors.bold(`${file} has ${count}`), ...blocks].join("\n\n");
}

function formatProblem({ path, value, rule, message, fix }: Problem, colors: Colors): string {
  const key = Object.hasOwn(sections, String(parsePath(path)[0])) ? `${project}:${path}` : path;
  const shown = value === undefined ? "" : shorten(yamlFlow(value));
  const gap = " ".repeat(Math.max(2, width - key.length - shown.length - rule.length - 4));
  return [
    `  ${colors.bold(key)}  ${colors.red(shown)}${gap}${colors.dim(rule)}`,
    ...wrap(stop(message)),
    ...wrap(stop(capital(fix))),
  ].join("\n");
}

function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > longestValue ? `${line.slice(0, longestValue - 1)}…` : line;
}

function stop(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function wrap(text: string): string[] {
  const lines: string[] = [];
  let line = "   ";
  for (const word of text.split(" ")) {
    if (line.length + 1 + word.length > width && line.trim() !== "") {
      lines.push(line);
      line = "   ";
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}
