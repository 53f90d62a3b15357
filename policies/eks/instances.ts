export type Architecture = "arm64" | "x86_64";

/**
 * The architecture of an instance type by its name: Graviton's families have a g after the generation (`m7g`, `c7gn`).
 * Source: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureOfInstance(type: string): Architecture | undefined {
  if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(type)) {
    return undefined;
  }
  return /^(a1|[a-z]+\d+g[a-z]*|p\d+e-gb\d+)\./.test(type) ? "arm64" : "x86_64";
}

/** Undefined for `CUSTOM`, whose image is the launch template's, and for types that are not known. */
export function architectureOfImage(amiType: string): Architecture | undefined {
  if (amiType.includes("ARM_64")) {
    return "arm64";
  }
  return amiType.includes("x86_64") || amiType.startsWith("WINDOWS") ? "x86_64" : undefined;
}
