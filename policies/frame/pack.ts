import type {
  Policies,
  PolicyResource,
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidation,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";
import { Exemptions } from "./exemptions";
import { judgeInStack, judgeResource, type Outcome, settingsOf } from "./judge";
import { type RuleInfo, describeRule } from "./metadata";
import { appliesTo, type ResourceRule, type ResourceView, type Rule, type StackRule } from "./rule";
import { RunRecord } from "./run";
import { regionOf, type StackResource, StackView } from "./stack";
import { Value } from "./value";

export interface PackOptions {
  /** What the stack's config holds under `container-platform:exemptions`. */
  readonly exemptions?: unknown;
  /** The day that exemptions are compared with, `YYYY-MM-DD`. */
  readonly today: string;
  /** `aws:region` of the stack's config, for resources whose provider doesn't say. */
  readonly region?: string;
  /** Takes a line for the people who run Pulumi. */
  readonly log: (line: string) => void;
}

/**
 * No resource has this type. The SDK unpacks a resource's properties anew for each policy (and the whole stack for each
 * stack policy), but skips a policy whose function names another type: this is how the policies that have nothing to
 * say about a resource cost nothing.
 */
const nothingToSay = "container-platform:policies:NothingToSay";

/** Up to this many resources a stack policy that passes is run by the SDK all the same, to be listed as passed. */
const smallStack = 500;

/** Turns rules into policies of the Pulumi SDK. */
export function policiesOf(rules: readonly Rule[], options: PackOptions): Policies {
  const pack = new Pack(rules, options);
  return [
    pack.opening(),
    ...rules.map((rule) => (rule.form === "resource" ? pack.resourcePolicy(rule) : pack.stackPolicy(rule))),
    pack.notJudgedYet(),
    pack.exemptions(),
  ];
}

/** Outcomes that the opening policy has found and the rule's own policy has yet to report; `own` leaves it to the latter. */
type Pending = Map<string, Outcome | "own">;

class Pack {
  private readonly ids: ReadonlySet<string>;
  private readonly resourceRules: readonly ResourceRule[];
  private readonly stackRules: readonly StackRule[];
  private readonly rulesOfType = new Map<string, readonly ResourceRule[]>();
  private pending = new Map<string, Pending>();
  private judged = new Set<string>();
  private stack: StackView | undefined;
  private record: RunRecord;
  private exempt: Exemptions;

  constructor(
    rules: readonly Rule[],
    private readonly options: PackOptions,
  ) {
    this.ids = new Set(rules.map((rule) => rule.id));
    this.resourceRules = rules.filter((rule) => rule.form === "resource");
    this.stackRules = rules.filter((rule) => rule.form === "stack");
    this.exempt = this.readExemptions();
    this.record = new RunRecord(this.exempt);
  }

  /**
   * Runs first: judges a resource by all rules at once, so that its properties are read once. Reports the rules that
   * failed to judge.
   */
  opening(): ResourceValidationPolicy & StackValidationPolicy {
    return {
      name: "policy-failure",
      description: "Every policy can judge what it is given.",
      enforcementLevel: "advisory",
      severity: "low",
      validateResource: (args, report) => {
        if (this.stack) {
          this.startOver();
        }
        this.judged.add(args.urn);
        const resource = this.view(args);
        for (const rule of this.rulesFor(args.type)) {
          this.hold(rule, resource, rule.settings ? "own" : judgeResource(rule, resource), report);
        }
      },
      validateStack: (args, report) => {
        const stack = this.readStack(args);
        this.stack = stack;
        for (const rule of this.stackRules) {
          for (const subject of subjectsOf(rule, stack)) {
            this.hold(rule, subject, rule.settings ? "own" : judgeInStack(rule, subject, stack), report);
          }
        }
      },
    };
  }

  resourcePolicy(rule: ResourceRule): ResourceValidationPolicy {
    const validate: ResourceValidation = (args, report) => {
      const held = this.release(rule, args.urn);
      if (held === undefined && (this.judged.has(args.urn) || !appliesTo(rule, args.type))) {
        args.notApplicable();
      }
      const outcome =
        held === undefined || held === "own"
          ? judgeResource(rule, this.view(args), settingsOf(rule, args.getConfig()))
          : held;
      this.deliver(rule, outcome, args, report);
      if (outcome.kind === "notApplicable") {
        args.notApplicable();
      }
    };
    return { ...describeRule(rule), validateResource: this.skippable(validate, rule, 1) };
  }

  stackPolicy(rule: StackRule): StackValidationPolicy {
    const validate: StackValidation = (args, report) => {
      const stack = this.stack ?? this.readStack(args);
      const settings = settingsOf(rule, args.getConfig());
      const subjects = subjectsOf(rule, stack);
      if (subjects.length === 0) {
        args.notApplicable();
      }
      for (const subject of subjects) {
        const held = this.release(rule, subject.urn);
        const outcome = held === undefined || held === "own" ? judgeInStack(rule, subject, stack, settings) : held;
        this.deliver(rule, outcome, subject, report);
      }
    };
    return { ...describeRule(rule), validateStack: this.skippable(validate, rule, smallStack) };
  }

  notJudgedYet(): StackValidationPolicy {
    return {
      ...info("not-judged-yet", "Every policy has judged."),
      validateStack: (_args, report) => {
        const line = this.record.describeNotJudgedYet();
        if (line) {
          report(line);
        }
      },
    };
  }

  exemptions(): StackValidationPolicy {
    return {
      ...info("exemption-in-use", "Every exemption of the stack is well-formed, in date and needed."),
      validateStack: (args, report) => {
        for (const resource of this.exempt.isEmpty ? [] : args.resources) {
          if (!this.judged.has(resource.urn)) {
            this.exempt.leaveOpenFor(resource.name, resource.urn);
          }
        }
        for (const { index, message } of this.exempt.problems()) {
          report(`container-platform:exemptions${index < 0 ? "" : `[${String(index)}]`} ${message}`);
        }
        const line = this.record.describeExempted();
        if (line) {
          this.options.log(line);
        }
      },
    };
  }

  /** Lets the SDK pass over a policy when nothing is pending for it; see {@link nothingToSay}. */
  private skippable<F extends ResourceValidation | StackValidation>(validate: F, rule: Rule, small: number): F {
    return Object.defineProperty(validate, "__pulumiType", {
      get: () => {
        if (this.judged.size === 0 && !this.stack) {
          return undefined; // The opening policy has not run: it is disabled. Each policy judges for itself then.
        }
        const pending = this.pending.get(rule.id);
        const worthIt = pending && (pending.size <= small || [...pending.values()].some((outcome) => !isPass(outcome)));
        return worthIt ? undefined : nothingToSay;
      },
    });
  }

  private hold(rule: Rule, subject: ResourceView, outcome: Outcome | "own", report: ReportViolation): void {
    if (outcome !== "own" && outcome.kind === "failed") {
      report(`${rule.id} failed on ${subject.name}, which stays unjudged: ${outcome.error}`, subject.urn);
    }
    if (outcome === "own" || outcome.kind !== "notApplicable") {
      const pending = this.pending.get(rule.id) ?? new Map<string, Outcome | "own">();
      this.pending.set(rule.id, pending.set(subject.urn, outcome));
    }
  }

  private release(rule: Rule, urn: string): Outcome | "own" | undefined {
    const pending = this.pending.get(rule.id);
    const outcome = pending?.get(urn);
    pending?.delete(urn);
    return outcome;
  }

  private deliver(rule: Rule, outcome: Outcome, subject: { name: string; urn: string }, report: ReportViolation): void {
    if (outcome.kind === "failed" || outcome.kind === "notApplicable") {
      return;
    }
    for (const { path, message } of this.record.settle(rule, outcome, subject)) {
      report(`${path === "" ? "it" : path} ${message}. ${rule.remediation}`, subject.urn);
    }
  }

  private rulesFor(type: string): readonly ResourceRule[] {
    const known = this.rulesOfType.get(type);
    if (known) {
      return known;
    }
    const rules = this.resourceRules.filter((rule) => appliesTo(rule, type));
    this.rulesOfType.set(type, rules);
    return rules;
  }

  private view(args: ResourceValidationArgs | PolicyResource): ResourceView {
    const props = new Value(unwrap(args.props));
    const provider = new Value(unwrap(args.provider?.props));
    return {
      type: args.type,
      name: args.name,
      urn: args.urn,
      props,
      provider,
      region: regionOf(props, provider, this.options.region),
    };
  }

  private readStack(args: StackValidationArgs): StackView {
    return new StackView(
      args.resources.map((resource): StackResource => ({
        ...this.view(resource),
        parent: resource.parent?.urn,
        dependencies: resource.dependencies.map(({ urn }) => urn),
        propertyDependencies: Object.fromEntries(
          Object.entries(resource.propertyDependencies).map(([key, on]) => [key, on.map(({ urn }) => urn)]),
        ),
      })),
    );
  }

  private readExemptions(): Exemptions {
    return new Exemptions(this.options.exemptions, this.options.today, this.ids);
  }

  /** The next operation in the same process. */
  private startOver(): void {
    this.pending = new Map();
    this.judged = new Set();
    this.stack = undefined;
    this.exempt = this.readExemptions();
    this.record = new RunRecord(this.exempt);
  }
}

function subjectsOf(rule: StackRule, stack: StackView): readonly StackResource[] {
  return rule.types[0] === "*"
    ? stack.resources.filter(({ type }) => appliesTo(rule, type))
    : stack.ofType(...rule.types);
}

function isPass(outcome: Outcome | "own"): boolean {
  return outcome !== "own" && outcome.kind === "compliant";
}

function info(name: string, description: string): RuleInfo {
  return { name, displayName: description, description, enforcementLevel: "advisory", severity: "low" };
}

/** The SDK's proxy throws where a property is unknown; what is behind it lets a rule see the rest of the resource. */
function unwrap(props: unknown): unknown {
  const proxied = props as { __isSpecialProxy?: boolean; __getSpecialProxyTarget?: unknown } | undefined;
  return proxied?.__isSpecialProxy ? proxied.__getSpecialProxyTarget : props;
}
