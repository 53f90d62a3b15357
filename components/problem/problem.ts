/**
 * One mistake in a person's input: where it is, what it is, which rule it breaks and how to mend it.
 *
 * Planners return problems as data, they never throw for a mistake of the user's: all of them are shown at once.
 */
export interface Problem {
  /** Where: the path in the stack's config without the project prefix, list items as `[i]`: `network.zones[2]`. */
  path: string;
  /** What was found there, as written; `undefined` when it is missing. */
  value: unknown;
  /** The rule's id: one of the platform's rules (`VPC-03`), or `CFG-…` for a wrong shape. */
  rule: string;
  /** Why it can't work, in lower case, read after the value. */
  message: string;
  /** What to write instead. */
  fix: string;
}
