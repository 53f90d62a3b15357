import type { ResourceView } from "./rule";
import { Value } from "./value";

/** A resource with its place in the dependency graph. */
export interface StackResource extends ResourceView {
  readonly parent: string | undefined;
  /** URNs that it depends on for any reason. */
  readonly dependencies: readonly string[];
  /** URNs that a property's value was made from, by property. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** What a property refers to. */
export interface Relation {
  readonly found: readonly StackResource[];
  /**
   * `inside`: resources of this stack. `outside`: something that exists elsewhere. `none`: the property is not set.
   * `unknown`: not to be said before the apply.
   */
  readonly state: "inside" | "outside" | "none" | "unknown";
}

/**
 * The stack's resources, indexed once a run. Relations are found by ids where those are known and by the dependency
 * graph where they are not, so that a preview judges the same as an update.
 */
export class StackView {
  private readonly byUrn = new Map<string, StackResource>();
  private readonly byType = new Map<string, StackResource[]>();
  private readonly byId = new Map<string, StackResource[]>();
  private readonly childrenOf = new Map<string, StackResource[]>();
  private readonly inverse = new Map<string, Map<string, StackResource[]>>();
  private readonly open = new Map<string, readonly StackResource[]>();
  private referredTo: ReadonlySet<string> | undefined;
  private dependants: Map<string, string[]> | undefined;
  private readonly downstream = new Map<string, ReadonlySet<string>>();

  constructor(readonly resources: readonly StackResource[]) {
    for (const resource of resources) {
      this.byUrn.set(resource.urn, resource);
      append(this.byType, resource.type, resource);
      if (resource.parent) {
        append(this.childrenOf, resource.parent, resource);
      }
      for (const key of ["id", "arn"]) {
        const id = resource.props.at(key).raw;
        if (typeof id === "string" && id !== "" && !resource.props.at(key).isUnknown) {
          append(this.byId, `${resource.type} ${id}`, resource);
        }
      }
    }
  }

  ofType(...types: readonly string[]): StackResource[] {
    return types.length === 1
      ? (this.byType.get(types[0] ?? "") ?? [])
      : types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resources of `types` that `property` of `from` refers to by id or ARN. */
  targets(from: StackResource, property: string, ...types: readonly string[]): Relation {
    const value = from.props.at(property);
    const raw = value.raw;
    const texts = value.isUnknown ? [] : (Array.isArray(raw) ? raw : [raw]).filter((text) => typeof text === "string");
    const byId = texts.flatMap((text) => types.flatMap((type) => this.byId.get(`${type} ${text}`) ?? []));
    if (byId.length > 0) {
      return { found: byId, state: "inside" };
    }
    const byGraph = this.madeFrom(from, property, types);
    const wanted = Array.isArray(raw) ? raw.length : 1;
    if (byGraph.length > 0 && byGraph.length <= wanted) {
      return { found: byGraph, state: "inside" };
    }
    // More candidates than values: an element of a component's output, picked by code that the graph doesn't show.
    if (byGraph.length > 0 || value.isUnknown || hasUnknown(value)) {
      return { found: [], state: "unknown" };
    }
    return { found: [], state: texts.some((text) => text !== "") ? "outside" : "none" };
  }

  /** The one resource of `types` that `property` refers to; undefined when it is none of this stack's. */
  target(from: StackResource, property: string, ...types: readonly string[]): StackResource | undefined {
    return this.targets(from, property, ...types).found[0];
  }

  /** Resources of `type` whose `property` refers to `target`. */
  referrers(target: StackResource, type: string, property: string): readonly StackResource[] {
    const key = `${type} ${property} ${target.type}`;
    let index = this.inverse.get(key);
    if (!index) {
      index = new Map();
      for (const candidate of this.ofType(type)) {
        for (const found of new Set(this.targets(candidate, property, target.type).found)) {
          append(index, found.urn, candidate);
        }
      }
      this.inverse.set(key, index);
    }
    return index.get(target.urn) ?? [];
  }

  /** Resources of `type` whose `property` could refer to anything: its target is not known yet. */
  undecided(type: string, property: string, targetType: string): readonly StackResource[] {
    const key = `${type} ${property} ${targetType}`;
    const open =
      this.open.get(key) ??
      this.ofType(type).filter((candidate) => this.targets(candidate, property, targetType).state === "unknown");
    this.open.set(key, open);
    return open;
  }

  /** Whether a property of any other resource was made from it. */
  isReferredTo(resource: StackResource): boolean {
    this.referredTo ??= new Set(
      this.resources.flatMap(({ urn, propertyDependencies }) =>
        Object.values(propertyDependencies)
          .flat()
          .filter((on) => on !== urn),
      ),
    );
    return this.referredTo.has(resource.urn);
  }

  /** Whether `resource`, or a component that it belongs to, waits for `on`, directly or through others. */
  waitsFor(resource: StackResource, on: StackResource): boolean {
    let reached = this.downstream.get(on.urn);
    if (!reached) {
      reached = this.everythingAfter(on.urn);
      this.downstream.set(on.urn, reached);
    }
    // A component plugin given `dependsOn` is constructed late; only the component lists the dependency, not its children.
    const seen = new Set<string>();
    for (let at: StackResource | undefined = resource; at && !seen.has(at.urn);) {
      if (reached.has(at.urn)) {
        return true;
      }
      seen.add(at.urn);
      at = at.parent ? this.byUrn.get(at.parent) : undefined;
    }
    return false;
  }

  private everythingAfter(urn: string): ReadonlySet<string> {
    if (!this.dependants) {
      this.dependants = new Map();
      for (const resource of this.resources) {
        const upstream = new Set([...resource.dependencies, ...Object.values(resource.propertyDependencies).flat()]);
        for (const dependency of upstream) {
          append(this.dependants, dependency, resource.urn);
        }
      }
    }
    const reached = new Set<string>();
    const open = [urn];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const next of this.dependants.get(at) ?? []) {
        if (!reached.has(next)) {
          reached.add(next);
          open.push(next);
        }
      }
    }
    return reached;
  }

