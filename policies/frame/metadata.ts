import type { EnforcementLevel, ResourceValidationPolicy } from "@pulumi/policy";
import type { Rule, Settings } from "./rule";

/** What a policy says of itself to the engine. */
export type RuleInfo = Omit<ResourceValidationPolicy, "validateResource" | "remediateResource">;

/** What a rule's findings do when policy configuration says nothing of it. */
export function enforcementLevelOf({ severity, optIn }: Pick<Rule, "severity" | "optIn">): EnforcementLevel {
  if (optIn !== undefined) {
    return "disabled";
  }
  return severity === "critical" || severity === "high" ? "mandatory" : "advisory";
}

export function describeRule(rule: Rule): RuleInfo {
  const info: RuleInfo = {
    name: rule.id,
    displayName: rule.title,
    description: `${rule.title}${namedControls(rule)}.`,
    enforcementLevel: enforcementLevelOf(rule),
    severity: rule.severity,
    tags: [...rule.controls, ...(rule.also ?? [])],
    remediationSteps: rule.remediation,
    url: rule.url,
    framework: frameworkOf(rule),
  };
  return rule.settings ? { ...info, configSchema: { properties: schemaOf(rule.settings) } } : info;
}

/** The description is repeated with every finding: a long list of controls has no place in it. */
function namedControls({ controls }: Rule): string {
  const named = controls.slice(0, 2).join(", ");
  const more = controls.length - 2;
  return named === "" ? "" : ` (${named}${more > 0 ? ` and ${String(more)} more` : ""})`;
}

/** The SDK has room for one framework a policy; the tags name all controls. */
function frameworkOf(rule: Rule): RuleInfo["framework"] {
  const control = rule.controls[0];
  if (control === undefined) {
    return undefined;
  }
  const specification = rule.title;
  if (control.startsWith("CIS-EKS ")) {
    const reference = control.slice("CIS-EKS ".length);
    return { name: "CIS Amazon EKS Benchmark", version: "1.8.0", reference, specification };
  }
  // Security Hub's ids have a dot, `EC2.2`; the platform's a dash, `VPC-09`.
  const name = control.includes(".") ? "AWS Foundational Security Best Practices" : "Container platform";
  return { name, version: "1.0.0", reference: control, specification };
}

type Schema = NonNullable<RuleInfo["configSchema"]>["properties"];

function schemaOf(settings: Settings): Schema {
  return Object.fromEntries(
    Object.entries(settings).map(([name, { description, default: value }]) => {
      const type = typeof value as "string" | "number" | "boolean";
      return [
        name,
        typeof value === "object"
          ? { description, type: "array" as const, default: [...value] }
          : { description, type, default: value },
      ];
    }),
  );
}
