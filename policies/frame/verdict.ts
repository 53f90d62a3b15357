/** What a rule says about one resource. */
export type Verdict =
  | { readonly kind: "compliant" }
  | {
      readonly kind: "violation";
      /** The property, as a path from the resource: `ingress[0].cidrBlocks[1]`; empty for the resource as a whole. */
      readonly path: string;
      /** What is wrong and what is allowed, one sentence, lower case, no full stop. */
      readonly message: string;
    }
  | { readonly kind: "notApplicable"; readonly reason: string }
  /** A value that decides is not known before the apply: never to be taken for a pass. */
  | { readonly kind: "unknown"; readonly path: string };

export type Violation = Extract<Verdict, { kind: "violation" }>;

/** A rule may answer with one verdict or with one for each part that it looked at. */
export type Answer = Verdict | readonly Verdict[];

export const compliant: Verdict = { kind: "compliant" };

export function violation(path: string, message: string): Verdict {
  return { kind: "violation", path, message };
}

export function notApplicable(reason: string): Verdict {
  return { kind: "notApplicable", reason };
}

export function unknown(path: string): Verdict {
  return { kind: "unknown", path };
}

/** The verdict on a resource as a whole. */
export interface Judgement {
  readonly kind: Verdict["kind"];
  readonly violations: readonly Violation[];
  /** Paths that could not be read yet; also filled in when another part is in violation already. */
  readonly unknown: readonly string[];
}

/**
 * One judgement from the verdicts on the parts: a violation counts even where another part is unknown, an unknown part
 * even where all others are good.
 */
export function conclude(answer: Answer): Judgement {
  const verdicts = Array.isArray(answer) ? (answer as readonly Verdict[]) : [answer as Verdict];
  const violations = verdicts.filter((verdict) => verdict.kind === "violation");
  const unknownPaths = verdicts.filter((verdict) => verdict.kind === "unknown").map((verdict) => verdict.path);
  const kind =
    violations.length > 0
      ? "violation"
      : unknownPaths.length > 0
        ? "unknown"
        : verdicts.length > 0 && verdicts.every((verdict) => verdict.kind === "notApplicable")
          ? "notApplicable"
          : "compliant";
  return { kind, violations, unknown: unknownPaths };
}
