import type { Exemption, Exemptions } from "./exemptions";
import type { Rule } from "./rule";
import type { Judgement, Violation } from "./verdict";

/** The counts of one preview or update. */
export class RunRecord {
  readonly resources = new Set<string>();
  judgements = 0;
  readonly exempted: { rule: string; name: string; exemption: Exemption }[] = [];
  /** The resources that a rule could not judge yet, by rule. */
  readonly notJudgedYet = new Map<string, Set<string>>();

  constructor(private readonly exemptions: Exemptions) {}

  /** Takes a judgement into account; returns the violations to report, without the exempted ones. */
  settle(rule: Rule, judgement: Judgement, subject: { name: string; urn: string }): readonly Violation[] {
    this.judgements++;
    this.resources.add(subject.urn);
    if (judgement.unknown.length > 0) {
      const waiting = this.notJudgedYet.get(rule.id) ?? new Set();
      this.notJudgedYet.set(rule.id, waiting.add(subject.name));
      this.exemptions.leaveOpen(rule.id, subject.name, subject.urn);
    }
    if (judgement.violations.length === 0) {
      return [];
    }
    const exemption = this.exemptions.take(rule.id, subject.name, subject.urn);
    if (exemption) {
      this.exempted.push({ rule: rule.id, name: subject.name, exemption });
      return [];
    }
    return judgement.violations;
  }

  /** One line for the stack, or undefined when every policy has judged. */
  describeNotJudgedYet(): string | undefined {
    if (this.notJudgedYet.size === 0) {
      return undefined;
    }
    const resources = new Set([...this.notJudgedYet.values()].flatMap((names) => [...names]));
    const rules = [...this.notJudgedYet]
      .map(([rule, names]) => ({ rule, count: names.size }))
      .sort((a, b) => b.count - a.count || a.rule.localeCompare(b.rule))
      .map(({ rule, count }) => `${rule} (${String(count)})`);
    const shown = rules.slice(0, maximumNamed);
    const more = rules.length - shown.length;
    return (
      `${plural(rules.length, "policy", "policies")} could not judge ${plural(resources.size, "resource", "resources")} yet, ` +
      `because values that decide are known only after the apply; the update judges them: ` +
      `${shown.join(", ")}${more > 0 ? ` and ${String(more)} more` : ""}`
    );
  }

  describeExempted(): string | undefined {
    if (this.exempted.length === 0) {
      return undefined;
    }
    const lines = this.exempted.map(({ rule, name, exemption }) => `${rule} on ${name}: ${exemption.reason}`);
    return `${plural(lines.length, "finding", "findings")} exempted: ${lines.join("; ")}`;
  }
}

const maximumNamed = 12;

function plural(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}
