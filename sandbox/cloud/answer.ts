/** How the real provider words AWS's refusals, and the errors that carry them through the machinery. */
import { randomUuid } from "./forms";
import { Refusal } from "./table";

/** A request that failed and changed nothing. The message is what the user sees. */
export class CallFailed extends Error {
  constructor(
    message: string,
    /** AWS's code, for the tests and the events; absent when the provider itself gave up. */
    readonly code?: string,
  ) {
    super(message);
  }
}

/** An object that was made (or changed) but did not become ready: it is in the cloud, and Pulumi keeps it as failed. */
export class NotReady extends Error {}

/** What the words of an error are made of. */
export interface Speaker {
  /** `creating EC2 Subnet`, `deleting EC2 VPC (vpc-0123)`. */
  doing: string;
  sdkId: string;
  operation: string;
  modelledErrors: boolean;
}

/**
 * `creating EC2 Subnet: operation error EC2: CreateSubnet, https response error StatusCode: 400, RequestID: …, api error
 * InvalidSubnet.Conflict: The CIDR '10.0.0.0/24' conflicts with another subnet`: the form of the AWS SDK for Go v2 under the Terraform provider.
 */
export function refusalText(speaker: Speaker, refusal: Refusal, values: Record<string, string>): string {
  const filled = (template: string) => template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  const message = filled(refusal.message);
  const operation = refusal.operation ?? speaker.operation;
  const answer = speaker.modelledErrors ? `${refusal.code}: ${message}` : `api error ${refusal.code}: ${message}`;
  return (
    `${filled(speaker.doing)}: operation error ${speaker.sdkId}: ${operation}, https response error ` +
    `StatusCode: ${refusal.status ?? 400}, RequestID: ${randomUuid()}, ${answer}`
  );
}
