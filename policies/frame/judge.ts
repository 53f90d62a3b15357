import type { ResourceRule, ResourceView, Rule, SettingValues, StackRule } from "./rule";
import type { StackResource, StackView } from "./stack";
import { attempt, Value } from "./value";
import { type Answer, conclude, type Judgement } from "./verdict";

/** A rule that threw on its input: our mistake, to be reported as such and not to stop an update. */
export interface Failure {
  readonly kind: "failed";
  readonly error: string;
}

export type Outcome = Judgement | Failure;

export function judgeResource(rule: ResourceRule, resource: ResourceView, settings = defaultsOf(rule)): Outcome {
  return safely(() => rule.judge(resource, settings));
}

export function judgeInStack(
  rule: StackRule,
  subject: StackResource,
  stack: StackView,
  settings = defaultsOf(rule),
): Outcome {
  return safely(() => rule.judge(subject, stack, settings));
}

/** A rule's settings: its defaults, and over them what the policy configuration says. */
export function settingsOf(rule: Rule, configured: object): SettingValues {
  return new Value({ ...(defaultsOf(rule).raw as object), ...configured }, "settings");
}

export function defaultsOf(rule: Rule): SettingValues {
  const defaults = Object.entries(rule.settings ?? {}).map(([name, setting]) => [name, setting.default]);
  return new Value(Object.fromEntries(defaults), "settings");
}

function safely(judge: () => Answer): Outcome {
  try {
    return conclude(attempt(judge));
  } catch (error) {
    return { kind: "failed", error: error instanceof Error ? error.message : String(error) };
  }
}
