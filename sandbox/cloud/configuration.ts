/** What a provider resource is configured with: region, default tags, the accounts it may touch. */
import { isRegionName, partitionOf } from "../../components/aws/partition";
import { randomUuid } from "./forms";
import { Properties, Scope } from "./table";
import { defaultTagsOf } from "./tags";
import { list, text } from "./value";

/** The account that the cloud stands for. */
export interface Account {
  account: string;
  partition: string;
  /** Where a provider works that names no region. */
  region: string;
}

/** What one gRPC connection was configured with. */
export interface Configuration {
  region: string;
  defaultTags: Record<string, string>;
}

/**
 * @throws Error in the provider's words: an unknown region, an account that may not be touched, or credentials that are of another
 * partition (the simulated account's keys mean nothing there).
 */
export function configure(args: Properties, account: Account): Configuration {
  const region = text(args["region"]) ?? account.region;
  if (!isRegionName(region)) throw new Error(`invalid AWS Region: ${region}`);
  if (partitionOf(region).id !== account.partition) {
    throw new Error(
      "unable to validate AWS credentials.\nDetails: validating provider credentials: retrieving caller identity from STS: operation error " +
        `STS: GetCallerIdentity, https response error StatusCode: 403, RequestID: ${randomUuid()}, api error ` +
        "InvalidClientTokenId: The security token included in the request is invalid.",
    );
  }
  const allowed = accounts(args["allowedAccountIds"]);
  const forbidden = accounts(args["forbiddenAccountIds"]);
  if ((allowed.length > 0 && !allowed.includes(account.account)) || forbidden.includes(account.account)) {
    throw new Error(`AWS account ID not allowed: ${account.account}`);
  }
  return { region, defaultTags: defaultTagsOf(args["defaultTags"]) };
}

/** The scope of a call: since version 7 a resource may name a region of its own. */
export function scopeOf(configuration: Configuration, account: Account, ownRegion: unknown): Scope {
  const region = text(ownRegion) ?? configuration.region;
  const { dnsSuffix } = partitionOf(region);
  return {
    ...{ region, dnsSuffix, account: account.account, partition: account.partition },
    defaultTags: configuration.defaultTags,
  };
}

function accounts(setting: unknown): string[] {
  const parsed: unknown = typeof setting === "string" && setting !== "" ? JSON.parse(setting) : setting;
  return list(parsed).map(String);
}
