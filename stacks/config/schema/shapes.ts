import { z } from "zod";

/** What a schema knows beyond its shape: which rule a bad value breaks, and how to mend it. */
export interface Hint {
  /** Rule to report instead of `CFG-VALUE`. */
  rule?: string;
  /** Reads after the value, lower case: why it can't work. */
  message?: string;
  /** What to write instead; derived from the shape when absent. */
  fix?: string;
}

/** Hints by schema. Apart from zod's own metadata, which ends up in the JSON Schema. */
export const hints = z.registry<Hint>();

export interface Description extends Hint {
  /** Meaning, unit and default: editors show it. */
  says: string;
  /** A value that is right; also what a fix proposes. */
  example?: unknown;
  /** For editors only: what a planner or rule judges with a better message than a pattern's. */
  editorPattern?: string;
}

/** Attaches what editors show and what a problem's fix says. Comes before `.default()`, `.optional()` and `.nullable()`. */
export function described<Schema extends z.ZodType>(schema: Schema, about: Description): Schema {
  const { says, example, editorPattern, ...hint } = about;
  const result = schema.meta({
    description: says,
    ...(example === undefined ? {} : { examples: [example] }),
    ...(editorPattern === undefined ? {} : { pattern: editorPattern }),
  });
  hints.add(result, hint);
  return result;
}

export const text = (about: Description) =>
  described(z.string().regex(/\S/), { message: "must not be empty", ...about });

export const flag = (says: string, example = true) => described(z.boolean(), { says, example });

export const whole = (min: number, max: number, about: Description) => described(z.int().min(min).max(max), about);

export const choice = <const Values extends readonly [string, ...string[]]>(values: Values, about: Description) =>
  described(z.enum(values), { example: values[0], ...about });

/** An IPv4 block. Only its type is judged here: the planner says which of the VPC's rules a bad one breaks. */
export const block = (about: Description) =>
  described(z.string(), { editorPattern: "^\\d{1,3}(\\.\\d{1,3}){3}/\\d{1,2}$", ...about });

/** An ARN. Its parts are judged by rules that know the stack's partition. */
export const arnText = (about: Description) => described(z.string(), { editorPattern: "^arn:[a-z-]+:", ...about });

export const image = () =>
  described(z.string().regex(/^[a-z0-9][\w.\-:]*(\/[\w.-]+)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/), {
    says: "Container image with its tag or digest. Required.",
    example: "public.ecr.aws/nginx/nginx:1.31-alpine-slim",
    message: "is not an image reference",
  });

/** Name of a node group, workload or service: part of resource names and, for workloads, a Kubernetes name. */
export const itemName = () =>
  described(z.string().regex(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/), {
    says: "Lower-case letters, digits and hyphens, a letter first, at most 32 characters.",
    message: "is not a name of lower-case letters, digits and hyphens, a letter first, at most 32 characters",
    fix: 'rename it, for example to "web"',
  });

// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

export const retention = (what: string) =>
  described(z.literal(retentionDays), {
    says: `How long ${what} are kept, in days: one of CloudWatch Logs' periods. Default 365.`,
    example: 365,
    message: "is not a retention period of CloudWatch Logs",
  }).default(365);

/** A list that may be empty and is so by default. */
export const list = <Item extends z.ZodType>(item: Item, about: Description) =>
  described(z.array(item), { example: [], ...about });

/** A mapping from names of the user's choice. */
export const byName = <Item extends z.ZodType>(item: Item, about: Description) =>
  described(z.record(itemName(), item), { example: {}, ...about });

/** A mapping with these keys and no others. */
export const section = <Shape extends z.ZodRawShape>(shape: Shape, about: Description) =>
  described(z.strictObject(shape), { example: {}, ...about });
