/** A policy that a stack departs from, as its config says: `container-platform:exemptions`. */
export interface Exemption {
  /** The rule's id. */
  readonly policy: string;
  /** A glob over the resource's name or URN: `*` for any characters, `?` for one. */
  readonly resource: string;
  readonly reason: string;
  /** The last day that it holds, `YYYY-MM-DD`; without it, for good. */
  readonly until?: string;
}

interface Entry {
  readonly index: number;
  readonly exemption: Exemption;
  readonly pattern: RegExp;
  readonly expired: boolean;
  /** It took a finding away. */
  used: boolean;
  /** It may yet: the finding that it is for could not be judged, or its resource was not looked at. */
  undecided: boolean;
}

export interface ExemptionProblem {
  readonly index: number;
  readonly message: string;
}

/** The exemptions of one run, and what became of each. */
export class Exemptions {
  private readonly entries: Entry[] = [];
  private readonly malformed: ExemptionProblem[] = [];

  /**
   * @param config What the stack's config holds; anything but a list of exemptions is reported, not trusted.
   * @param today `YYYY-MM-DD`
   * @param policies The ids of all rules.
   */
  constructor(config: unknown, today: string, policies: ReadonlySet<string>) {
    if (config === undefined || config === null) {
      return;
    }
    if (!Array.isArray(config)) {
      this.malformed.push({ index: -1, message: "is not a list: write one entry for each policy and resource" });
      return;
    }
    config.forEach((entry: unknown, index) => {
      const read = readExemption(entry, policies);
      if (typeof read === "string") {
        this.malformed.push({ index, message: read });
      } else {
        const expired = read.until !== undefined && read.until < today;
        this.entries.push({
          index,
          exemption: read,
          pattern: globPattern(read.resource),
          expired,
          used: false,
          undecided: false,
        });
      }
    });
  }

  get isEmpty(): boolean {
    return this.entries.length === 0 && this.malformed.length === 0;
  }

  /** The exemption that a finding falls under, if one does; it counts as used. One that has expired exempts nothing. */
  take(policy: string, name: string, urn: string): Exemption | undefined {
    const entry = this.matching(policy, name, urn).find((candidate) => !candidate.expired);
    if (entry) {
      entry.used = true;
    }
    return entry?.exemption;
  }

  /** Says that a finding of `policy` on this resource is still possible, so that its exemption is not called needless. */
  leaveOpen(policy: string, name: string, urn: string): void {
    for (const entry of this.matching(policy, name, urn)) {
      entry.undecided = true;
    }
  }

  /** Says that no policy has looked at this resource (`--target`, for one). */
  leaveOpenFor(name: string, urn: string): void {
    for (const entry of this.entries) {
      if (entry.pattern.test(name) || entry.pattern.test(urn)) {
        entry.undecided = true;
      }
    }
  }

  /** Exemptions that can't be read, have expired, or took no finding away. */
  problems(): ExemptionProblem[] {
    const stale = this.entries.flatMap(({ index, exemption, expired, used, undecided }) => {
      const what = `${exemption.policy} on "${exemption.resource}"`;
      if (expired) {
        return [
          { index, message: `${what} expired after ${exemption.until ?? ""}: fix the finding, or agree on a new date` },
        ];
      }
      return used || undecided ? [] : [{ index, message: `${what} matches no finding: remove it` }];
    });
    return [...this.malformed, ...stale].sort((a, b) => a.index - b.index);
  }

  private matching(policy: string, name: string, urn: string): Entry[] {
    return this.entries.filter(
      ({ exemption, pattern }) => exemption.policy === policy && (pattern.test(name) || pattern.test(urn)),
    );
  }
}

/** The exemption, or what is wrong with it. */
function readExemption(entry: unknown, policies: ReadonlySet<string>): Exemption | string {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    return "is not an object with policy, resource and reason";
  }
  const { policy, resource, reason, until } = entry as Record<string, unknown>;
  const missing = Object.entries({ policy, resource, reason })
    .filter(([, value]) => typeof value !== "string" || value.trim() === "")
    .map(([key]) => key);
  if (missing.length > 0) {
    return `has no ${missing.join(" and no ")}, so it exempts nothing`;
  }
  if (!policies.has(policy as string)) {
    return `names ${JSON.stringify(policy)}, which is no policy of this pack`;
  }
  const day = readDay(until);
  if (day === null) {
    return `has until ${JSON.stringify(until)}, which is no date like 2027-06-30, so it exempts nothing`;
  }
  return { policy: policy as string, resource: resource as string, reason: reason as string, until: day };
}

/**
 * `YYYY-MM-DD`, also from what the engine makes of an unquoted date in YAML (`2027-06-30 00:00:00 +0000 UTC`); null for
 * what is no day.
 */
function readDay(until: unknown): string | undefined | null {
  if (until === undefined || until === null) {
    return undefined;
  }
  const day =
    typeof until === "string"
      ? /^(\d{4}-\d{2}-\d{2})([T ]00:00:00(\.0+)?( ?(Z|UTC|[+-]00:?00))*)?$/.exec(until)?.[1]
      : undefined;
  if (day === undefined) {
    return null;
  }
  const date = new Date(`${day}T00:00:00Z`);
  // 2027-02-30 parses, as the 2nd of March.
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null;
}

export function globPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*+/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${source}$`, "s");
}