  /**
   * The resources of `types` that a property's value was made from: directly, or by way of another resource's property
   * of the same name (`vpcId: association.vpcId`), or somewhere below a component.
   */
  private madeFrom(from: StackResource, property: string, types: readonly string[]): StackResource[] {
    const seen = new Set<string>();
    let urns: readonly string[] = from.propertyDependencies[property] ?? [];
    let components: StackResource[] = [];
    while (urns.length > 0) {
      const direct = urns.map((urn) => this.byUrn.get(urn)).filter((resource) => resource !== undefined);
      const fitting = direct.filter((resource) => types.includes(resource.type));
      if (fitting.length > 0) {
        return fitting;
      }
      components = [...components, ...direct.filter((resource) => this.childrenOf.has(resource.urn))];
      direct.forEach(({ urn }) => seen.add(urn));
      urns = direct
        .flatMap(({ propertyDependencies }) => propertyDependencies[property] ?? [])
        .filter((urn) => !seen.has(urn));
    }
    return this.below(components, types);
  }

  private below(components: readonly StackResource[], types: readonly string[]): StackResource[] {
    // An output of a component plugin lists the plugin's component, not the child that it came from.
    const below: StackResource[] = [];
    const open = components.map((component) => component.urn);
    const seen = new Set(open);
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const child of this.childrenOf.get(at) ?? []) {
        if (types.includes(child.type)) {
          below.push(child);
        }
        if (!seen.has(child.urn)) {
          seen.add(child.urn);
          open.push(child.urn);
        }
      }
    }
    return below;
  }
}

function hasUnknown(value: Value): boolean {
  return Array.isArray(value.raw) && value.list().some((element) => element.isUnknown);
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}

/** The region of a resource: its own (AWS provider 7), its provider's, or the stack's. */
export function regionOf(props: Value, provider: Value, stackRegion: string | undefined): Value {
  for (const candidate of [props.at("region"), provider.at("region")]) {
    if (candidate.isUnknown || typeof candidate.raw === "string") {
      return candidate;
    }
  }
  return new Value(stackRegion, "region");
}
