import type { StackResource, StackView } from "./stack";
import type { Value } from "./value";
import type { Answer } from "./verdict";

export type Severity = "low" | "medium" | "high" | "critical";

/** What every rule says of itself; the documentation and the engine's metadata are made from it. */
export interface RuleFacts {
  /** `<service>-<subject>-<fact>`, unique; the name that exemptions and policy configuration use. */
  readonly id: string;
  /** A statement that holds where the rule is kept. */
  readonly title: string;
  /** `high` and `critical` are mandatory by default, the others advisory. */
  readonly severity: Severity;
  /** Why it judges nothing until policy configuration gives it a level. Without this the severity decides. */
  readonly optIn?: string;
  /** Controls of the catalogue that it answers: `EC2.2`, `CIS-EKS 5.4.3`, `VPC-09`. */
  readonly controls: readonly string[];
  /** The same check in other scanners, for people who come from one: `CKV_AWS_23`. */
  readonly also?: readonly string[];
  /** Why it matters, one or two sentences. */
  readonly description: string;
  /** What to do about a violation. */
  readonly remediation: string;
  /** The documentation of the control, or of the service where the control is our own. */
  readonly url: string;
  /** What policy configuration may change, with its defaults. */
  readonly settings?: Settings;
}

export interface Settings {
  readonly [name: string]: {
    readonly description: string;
    readonly default: string | number | boolean | readonly (string | number)[];
  };
}

/** The values of a rule's settings: its defaults, and what the policy configuration puts over them. */
export type SettingValues = Value;

/** A resource as a rule sees it. */
export interface ResourceView {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Inputs in a resource rule, outputs in a stack rule. */
  readonly props: Value;
  /** The inputs of its provider; missing when the engine does not say. */
  readonly provider: Value;
  /** The region that it goes to, as far as the resource, its provider or the stack's config tell; may be unknown. */
  readonly region: Value;
}

/** Judges a resource by its own inputs, before it is created or changed. */
export interface ResourceRule extends RuleFacts {
  readonly form: "resource";
  /** Type tokens; `"*"` for every custom resource. */
  readonly types: readonly string[];
  /** Pure. */
  readonly judge: (resource: ResourceView, settings: SettingValues) => Answer;
}

/** Judges a resource among the others of its stack, at the end of a preview or an update. */
export interface StackRule extends RuleFacts {
  readonly form: "stack";
  readonly types: readonly string[];
  /** Pure. */
  readonly judge: (subject: StackResource, stack: StackView, settings: SettingValues) => Answer;
}

export type Rule = ResourceRule | StackRule;

export function resourceRule(rule: Omit<ResourceRule, "form">): ResourceRule {
  return { form: "resource", ...rule };
}

export function stackRule(rule: Omit<StackRule, "form">): StackRule {
  return { form: "stack", ...rule };
}

/** Components and the engine's own resources reach no cloud: `*` leaves them out. */
export function appliesTo(rule: Rule, type: string): boolean {
  return rule.types.includes(type) || (rule.types[0] === "*" && isCustom(type));
}

function isCustom(type: string): boolean {
  // Provider types are `package:module/name:Name`; components of programs have no slash by convention, Kubernetes
  // objects neither (`kubernetes:core/v1:Service` does).
  return type.includes("/") && !type.startsWith("pulumi:");
}
