import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";

export type Kind = "preview" | "up" | "refresh" | "destroy";

/** A policy that a resource, or the stack as a whole, does not keep. */
export interface Violation {
  policy: string;
  /** URN; of the stack when the policy judges it as a whole. */
  resource: string;
  message: string;
  level: "mandatory" | "advisory";
}

/** What one operation did, as `--json` shows it. */
export interface OperationReport {
  kind: Kind;
  ok: boolean;
  /** Resources by what happened to them: `create`, `update`, `replace`, `delete`, `same`. */
  changes: Record<string, number>;
  durationMs: number;
  policies: { mandatory: number; advisory: number; violations: Violation[] };
  error?: string;
}

/** A resource that is not as it was: what `cycle` must not find in its preview and its refresh. */
export interface Change {
  op: string;
  urn: string;
  /** The properties at fault, where the engine names them. */
  properties: string[];
}

export interface OperationOutcome {
  report: OperationReport;
  /** Whether Pulumi's own output says already what went wrong. */
  told: boolean;
  touched: Change[];
}

export interface OperationOptions {
  policyPack?: string;
  color: "always" | "never";
  output: (text: string) => void;
}

/** Steps that leave everything as it is. */
const STILL = new Set(["same", "read", "refresh", "discard", "discard-replaced", "read-discard"]);

/** Runs one operation on the engine; a failure is an outcome too, never an exception. */
export async function operate(stack: Stack, kind: Kind, options: OperationOptions): Promise<OperationOutcome> {
  const heard = new Listener();
  const begun = Date.now();
  let failure: string | undefined;
  try {
    await start(stack, kind, options, (event) => heard.hear(event));
  } catch (error) {
    failure = heard.errors.join("\n\n") || (error as Error).message;
  }
  const mandatory = heard.violations.filter(({ level }) => level === "mandatory").length;
  const error = failure ?? (mandatory > 0 ? `${mandatory} mandatory policy violations` : undefined);
  return {
    report: {
      kind,
      ok: error === undefined,
      changes: heard.changes,
      durationMs: Date.now() - begun,
      policies: { mandatory, advisory: heard.violations.length - mandatory, violations: heard.violations },
      ...(error === undefined ? {} : { error }),
    },
    told: heard.errors.length > 0 || mandatory > 0,
    touched: [...heard.touched.values()],
  };
}

function start(
  stack: Stack,
  kind: Kind,
  { policyPack, color, output }: OperationOptions,
  onEvent: (event: EngineEvent) => void,
): Promise<unknown> {
  const common = { color, onEvent, onOutput: output, onError: output };
  // Policies judge what a program registers: Pulumi has no policy packs for the operations that run no program.
  const judged = { ...common, policyPacks: policyPack ? [policyPack] : [] };
  switch (kind) {
    case "preview":
      return stack.preview(judged);
    case "up":
      return stack.up(judged);
    case "refresh":
      return stack.refresh(common);
    case "destroy":
      return stack.destroy(common);
  }
}

/** Takes from the engine's events what a report needs. */
class Listener {
  changes: Record<string, number> = {};
  readonly errors: string[] = [];
  readonly violations: Violation[] = [];
  readonly touched = new Map<string, Change>();

  hear({ summaryEvent, policyEvent, diagnosticEvent, resourcePreEvent, resOutputsEvent }: EngineEvent): void {
    if (summaryEvent) {
      const counted = Object.entries(summaryEvent.resourceChanges ?? {}).filter(([, count]) => count);
      this.changes = Object.fromEntries(counted) as Record<string, number>;
    }
    if (policyEvent) {
      this.violations.push({
        policy: policyEvent.policyName,
        resource: policyEvent.resourceUrn ?? "",
        message: plain(policyEvent.message),
        level: policyEvent.enforcementLevel === "mandatory" ? "mandatory" : "advisory",
      });
    }
    if (diagnosticEvent?.severity === "error") this.errors.push(plain(diagnosticEvent.message));
    const step = resourcePreEvent?.metadata ?? resOutputsEvent?.metadata;
    if (step && !STILL.has(step.op)) {
      const properties = Object.keys(step.detailedDiff ?? {});
      this.touched.set(step.urn, {
        op: step.op,
        urn: step.urn,
        properties: properties.length ? properties : (step.diffs ?? []),
      });
    }
  }
}

/** The engine marks colours as `<{%bold%}>`. */
function plain(text: string): string {
  return text.replace(/<\{%.*?%\}>/g, "").trim();
}
