/** A simulated cloud in a folder of its own, used without an engine: what Check and AWS would say to each request. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { check } from "../../sandbox/cloud/check";
import { Cloud } from "../../sandbox/cloud/cloud";
import { scopeOf } from "../../sandbox/cloud/configuration";
import { diff } from "../../sandbox/cloud/diff";
import { functions, services } from "../../sandbox/cloud/services";
import { openStoreForWriting, Store } from "../../sandbox/cloud/store";
import { CloudRecord, Properties } from "../../sandbox/cloud/table";

export const ACCOUNT = { account: "123456789012", partition: "aws", region: "ap-southeast-1" };

/** What came of a request: the object, or why not. */
export interface Answer {
  record: CloudRecord;
  id: string;
  outputs: Properties;
  /** A create that took effect and failed afterwards. */
  failure?: string;
}

export class Room {
  readonly folder = mkdtempSync(join(tmpdir(), "cloud-unit-"));
  readonly store: Store;
  readonly cloud: Cloud;
  readonly unmodelled: string[] = [];

  constructor(
    quotas: Record<string, number> = {},
    readonly account = ACCOUNT,
    readonly defaultTags: Record<string, string> = {},
  ) {
    this.store = openStoreForWriting(this.folder);
    this.cloud = new Cloud(this.store, services, { quotas }, (type) => this.unmodelled.push(type));
  }

  get scope() {
    return scopeOf({ region: this.account.region, defaultTags: this.defaultTags }, this.account, undefined);
  }

  /** What Check makes of the inputs. */
  check(type: string, inputs: Properties, olds: Properties = {}, name = "it") {
    const request = { logicalName: name, olds, news: inputs, randomSeed: new Uint8Array(), scope: this.scope };
    return check({ type: this.cloud.entryOf(type).type, ...request });
  }

  /** The reasons for which Check turns the inputs down. */
  reasons(type: string, inputs: Properties): string[] {
    return this.check(type, inputs).failures.map(({ reason }) => reason);
  }

  /** Check and create. Throws what a person would see. */
  create(type: string, inputs: Properties, name = "it"): Answer {
    const checked = this.check(type, inputs, {}, name);
    if (checked.failures.length > 0) throw new Error(checked.failures.map(({ reason }) => reason).join("; "));
    const urn = `urn:pulumi:test::test::${type}::${name}`;
    const { record, failure } = this.cloud.create({ type, urn, name }, checked.inputs, this.scope);
    return { record, id: record.id, outputs: record.outputs, ...(failure ? { failure: failure.message } : {}) };
  }

  update(answer: Answer, inputs: Properties): Answer {
    const { type, urn, name } = answer.record;
    const checked = this.check(type, inputs, answer.record.inputs, name);
    const { record, failure } = this.cloud.update({ type, urn, name }, answer.id, checked.inputs, this.scope);
    return { record, id: record.id, outputs: record.outputs, ...(failure ? { failure: failure.message } : {}) };
  }

  /** The paths that a change of inputs touches, with `!` where it replaces. */
  diff(type: string, before: Properties, after: Properties): { paths: string[]; first: boolean } {
    const olds = this.check(type, before).inputs;
    const news = this.check(type, after, olds).inputs;
    const { changes, deleteBeforeReplace } = diff(this.cloud.entryOf(type).type, olds, olds, news);
    return {
      paths: changes.map(({ path, replace }) => path + (replace ? "!" : "")).sort(),
      first: deleteBeforeReplace,
    };
  }

  read(answer: Pick<Answer, "record" | "id">): Properties | undefined {
    return this.cloud.read(answer.record.type, answer.id, this.scope)?.outputs;
  }

  delete(answer: Pick<Answer, "record" | "id">): void {
    this.cloud.delete(answer.record.type, answer.id, this.scope);
  }

  call(token: string, args: Properties = {}): Properties {
    const run = functions.find((each) => each.token === token)?.run;
    if (!run) throw new Error(`no function ${token}`);
    const fail = (message: string): never => {
      throw new Error(message);
    };
    return run(args, { scope: this.scope, cloud: this.cloud.view(this.scope), fail });
  }

  close(): void {
    this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The answer to a request that must be refused. */
export function refusal(request: () => unknown): string {
  try {
    request();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was not refused");
}
