import { Config } from "@pulumi/pulumi";
import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "../../../../policies/frame/pack";
import { rules } from "../../../../policies/rules";

const policies = policiesOf(rules, {
  exemptions: new Config("container-platform").getObject<unknown>("exemptions"),
  today: "2026-11-22",
  region: new Config("aws").get("region"),
  log: (line) => {
    console.log(line);
  },
});

new PolicyPack("advisory-policies", {
  policies: policies.map((policy) => ({ ...policy, enforcementLevel: "advisory" })),
});
