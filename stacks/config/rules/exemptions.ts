import type { Problem } from "../../../components/problem/problem";
import { formatPath } from "../paths";
import type { Scope } from "./scope";

/** An exemption ends on a day that exists and is still to come: past it, the policy holds again. */
export function exemptionRules({ config: { exemptions }, today }: Scope): Problem[] {
  return exemptions.flatMap(({ until }, i): Problem[] => {
    const at = { path: formatPath(["exemptions", i, "until"]), value: until };
    if (until === null) {
      return [];
    }
    if (!isDate(until)) {
      const fix = `write a day as YYYY-MM-DD, for example ${inAYear(today)}`;
      return [{ ...at, rule: "CFG-DATE", message: "is not a date", fix }];
    }
    if (until < today) {
      const fix = `remove the exemption and mend what it covers, or have it reviewed and set a later day, for example ${inAYear(today)}`;
      return [{ ...at, rule: "CFG-EXPIRED", message: `is past (today is ${today}): the exemption has expired`, fix }];
    }
    return [];
  });
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function inAYear(today: string): string {
  return `${Number(today.slice(0, 4)) + 1}${today.slice(4, 8)}01`;
}
