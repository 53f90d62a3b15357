import { Command, CommanderError, Option } from "commander";

export const OPERATIONS = ["preview", "up", "refresh", "destroy", "cycle"] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What a person asked for, as written. */
export interface Request {
  operation: Operation;
  stack: string;
  /** Path of a stack file other than `Pulumi.<stack>.yaml`. */
  file?: string;
  /** Folder of another Pulumi program. */
  program?: string;
  /** Folder of another policy pack. */
  policyPack?: string;
  /** Whether policies judge the program at all. */
  policies: boolean;
  /** JSON file with objects that exist in the cloud beforehand. */
  seed?: string;
  fresh: boolean;
  json: boolean;
  fault: string[];
}

/** A mistake in how the command was called or what it was pointed at; the exit code is 2. */
export class UsageError extends Error {}

const FAULT = /^(throttle|fail|lost|kill):[^:]+(:[^:]+)*(:\d+)?$/;

/**
 * Reads the command line.
 *
 * @returns undefined when the answer is printed already (`--help`).
 * @throws UsageError
 */
export function readRequest(args: string[]): Request | undefined {
  const command = new Command("sandbox")
    .usage("[preview|up|refresh|destroy|cycle] [options]")
    .description(
      "Plans, applies and destroys a stack with the real Pulumi engine, the real program and policies, over a simulated\n" +
        "cloud: no account, no credentials, no network. Without arguments: up --stack dev.\n\n" +
        "cycle = up, a preview that must find nothing to change, refresh, destroy.",
    )
    .argument("[operation]", OPERATIONS.join(", "), "up")
    .option("--stack <name>", "the stack; its config is Pulumi.<name>.yaml", "dev")
    .option("--file <path>", "take the stack's config from this file instead")
    .option("--fresh", "drop the stack's state and its cloud first", false)
    .option("--json", "print one JSON object on standard output and nothing else there", false)
    .addOption(
      new Option("--fault <spec>", "make something go wrong: throttle|fail|lost|kill:<Type or name>[:<n>]; repeatable")
        .argParser((value: string, earlier: string[]) => [...earlier, value])
        .default([], "none"),
    )
    .option("--seed <path>", "JSON file with objects that exist in the cloud beforehand")
    .option("--program <folder>", "run another Pulumi TypeScript program (a folder with its own Pulumi.yaml)")
    .option("--policy-pack <folder>", "judge with another policy pack")
    .option("--no-policies", "judge with no policy pack")
    .addHelpText(
      "after",
      "\nExit code: 0 it worked and no mandatory policy was violated, 1 otherwise, 2 the command itself was wrong.\n" +
        "\nExamples:\n" +
        "  npm run sandbox\n" +
        "  npm run sandbox -- preview --stack prod\n" +
        "  npm run sandbox -- up --stack prod --fault kill:Subnet:3   then again without the fault: it recovers\n" +
        "  npm run sandbox -- cycle --stack china --fresh --json",
    )
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });

  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return undefined;
    throw new UsageError(`${(error as Error).message}\nSee: npm run sandbox -- --help`);
  }
  const options = command.opts<Omit<Request, "operation">>();
  return check({ ...options, operation: (command.processedArgs[0] ?? "up") as Operation });
}

function check(request: Request): Request {
  if (!OPERATIONS.includes(request.operation)) {
    throw new UsageError(`"${request.operation}" is no operation. Use one of: ${OPERATIONS.join(", ")}`);
  }
  // What Pulumi allows in a stack's name; it becomes a folder's name here.
  if (!/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(request.stack)) {
    throw new UsageError(`"${request.stack}" is no stack name: letters, digits, ".", "_" and "-"`);
  }
  for (const fault of request.fault) {
    if (!FAULT.test(fault)) {
      throw new UsageError(`"${fault}" is no fault: throttle|fail|lost|kill:<Type or logical name>[:<n>]`);
    }
  }
  return request;
}
