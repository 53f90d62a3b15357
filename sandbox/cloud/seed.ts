/** Objects that are there before the program runs: a VPC of somebody else's, an IAM role. */
import { ActiveCall } from "./call";
import { Cloud } from "./cloud";
import { Account, scopeOf } from "./configuration";
import { Properties } from "./table";

/** One object of a seed file, a list of these. */
export interface SeedObject {
  /** Pulumi's type token. */
  type: string;
  id: string;
  inputs: Properties;
  /** Default: the account's region. */
  region?: string;
}

/** Puts the objects into the cloud, in their order, unless they are there from an earlier run; nothing is refused. */
export function plant(cloud: Cloud, account: Account, objects: SeedObject[]): void {
  for (const { type: token, id, inputs, region } of objects) {
    const scope = scopeOf({ region: region ?? account.region, defaultTags: {} }, account, undefined);
    const step = cloud.view(scope);
    if (step.find(token, id)) continue;
    const { type, service } = cloud.entryOf(token);
    const identity = { type: token, urn: "", name: "" };
    const settings = { ...type.defaults, ...inputs };
    const call = new ActiveCall(cloud, step, { kind: "create", type, service, identity, inputs: settings, scope });
    call.begin(id);
    step.put(cloud.recordOf(call, type, new Date().toISOString()));
    type.takesEffect?.(call);
    step.commit();
  }
}
