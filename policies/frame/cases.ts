import type { ResourceRule, ResourceView, Rule, StackRule } from "./rule";
import { regionOf, type StackResource, StackView } from "./stack";
import { Value } from "./value";

/** A resource for a resource rule's case. */
export interface ResourceCase {
  /** What is special about it, in a few words. */
  readonly name: string;
  /** The rule's first type unless said. */
  readonly type?: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly provider?: Readonly<Record<string, unknown>>;
  /** The stack's region. */
  readonly region?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** For a violation: the paths that are named, in order. */
  readonly at?: readonly string[];
}

/** A resource of a stack rule's case, with its relations by name. */
export interface StackCaseResource {
  readonly name: string;
  readonly type: string;
  readonly props?: Readonly<Record<string, unknown>>;
  /** Which resources a property's value was made from. */
  readonly refs?: Readonly<Record<string, string | readonly string[]>>;
  readonly dependsOn?: readonly string[];
  readonly parent?: string;
}

export interface StackCase {
  readonly name: string;
  readonly resources: readonly StackCaseResource[];
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly region?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The subject whose verdict is meant; the rule's only subject unless said. */
  readonly on?: string;
  readonly at?: readonly string[];
}

/** At least one case of each verdict, or the reason why the rule can't come to it. */
export interface Cases<Case> {
  readonly pass: readonly Case[] | string;
  readonly violation: readonly Case[] | string;
  readonly notApplicable: readonly Case[] | string;
  readonly unknown: readonly Case[] | string;
}

export type RuleWithCases =
  | { readonly rule: ResourceRule; readonly cases: Cases<ResourceCase> }
  | { readonly rule: StackRule; readonly cases: Cases<StackCase> };

export function resourceOf(rule: ResourceRule, { name, type, props, provider, region }: ResourceCase): ResourceView {
  const properties = new Value(props);
  const providerProps = new Value(provider);
  return {
    type: type ?? rule.types[0] ?? "",
    name,
    urn: urnOf(type ?? rule.types[0] ?? "", name),
    props: properties,
    provider: providerProps,
    region: regionOf(properties, providerProps, region),
  };
}

/** The case's stack and the subject in it. */
export function stackOf(
  rule: Rule,
  { resources, provider, region, on }: StackCase,
): {
  stack: StackView;
  subject: StackResource;
} {
  const urns = new Map(resources.map(({ name, type }) => [name, urnOf(type, name)]));
  const urn = (name: string): string => {
    const found = urns.get(name);
    if (found === undefined) {
      throw new Error(`the case has no resource named ${name}`);
    }
    return found;
  };
  const built = resources.map((resource): StackResource => {
    const refs = Object.entries(resource.refs ?? {}).map(([key, names]): [string, string[]] => [
      key,
      [names].flat().map((name) => urn(name)),
    ]);
    const props = new Value(resource.props ?? {});
    const providerProps = new Value(provider);
    return {
      type: resource.type,
      name: resource.name,
      urn: urn(resource.name),
      props,
      provider: providerProps,
      region: regionOf(props, providerProps, region),
      parent: resource.parent === undefined ? undefined : urn(resource.parent),
      dependencies: [...refs.flatMap(([, on]) => on), ...(resource.dependsOn ?? []).map(urn)],
      propertyDependencies: Object.fromEntries(refs),
    };
  });
  const subjects = built.filter(({ name, type }) => (on === undefined ? rule.types.includes(type) : name === on));
  const [subject, ...others] = subjects;
  if (!subject || (others.length > 0 && on === undefined)) {
    throw new Error(`the case has ${String(subjects.length)} subjects: name one with "on"`);
  }
  return { stack: new StackView(built), subject };
}

function urnOf(type: string, name: string): string {
  return `urn:pulumi:case::container-platform::${type}::${name}`;
}
