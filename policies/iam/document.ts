import { Value } from "../frame/value";

/**
 * One statement of an IAM document, as AWS reads it: one or many of each element, actions whatever their case.
 * Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export class Statement {
  constructor(readonly value: Value) {}

  get path(): string {
    return this.value.path;
  }

  get allows(): boolean {
    return this.element("Effect").string()?.toLowerCase() === "allow";
  }

  /** Lower case, wildcards as written. */
  get actions(): string[] {
    return texts(this.element("Action")).map((action) => action.toLowerCase());
  }

  get notActions(): string[] {
    return texts(this.element("NotAction")).map((action) => action.toLowerCase());
  }

  get resources(): string[] {
    return texts(this.element("Resource"));
  }

  get hasNotResource(): boolean {
    return !this.element("NotResource").isMissing;
  }

  get hasCondition(): boolean {
    return this.element("Condition").entries().length > 0;
  }

  /** `Service`, `AWS` and the like to who is meant; `*` as the kind for a principal that is just `*`. */
  get principals(): { kind: string; id: string }[] {
    const principal = this.element("Principal");
    if (principal.isMissing) {
      return [];
    }
    const bare = principal.string();
    if (bare !== undefined) {
      return [{ kind: "*", id: bare }];
    }
    return principal.entries().flatMap(([kind, ids]) => texts(ids).map((id) => ({ kind, id })));
  }

  /** Whether anybody at all may use it: `*`, or `{"AWS": "*"}`. */
  get isForAnyone(): boolean {
    return this.principals.some(({ kind, id }) => id === "*" && (kind === "*" || kind === "AWS"));
  }

  /** Whether it grants the action, by name or wildcard. An allowed `NotAction` grants everything that it doesn't name. */
  grants(action: string): boolean {
    if (!this.allows) {
      return false;
    }
    const name = action.toLowerCase();
    const actions = this.actions;
    if (actions.length > 0) {
      return actions.some((pattern) => wildcardMatches(pattern, name));
    }
    const except = this.notActions;
    return except.length > 0 && !except.some((pattern) => wildcardMatches(pattern, name));
  }

  /** Whether it reaches every resource there is. */
  get reachesEverything(): boolean {
    return this.resources.includes("*");
  }

  element(name: string): Value {
    const exact = this.value.at(name);
    if (this.value.isUnknown || exact.raw !== undefined) {
      return exact;
    }
    const other = this.value.entries().find(([key]) => key.toLowerCase() === name.toLowerCase());
    return other ? other[1] : exact;
  }
}

/** The statements of a document given as JSON in a string or as an object; none where it is no document. */
export function statementsOf(document: Value): Statement[] {
  const parsed = document.json();
  return new Statement(parsed)
    .element("Statement")
    .oneOrMany()
    .map((statement) => new Statement(statement));
}

export function wildcardMatches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) {
    return pattern === text;
  }
  // Two pointers instead of a regular expression: a hostile pattern can't make it slow.
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      mark = t;
    } else if (pattern[p] === "?" || pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") {
    p++;
  }
  return p === pattern.length;
}

function texts(value: Value): string[] {
  return value
    .oneOrMany()
    .map((element) => element.string())
    .filter((text) => text !== undefined);
}
