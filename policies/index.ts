import { Config } from "@pulumi/pulumi";
import { PolicyPack } from "@pulumi/policy";
import { policiesOf } from "./frame/pack";
import { rules } from "./rules";

new PolicyPack("container-platform", {
  displayName: "Container platform",
  description: "Containers on AWS: network, EKS and ECS, storage, load balancers",
  provider: "aws",
  policies: policiesOf(rules, {
    exemptions: exemptionsOfStack(),
    today: new Date().toISOString().slice(0, 10),
    region: new Config("aws").get("region"),
    log: (line) => {
      console.log(line);
    },
  }),
});

/** The engine gives a pack its stack's config. What is no JSON is handed on, to be reported like any other mistake. */
function exemptionsOfStack(): unknown {
  const config = new Config("container-platform");
  try {
    return config.getObject<unknown>("exemptions");
  } catch {
    return config.get("exemptions");
  }
}
