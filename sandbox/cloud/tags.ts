/**
 * Tags as the real provider merges them: the provider's default tags join `tags` in Check (a resource's own value wins), and `tagsAll`
 * reads back everything. https://www.pulumi.com/registry/packages/aws/api-docs/provider/#default_tags_nodejs
 */
import { Shape } from "./shape";
import { Properties } from "./table";
import { isObject, UNKNOWN } from "./value";

/** Whether the type takes part in default tags. */
export function isTagged(shape: Shape | undefined): boolean {
  return !!shape && shape.inputs.has("tags") && shape.outputs.has("tagsAll");
}

/** `tags` with the provider's default tags underneath; undefined when there are none at all. */
export function mergeTags(tags: unknown, defaultTags: Record<string, string>): unknown {
  if (tags === UNKNOWN) return UNKNOWN;
  const merged = { ...defaultTags, ...(isObject(tags) ? tags : {}) };
  return Object.keys(merged).length > 0 || isObject(tags) ? merged : undefined;
}

/** The tags that the user may not set. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
export function reservedTag(tags: unknown): string | undefined {
  return isObject(tags) ? Object.keys(tags).find((key) => key.toLowerCase().startsWith("aws:")) : undefined;
}

/** The default tags of a provider's configuration, which the engine hands over as JSON text or as an object. */
export function defaultTagsOf(setting: unknown): Record<string, string> {
  const parsed: unknown = typeof setting === "string" && setting !== "" ? JSON.parse(setting) : setting;
  const tags = isObject(parsed) ? (parsed as Properties)["tags"] : undefined;
  if (!isObject(tags)) return {};
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, String(value)]));
}
