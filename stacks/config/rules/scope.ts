import type { Partition } from "../../../components/aws/partition";
import type { Problem } from "../../../components/problem/problem";
import type { Reading } from "../parse";
import type { ParsedSection, PlatformConfig, SectionName } from "../schema";

/** What a rule judges: the config as far as it could be read, and what surrounds it. */
export interface Scope {
  /** With defaults. A section of which nothing could be read is as if it weren't there. */
  config: Omit<PlatformConfig, "network"> & { network: PlatformConfig["network"] | undefined };
  /** What each section's reading said, for the keys that somebody wrote. */
  readings: { [Name in SectionName]: Reading<ParsedSection<Name>> };
  /** Partition of the stack's region. */
  partition: Partition;
  /** The day of the check, as YYYY-MM-DD in UTC. */
  today: string;
}

export type Rule = (scope: Scope) => Problem[];
