/**
 * Instance types: architecture, size and network limits.
 *
 * Source and date: on top of instance-types.json.
 */
import table from "./instance-types.json";

/** As images, AMIs and launch templates spell it; Kubernetes' label says `amd64` for `x86_64`. */
export type Architecture = "arm64" | "x86_64";

export interface InstanceType {
  name: string;
  arch: Architecture;
  vcpu: number;
  memoryMiB: number;
  /** Network interfaces of the default network card: only those serve pods. */
  enis: number;
  /** Network interfaces of all network cards. */
  enisOfAllCards: number;
  /** IPv4 addresses of one network interface, its own primary address included. */
  ipv4PerEni: number;
  /** Whether it can have prefixes assigned (`ENABLE_PREFIX_DELEGATION`): Nitro, and all bare metal. */
  nitro: boolean;
  bareMetal: boolean;
  /** A Mac: neither EKS nor ECS runs on it. */
  mac: boolean;
}

/** How the table spells an architecture. */
type Spelling = "amd64" | "arm64" | "x86_64_mac" | "arm64_mac";

type Row = [
  arch: Spelling,
  vcpu: number,
  memoryMiB: number,
  enis: number,
  defaultCardEnis: number,
  ipv4PerEni: number,
  hypervisor: string,
  bareMetal: boolean,
];

const rows = table.types as unknown as Readonly<Record<string, Row>>;

const architectures: Readonly<Record<Spelling, { arch: Architecture; mac: boolean }>> = {
  amd64: { arch: "x86_64", mac: false },
  arm64: { arch: "arm64", mac: false },
  x86_64_mac: { arch: "x86_64", mac: true },
  arm64_mac: { arch: "arm64", mac: true },
};

/** Names of every known type, sorted. */
export const instanceTypeNames: readonly string[] = Object.keys(rows).sort();

/** The facts of an instance type such as `m7g.xlarge`, or undefined when the table doesn't have it. */
export function instanceType(name: string): InstanceType | undefined {
  if (!Object.hasOwn(rows, name)) {
    return undefined;
  }
  const [spelling, vcpu, memoryMiB, enisOfAllCards, enis, ipv4PerEni, hypervisor, bareMetal] = rows[name] as Row;
  const { arch, mac } = architectures[spelling];
  return {
    name,
    arch,
    vcpu,
    memoryMiB,
    enis,
    enisOfAllCards,
    ipv4PerEni,
    nitro: bareMetal || hypervisor === "nitro",
    bareMetal,
    mac,
  };
}

/**
 * The architecture of an instance type: from the table, for a type that is newer than the table from its name; undefined
 * for a text that is no instance type's name.
 */
export function architectureOf(typeName: string): Architecture | undefined {
  return instanceType(typeName)?.arch ?? architectureByName(typeName);
}

/** What names tell of the architecture; the first that fits counts. */
const namePatterns: readonly (readonly [RegExp, Architecture])[] = [
  [/^a1\./, "arm64"],
  [/^mac1\./, "x86_64"],
  [/^mac(?:\d|-)/, "arm64"],
  [/^[a-z]+\d+[a-z]*g/, "arm64"],
  [/^[a-z]+(?:\d|-)/, "x86_64"],
];

/**
 * The architecture that a type's name tells, known or new; undefined for a text that is no instance type's name.
 *
 * Graviton families have a `g` among the letters after the generation's digit (`m7g`, `c7gn`, `x2gd`, `im4gn`, `is4gen`); a `g`
 * before the digit means graphics (`g5`, `g4dn`). `a1` was the first Graviton, and of the Macs only `mac1` is x86.
 * Naming: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function architectureByName(typeName: string): Architecture | undefined {
  if (!/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(typeName)) {
    return undefined;
  }
  return namePatterns.find(([pattern]) => pattern.test(typeName))?.[1];
}

/** As Kubernetes' label `kubernetes.io/arch` and container images spell it. */
export function kubernetesArchitecture(arch: Architecture): "arm64" | "amd64" {
  return arch === "x86_64" ? "amd64" : "arm64";
}
