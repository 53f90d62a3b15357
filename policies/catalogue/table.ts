import { enforcementLevelOf } from "../frame/metadata";
import type { Rule } from "../frame/rule";
import type { Catalogue, Control } from "./control";

/** The page that says, control by control, which policy answers it or why none does. */
export function complianceTable(catalogues: readonly Catalogue[], rules: readonly Rule[]): string {
  const byControl = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const control of rule.controls) {
      byControl.set(control, [...(byControl.get(control) ?? []), rule]);
    }
  }
  const sections = catalogues.map(({ title, source, controls }) => {
    const answered = controls.filter(({ id }) => byControl.has(id)).length;
    return [
      `## ${title}`,
      "",
      `${String(answered)} of ${String(controls.length)} controls are answered by a policy. Source: <${source}>`,
      "",
      ...table(
        ["Control", "Asks for", "Answer"],
        controls.map((control) => [control.id, control.title, answerTo(control, byControl.get(control.id) ?? [])]),
      ),
    ].join("\n");
  });
  return [
    "# Compliance: which policy answers which control",
    "",
    "Written by `npx tsx policies/write-compliance.ts` from the policies and their catalogue; don't edit.",
    "A policy may still be exempted for a resource: the stack's config says which, why and until when.",
    "",
    sections.join("\n\n"),
    "",
    "## All policies",
    "",
    ...table(
      ["Policy", "Holds where", "Level", "Controls", "Same check elsewhere"],
      [...rules]
        .sort((a, b) => a.id.localeCompare(b.id))
        .map((rule) => [
          `[${rule.id}](${rule.url})`,
          rule.title,
          `${enforcementLevelOf(rule)} (${rule.severity})`,
          rule.controls.join(", "),
          (rule.also ?? []).join(", "),
        ]),
    ),
    "",
  ].join("\n");
}

const kinds: Readonly<Record<NonNullable<Control["reason"]>["kind"], string>> = {
  account: "Needs a live account: ",
  planner: "Not a policy: ",
  type: "No policy yet, ",
  replaced: "No policy of its own: ",
};

function answerTo({ reason }: Control, rules: readonly Rule[]): string {
  if (rules.length > 0) {
    return rules.map(({ id }) => `\`${id}\``).join(", ");
  }
  return reason ? `${kinds[reason.kind]}${reason.text}` : "";
}

/** A Markdown table with columns of even width, as the formatter leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = head.map((_, column) => Math.max(3, ...cells.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]): string =>
    `| ${widths.map((width, column) => (row[column] ?? "").padEnd(width)).join(" | ")} |`;
  const [first = [], ...rest] = cells;
  return [line(first), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...rest.map(line)];
}
