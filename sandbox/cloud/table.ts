/**
 * The table that describes the simulated cloud: what a person writes to add a type.
 *
 * The machinery (provider.ts, cloud.ts, store.ts) knows nothing of any service. A service is a `Service` value with its
 * `ResourceType`s; everything that is the same for all of AWS (tags, auto-names, unknowns in preview, diffs, references, dependents,
 * the shape of an error) is done from the fields below. `README.md` beside this file shows a type in twenty lines.
 *
 * Property names are Pulumi's (`vpcId`, `subnetIds`). A *path* walks into them: `vpcConfig.subnetIds[]` is every subnet of the
 * nested list, `ingress[].securityGroups[]` every group of every rule.
 */

/** Plain JSON data, or `UNKNOWN` somewhere inside it during a preview. */
export type Properties = Record<string, unknown>;

/** What the cloud holds of one object. `inputs` are its settings as they are now, `outputs` everything the provider reads back. */
export interface CloudRecord {
  /** Pulumi's type token: `aws:ec2/subnet:Subnet`. */
  type: string;
  id: string;
  /** Who made it: the URN of the Pulumi resource; empty for what AWS made by itself (a VPC's default group). */
  urn: string;
  /** Pulumi's logical name, empty like `urn`. */
  name: string;
  inputs: Properties;
  outputs: Properties;
  /** The region it lives in; `global` for IAM and its like. */
  region: string;
  account: string;
  /** ISO 8601. */
  createdAt: string;
  /** `type id` of the object that brought it into being; it goes when that one goes, and does not keep that one from going. */
  madeBy?: string;
}

/**
 * AWS's answer to a request that it refuses.
 *
 * `message` may hold placeholders: `{id}`, `{value}` (the value of the reference at fault), `{region}`, `{account}`, and any
 * top-level property of the object, `{vpcId}`.
 */
export interface Refusal {
  /** The API's error code: `InvalidSubnet.Conflict`. */
  code: string;
  message: string;
  /** The API operation that answers; default: the type's own for what is going on. */
  operation?: string;
  /** In place of "creating EC2 VPC" at the start of the provider's error, for a step of several: "attaching … to …". Placeholders as above. */
  saying?: string;
  /** HTTP status; default 400. */
  status?: number;
  /** Where the text is known from: a page, a public thread, moto, the botocore model. `unsure` when it is a guess. */
  evidence: string;
}

/** This object names another one. It must exist, and cannot be deleted before this one (unless `holds` is false). */
export interface Reference {
  /** Path of the property that names the other object. */
  property: string;
  /** The type(s) that it may name. */
  to: string | string[];
  /** Which of the other object's outputs is written there; default `id`. */
  by?: string;
  /**
   * The answer when there is no such object; without it AWS does not look. An object of another account or region cannot be looked up and
   * is taken as there.
   */
  missing?: Refusal;
  /** Whether the other object's deletion is refused (with its own `inUse`) while this one exists; default true. */
  holds?: boolean | ((holder: CloudRecord, held: CloudRecord) => boolean);
  /** Values that name no object of the store: an alias, a managed policy, a list keyword. */
  except?: (value: string) => boolean;
}

/** No two objects of the type may agree in all these properties. */
export interface Unique {
  of: string[];
  taken: Refusal;
  /** Only objects for which this holds take part. */
  when?: (inputs: Properties) => boolean;
}

/** How the provider names an object whose name is not given: logical name + separator + 7 hex digits. */
export interface AutoName {
  /** Default `name`. */
  property?: string;
  /** Longest name the provider allows; a longer one fails the check. */
  maxLength: number;
  /** Default `-`. */
  separator?: string;
  /** What the provider does with the logical name first: `lower` for buckets, file systems … */
  transform?: (name: string) => string;
  /** Put in front of the logical name: `alias/` of KMS. */
  prefix?: string;
}

/** One property that the provider itself (not AWS) finds wrong, in the words of the Terraform AWS provider. */
export interface CheckFailure {
  property: string;
  reason: string;
}

/** Judges one value during Check; unknown and absent values are never asked. `path` is the place, for texts that name it. */
export type Validator = (value: unknown, path: string) => string | undefined;

/** Where a request comes from. */
export interface Scope {
  region: string;
  account: string;
  partition: string;
  /** `amazonaws.com` or `amazonaws.com.cn`. */
  dnsSuffix: string;
  /** The provider's default tags. */
  defaultTags: Record<string, string>;
}

/** What a service may look at: every object of the account. */
export interface CloudView {
  /** The object, or undefined. IAM's and other global ones are found from every region. */
  find(type: string, id: string): CloudRecord | undefined;
  /** Every object of the type in this region (or global), optionally those with these property values. */
  all(type: string, having?: Properties): CloudRecord[];
  /** The objects that name this one through a `Reference`. */
  dependents(record: CloudRecord): CloudRecord[];
}

