/**
 * Faults on demand: throttling, a create that fails, one whose answer is lost, a killed engine.
 *
 * A spec is `<kind>:<type or logical name>[:<n>]`: `throttle:Vpc:3`, `fail:aws:ec2/subnet:Subnet:2`, `lost:prod-vpc`, `kill:NatGateway`.
 * The type is Pulumi's token or its last part; a logical name must match whole.
 */
import { CallFailed } from "./answer";
import { randomUuid } from "./forms";
import { ResourceType, Service } from "./table";

export type FaultKind = "throttle" | "fail" | "lost" | "kill";
const KINDS: FaultKind[] = ["throttle", "fail", "lost", "kill"];

export interface Fault {
  kind: FaultKind;
  target: string;
  /** `throttle`: how many calls; the others: which create. */
  n: number;
}

/** @throws Error that says what a spec looks like */
export function parseFault(spec: string): Fault {
  const match = /^([a-z]+):(.+?)(?::(\d+))?$/.exec(spec);
  const kind = KINDS.find((known) => known === match?.[1]);
  const target = match?.[2];
  if (!kind || !target) {
    throw new Error(`${JSON.stringify(spec)} is no fault: write <${KINDS.join("|")}>:<type or logical name>[:<n>]`);
  }
  const n = match[3] === undefined ? 1 : Number(match[3]);
  if (n < 1) throw new Error(`${JSON.stringify(spec)}: n counts from 1`);
  return { kind, target, n };
}

/** The Terraform AWS provider's default: https://registry.terraform.io/providers/hashicorp/aws/latest/docs#max_retries-1 */
const MAX_ATTEMPTS = 25;
/** Milliseconds of a simulated back-off: long enough to be seen in the order of events, no longer. */
const BACK_OFF = 20;

export interface Place {
  type: string;
  name: string;
}

export class Faults {
  private readonly seen = new Map<Fault, number>();

  constructor(
    private readonly faults: Fault[],
    private readonly emit: (event: Record<string, unknown>) => void,
  ) {}

  /** Before any call: throttled calls are repeated as the SDK does, and fail when they have been too often. */
  async throttle(place: Place, operation: string, service: Service): Promise<void> {
    for (const fault of this.matching("throttle", place)) {
      const before = this.seen.get(fault) ?? 0;
      const left = Math.max(0, fault.n - before);
      if (left === 0) continue;
      const attempts = Math.min(left, MAX_ATTEMPTS);
      this.seen.set(fault, before + attempts);
      this.emit({ event: "throttled", ...place, attempts });
      await new Promise((resolve) => setTimeout(resolve, BACK_OFF * attempts));
      if (left >= MAX_ATTEMPTS) {
        throw new CallFailed(
          `operation error ${service.sdkId}: ${operation}, exceeded maximum number of attempts, ${MAX_ATTEMPTS}, ` +
            `https response error StatusCode: 503, RequestID: ${randomUuid()}, api error ` +
            "RequestLimitExceeded: Request limit exceeded.",
          "RequestLimitExceeded",
        );
      }
    }
  }

  /** Before a create: the nth one fails at AWS. */
  beforeCreate(place: Place, type: ResourceType, service: Service): void {
    if (!this.strikes("fail", place)) return;
    throw new CallFailed(
      `creating ${type.noun}: operation error ${service.sdkId}: ${type.operations.create}, https response error ` +
        `StatusCode: 500, RequestID: ${randomUuid()}, api error InternalError: An internal error has occurred`,
      "InternalError",
    );
  }

  /** After a create took effect: `lost` throws, `kill` asks for the engine's end and for silence. */
  afterCreate(place: Place, type: ResourceType, service: Service): "answer" | "silence" {
    if (this.strikes("kill", place)) {
      this.emit({ event: "kill-engine", ...place });
      return "silence";
    }
    if (this.strikes("lost", place)) {
      this.emit({ event: "lost", ...place });
      throw new CallFailed(
        `creating ${type.noun}: operation error ${service.sdkId}: ${type.operations.create}, https response error ` +
          "StatusCode: 0, RequestID: , request send failed, context deadline exceeded",
      );
    }
    return "answer";
  }

  private strikes(kind: FaultKind, place: Place): boolean {
    const struck = this.matching(kind, place).filter((fault) => {
      const count = (this.seen.get(fault) ?? 0) + 1;
      this.seen.set(fault, count);
      return count === fault.n;
    });
    return struck.length > 0;
  }

  private matching(kind: FaultKind, { type, name }: Place): Fault[] {
    const short = type.split(":").at(-1) ?? "";
    return this.faults.filter((fault) => fault.kind === kind && [type, short, name].includes(fault.target));
  }
}
