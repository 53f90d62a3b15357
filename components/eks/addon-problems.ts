import { closest } from "fastest-levenshtein";
import type { Problem } from "../problem/problem";
import { addonNames, addonVersions, isAddonName } from "./addon-versions";
import { isKubernetesVersion, kubernetesVersions } from "./versions";

/** What is wrong with the add-ons that a config pins, `eks.addons`, for a version of Kubernetes, `eks.version`. */
export function addonProblems(kubernetes: string, pins: Readonly<Record<string, string>>): Problem[] {
  if (!isKubernetesVersion(kubernetes)) {
    const message = "is a version of Kubernetes for which the platform knows no add-on versions";
    const fix = `use ${Object.keys(kubernetesVersions).sort().reverse().join(", ")}`;
    return [{ path: "eks.version", value: kubernetes, rule: "PRV-14", message, fix }];
  }
  return Object.entries(pins).flatMap(([name, version]): Problem[] => {
    const path = `eks.addons.${name}`;
    if (!isAddonName(name)) {
      const message = "is not an add-on that the platform installs";
      const fix = `did you mean ${closest(name, [...addonNames])}? The add-ons are ${addonNames.join(", ")}`;
      return [{ path, value: version, rule: "CFG-UNKNOWN-KEY", message, fix }];
    }
    // kube-proxy carries the version of Kubernetes itself: https://docs.aws.amazon.com/eks/latest/userguide/managing-kube-proxy.html
    if (name === "kube-proxy" && !version.startsWith(`v${kubernetes}.`)) {
      const message = `is of another Kubernetes than the cluster's ${kubernetes}: EKS doesn't offer it there`;
      const fix = `use ${addonVersions[kubernetes][name].version}, or leave it out`;
      return [{ path, value: version, rule: "CFG-VALUE", message, fix }];
    }
    return [];
  });
}