/** One create, update, read or delete, as the type's own functions see it. */
export interface Call {
  readonly kind: "create" | "update" | "read" | "delete";
  readonly scope: Scope;
  readonly id: string;
  readonly urn: string;
  /** Pulumi's logical name. */
  readonly name: string;
  /** The checked inputs: defaults, auto-name and default tags are in them. On delete and read: the settings as stored. */
  readonly inputs: Properties;
  /** The object before an update, as read or as it is about to be deleted. */
  readonly old?: CloudRecord;
  readonly cloud: CloudView;
  /** The whole ARN for a resource part: `arn("subnet/subnet-…")` of the type's service and region. Other services: second argument. */
  arn(resource: string, service?: string, options?: { region?: string; account?: string }): string;
  /** A value that is made once and then kept for the life of the object: an address, a random id. */
  kept<T>(property: string, make: () => T): T;
  /** A property of the inputs, or what it had before (for what AWS fills in), or undefined. */
  setting(property: string): unknown;
  /** Ends the call with AWS's answer. */
  refuse(refusal: Refusal, values?: Record<string, string>): never;
  /** Ends the call with words of the provider's own (a waiter that gives up). */
  fail(message: string): never;
  /** Puts another object into the cloud, made by this one. With `id`, a further call changes it. Returns the record. */
  make(
    type: string,
    inputs: Properties,
    options?: { id?: string; outputs?: Properties; detached?: boolean },
  ): CloudRecord;
  /** Takes an object away that `make` put there. */
  unmake(record: CloudRecord): void;
  /** Changes settings and outputs of an object of another type (a gateway's state, a group's rules). */
  amend(record: CloudRecord, changes: Properties): void;
  /** Random hexadecimal digits. */
  hex(digits: number): string;
  /** A quota of the account: what the cloud was started with (`--quota elasticIps=10`), or AWS's default. */
  quota(name: string, byDefault: number): number;
}

/** One resource type. Only `type`, `noun`, `operations` and `id` are required. */
export interface ResourceType {
  /** Pulumi's type token: `aws:ec2/subnet:Subnet`. */
  type: string;
  /** What the provider calls it in its errors: `EC2 Subnet` in "creating EC2 Subnet: …". */
  noun: string;
  /** The provider's own words where they are not "creating <noun>", "updating <noun> (<id>)" and so on. Placeholders as in `Refusal`. */
  says?: { create?: string; update?: string; delete?: string };
  /** The API operations, as they stand in errors. `update` defaults to `create`. */
  operations: { create: string; update?: string; delete: string };
  /** `global` for what has no region (IAM); default `region`. */
  scope?: "region" | "global";

  /** Auto-naming; default: a `name` input gets at most 255 characters. `null` where the provider makes no name. */
  autoName?: AutoName | null;
  /** The provider's own static defaults. They join the inputs at Check, as the real provider does it. */
  defaults?: Properties;
  /** By path: what the provider's Check says of a value. */
  valid?: Record<string, Validator | Validator[]>;
  /** Check failures that need more than one property. `inputs` may hold unknowns: see value.ts. */
  check?: (inputs: Properties, scope: Scope) => CheckFailure[];

  /** The new object's id: `id: hexId("subnet")`, `id: fromInput("name")`, or a function. It must not depend on unknowns. */
  id: (call: Call) => string;
  /** The resource part of the ARN; becomes the output `arn`. Return a whole `arn:…` for an unusual form. */
  arn?: (call: Call) => string;
  /**
   * Outputs that are not inputs. Called at create, update and read, so that a read shows the cloud as it is.
   *
   * Not needed: inputs, `arn`, `id`, `region`, `tagsAll`; those that the SDK declares and nobody sets get the zero value of their type.
   */
  computed?: (call: Call) => Properties;
  /** Optional inputs that AWS fills in when they are absent. Unknown at preview, made once, kept. */
  filled?: (call: Call) => Properties;
  /** Outputs that an update gives another value (a template's latest version): unknown in its preview. Inputs as checked. */
  anew?: (before: Properties, after: Properties) => string[];

  refersTo?: Reference[];
  unique?: Unique[];
  /** Everything else that AWS refuses at create and update (`call.kind`): end with `call.refuse`. Nothing has taken effect yet. */
  refuses?: (call: Call) => void;
  /** What else happens to the cloud at create and update: `call.make`, `call.amend`. In one step with the object itself. */
  takesEffect?: (call: Call) => void;
  /** A failure that AWS reports after it accepted the request (a NAT gateway in state `failed`): the words of the provider. */
  settles?: (call: Call) => string | undefined;

  /** AWS's answer to a delete while other objects refer to this one. Without it such a delete goes through, as with IAM roles in use. */
  inUse?: Refusal;
  /** Anything else that keeps it from being deleted. */
  refusesDelete?: (call: Call) => void;
  /** What else goes or changes with it. What it made goes by itself. */
  goes?: (call: Call) => void;
  /** Paths whose change replaces it, if other than the table in replaces.json. */
  replaces?: string[];
  /** The provider deletes it before it creates the new one, even with an auto-name. */
  deleteBeforeReplace?: boolean;
  /** Paths of lists whose order means nothing (Terraform sets). Compared as sets; default: none. */
  sets?: string[];
  /** Two spellings of one value that make no diff: JSON documents, host bits. Returns the canonical form for comparing. By path. */
  canonical?: Record<string, (value: unknown) => unknown>;
}

/** A data source: `aws:ec2/getVpc:getVpc`. Arguments come in and the result goes out as the SDK has them. */
export interface CloudFunction {
  token: string;
  /** Throws (`call.fail`, `call.refuse`) when it finds nothing. */
  run: (args: Properties, call: FunctionCall) => Properties;
}

/** What a data source sees. */
export interface FunctionCall {
  readonly scope: Scope;
  readonly cloud: CloudView;
  fail(message: string): never;
}

/** One AWS service. */
export interface Service {
  /** Its name in the SDK's errors: `EC2`, `CloudWatch Logs`, `IAM`. */
  sdkId: string;
  /** Its name in ARNs: `ec2`, `logs`, `iam`. */
  arnService: string;
  /**
   * Whether the SDK knows the service's errors as types. They print as `EntityAlreadyExists: …`; EC2's, which are not, as
   * `api error InvalidSubnet.Conflict: …`.
   */
  modelledErrors: boolean;
  types: ResourceType[];
  functions?: CloudFunction[];
}
