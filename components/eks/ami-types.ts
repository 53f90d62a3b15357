/**
 * Machine images of managed node groups: Amazon Linux 2023 only. Amazon Linux 2 images ended in November 2025 (ARC-04).
 *
 * Sources: https://docs.aws.amazon.com/eks/latest/APIReference/API_Nodegroup.html (amiType, botocore 1.44.5),
 * https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html; accelerators by instance family:
 * https://aws.amazon.com/ec2/instance-types/ (accelerated computing), 2026-11.
 */
import type { Architecture } from "../aws/instances";

export type AmiType =
  | "AL2023_x86_64_STANDARD"
  | "AL2023_ARM_64_STANDARD"
  | "AL2023_x86_64_NVIDIA"
  | "AL2023_ARM_64_NVIDIA"
  | "AL2023_x86_64_NEURON";

/** What an instance has beside its processors, as far as it needs drivers of its own in the image. */
export type Accelerator = "none" | "nvidia" | "neuron";

const amiTypes: Readonly<Record<Accelerator, Readonly<Partial<Record<Architecture, AmiType>>>>> = {
  none: { x86_64: "AL2023_x86_64_STANDARD", arm64: "AL2023_ARM_64_STANDARD" },
  nvidia: { x86_64: "AL2023_x86_64_NVIDIA", arm64: "AL2023_ARM_64_NVIDIA" },
  neuron: { x86_64: "AL2023_x86_64_NEURON" },
};

/** By the letters that a family starts with; the first that fits counts. */
const acceleratorPatterns: readonly (readonly [RegExp, Accelerator])[] = [
  // The graphics of g4ad are AMD's, which no image of EKS has drivers for.
  [/^g4ad\./, "none"],
  [/^(g|gr|p)\d/, "nvidia"],
  [/^(inf|trn)\d/, "neuron"],
];

export function acceleratorOf(typeName: string): Accelerator {
  return acceleratorPatterns.find(([pattern]) => pattern.test(typeName))?.[1] ?? "none";
}

/** The image for an architecture and an accelerator; undefined when EKS has none. */
export function amiTypeOf(architecture: Architecture, accelerator: Accelerator): AmiType | undefined {
  return amiTypes[accelerator][architecture];
}
