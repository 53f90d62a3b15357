import type { Settings, SettingValues } from "../frame/rule";
import type { Value } from "../frame/value";
import { compliant, notApplicable, type Verdict, violation } from "../frame/verdict";

interface Support {
  /** Last day of standard support, `YYYY-MM-DD`. */
  readonly standard: string;
  /** Last day of extended support. */
  readonly extended: string;
}

/** Source: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
const supported: Readonly<Record<string, Support>> = {
  "1.30": { standard: "2025-07-23", extended: "2026-07-23" },
  "1.31": { standard: "2025-11-26", extended: "2026-11-26" },
  "1.32": { standard: "2026-03-23", extended: "2027-03-23" },
  "1.33": { standard: "2026-07-29", extended: "2027-07-29" },
  "1.34": { standard: "2026-12-02", extended: "2027-12-02" },
  "1.35": { standard: "2027-03-27", extended: "2028-03-27" },
  "1.36": { standard: "2027-08-02", extended: "2028-08-02" },
};

const oldest = 30;

export const versionSettings: Settings = {
  onDay: { description: "The day that support is judged for, `YYYY-MM-DD`; empty: today.", default: "" },
  standardSupportOnly: { description: "Whether extended support, which costs extra, is too little.", default: false },
};

/** Whether EKS supports a version of Kubernetes; one newer than the table is taken for supported. */
export function judgeVersion(version: Value, settings: SettingValues): Verdict {
  if (version.isMissing) {
    return notApplicable("names no version, so it gets EKS's default, which is supported");
  }
  const minor = /^1\.(\d+)$/.exec(version.string() ?? "")?.[1];
  if (minor === undefined) {
    return violation(version.path, "is no version of Kubernetes such as 1.35");
  }
  const support = supported[`1.${minor}`];
  if (!support) {
    return Number(minor) < oldest ? violation(version.path, "is no longer supported by EKS") : compliant;
  }
  const day = settings.at("onDay").string();
  const today = day === undefined || day === "" ? new Date().toISOString().slice(0, 10) : day;
  if (support.extended < today) {
    return violation(version.path, `is no longer supported by EKS since ${support.extended}`);
  }
  if (settings.at("standardSupportOnly").boolean() === true && support.standard < today) {
    return violation(version.path, `is in extended support since ${support.standard}`);
  }
  return compliant;
}
