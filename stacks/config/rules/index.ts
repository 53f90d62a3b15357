import type { Problem } from "../../../components/problem/problem";
import { accessRules } from "./access";
import { arnRules } from "./arns";
import { clusterRules } from "./cluster";
import { exemptionRules } from "./exemptions";
import { networkRules } from "./network";
import type { Rule, Scope } from "./scope";
import { serviceRules } from "./services";

const rules: readonly Rule[] = [networkRules, clusterRules, accessRules, arnRules, serviceRules, exemptionRules];

/** Every rule that needs the config only, or the config and today's date. */
export function judge(scope: Scope): Problem[] {
  return rules.flatMap((rule) => rule(scope));
}
