// `npm run sandbox`: see usage.ts for what can be asked, session.ts for how it is done.
import { existsSync } from "node:fs";
import { requireEmpty, requireNoChange } from "./cycle";
import { existing, shown, findPolicyPack, findProject, type Project } from "./project";
import type { Kind, OperationOutcome, OperationReport } from "./operation";
import { UsageError, readRequest, type Request } from "./usage";
import { Interruption, Session, type Voice } from "./session";
import { countable, glanceAtState } from "./state";
import { summarize } from "./summary";

interface Result {
  ok: boolean;
  reports: OperationReport[];
  unmodelled: string[];
  recovered: string[];
  error?: string;
  /** The error, unless Pulumi's output has told it. */
  untold?: string;
}

async function main(): Promise<number> {
  let request: Request | undefined;
  let project: ReturnType<typeof findProject>;
  let policyPack: string | undefined;
  try {
    request = readRequest(process.argv.slice(2));
    if (!request) return 0;
    project = findProject(request);
    policyPack = findPolicyPack(request);
    if (request.seed) request.seed = existing(request.seed, "--seed");
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    if (request?.json || process.argv.includes("--json")) answer({ ok: false, operations: [], error: error.message });
    return 2;
  }
  const { json } = request;
  const out = json ? process.stderr : process.stdout;
  const voice: Voice = {
    say: (line) => void out.write(`${line}\n`),
    output: (text) => void out.write(text),
    color: out.isTTY && !process.env.NO_COLOR ? "always" : "never",
  };

  const result = await perform(request, project, policyPack, voice);
  await tell(request, project, result);
  return result.ok ? 0 : 1;
}

async function perform(
  request: Request,
  project: ReturnType<typeof findProject>,
  policyPack: string | undefined,
  voice: Voice,
): Promise<Result> {
  const result: Result = { ok: false, reports: [], unmodelled: [], recovered: [] };
  let session: Session | undefined;
  const interruption = new Interruption();
  let stopped = false;
  const stop = () => {
    stopped = true;
    const first = interruption.raise() === 1;
    voice.say(
      first ? "\nStopping: what has begun is brought to its end. Once more stops at once." : "\nStopping at once.",
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // A promise of the program's that nobody waits for may fail when its operation is long over.
  process.on("unhandledRejection", (reason) => voice.say(`Unhandled in the program: ${messageOf(reason)}`));
  try {
    session = await Session.open(project, request, policyPack, voice, interruption);
    result.recovered = session.recovered;
    await runAll(request, project, session, result);
  } catch (error) {
    result.error = result.untold = stopped ? "stopped" : messageOf(error);
  } finally {
    result.unmodelled = session?.unmodelled ?? [];
    await session?.close();
  }
  if (stopped && !result.ok) result.error ??= result.untold = "stopped";
  return result;
}

async function runAll(request: Request, project: Project, session: Session, result: Result): Promise<void> {
  const kinds: Kind[] = request.operation === "cycle" ? ["up", "preview", "refresh", "destroy"] : [request.operation];
  for (const kind of kinds) {
    const outcome: OperationOutcome = await session.perform(kind);
    result.reports.push(outcome.report);
    if (outcome.report.ok && request.operation === "cycle") requireNoChange(kind, outcome);
    if (outcome.report.ok && kind === "destroy") requireEmpty(project, outcome);
    if (!outcome.report.ok) {
      result.error = outcome.report.error;
      if (!outcome.told) result.untold = result.error;
      return;
    }
  }
  result.ok = true;
}

async function tell(request: Request, project: Project, result: Result): Promise<void> {
  const state = glanceAtState(project);
  const { ok, reports, unmodelled, recovered, error } = result;
  if (request.json) {
    answer({
      ok,
      stack: project.stack,
      operations: reports,
      resources: countable(state).length,
      state: existsSync(project.stateFile) ? shown(project.stateFile) : null,
      unmodelled,
      ...(recovered.length ? { recovered } : {}),
      ...(error ? { error } : {}),
    });
    return;
  }
  const text = summarize({
    ...{ project, operation: request.operation, file: request.file, reports, state, unmodelled, recovered, ok },
    failure: result.untold,
  });
  process.stdout.write(text);
}

function answer(object: object): void {
  process.stdout.write(`${JSON.stringify(object, null, 2)}\n`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().then(
  (code) => {
    // Set, not called: standard output may be a pipe that is still being read.
    process.exitCode = code;
    setTimeout(() => process.exit(code), 500).unref();
  },
  (error: unknown) => {
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exitCode = 1;
  },
);
