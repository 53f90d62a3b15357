/** What a control asks, and who answers for it. */
export interface Control {
  /** `EC2.2`, `CIS-EKS 5.4.3`, `VPC-09`. */
  readonly id: string;
  readonly title: string;
  /** Why no policy answers it; without it, a rule must. */
  readonly reason?: Reason;
}

export interface Reason {
  /**
   * `account`: only a live account or cluster shows it. `planner`: the config is refused before the engine starts.
   * `type`: about a type that the platform does not create yet. `replaced`: another control of the list covers it.
   */
  readonly kind: "account" | "planner" | "type" | "replaced";
  readonly text: string;
}

export interface Catalogue {
  readonly title: string;
  readonly source: string;
  readonly controls: readonly Control[];
}

/** A control that only a live account shows. */
export function inAccount(text: string): Reason {
  return { kind: "account", text };
}

/** A control about a type that the platform does not create yet, in the plural. */
export function notCreatedYet(type: string): Reason {
  return { kind: "type", text: `this platform creates no ${type}` };
}

/** A rule that the config is held against before the engine starts. */
export function planned(text = "checked with the stack's config, before the engine starts"): Reason {
  return { kind: "planner", text };
}

export function coveredBy(text: string): Reason {
  return { kind: "replaced", text };
}
