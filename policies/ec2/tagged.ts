import type { ResourceView, SettingValues, Settings } from "../frame/rule";
import type { Value } from "../frame/value";
import { compliant, type Verdict, violation } from "../frame/verdict";

export const tagSettings: Settings = {
  requiredTags: { description: "Tag keys that must be there.", default: ["Environment", "Owner"] },
};

/** Whether a resource has the required tags: its own, or those that its provider adds to all. */
export function judgeTags({ props, provider }: ResourceView, settings: SettingValues): Verdict {
  const sources: readonly Value[] = [
    props.at("tags"),
    props.at("tagsAll"),
    // A provider's own inputs hold objects as JSON in strings.
    parsed(provider.at("defaultTags")).at("tags"),
  ];
  const missing = settings
    .at("requiredTags")
    .strings()
    .filter((key) => !sources.some((source) => !source.isUnknown && has(source, key)));
  if (missing.length === 0) {
    return compliant;
  }
  const open = sources.find((source) => source.isUnknown);
  if (open) {
    open.string(); // Asking is what says that it is not known yet.
  }
  return violation("tags", `has no ${missing.join(" and no ")}`);
}

function has(tags: Value, key: string): boolean {
  const tag = tags.at(key);
  return tag.isUnknown || !tag.isMissing;
}

function parsed(value: Value): Value {
  return value.isUnknown ? value : value.json();
}
