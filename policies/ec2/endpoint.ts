import type { StackResource, StackView } from "../frame/stack";
import { NotKnownYet } from "../frame/value";
import { compliant, notApplicable, type Verdict, violation } from "../frame/verdict";
import { byVpc } from "./vpc";

export const vpcEndpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

export interface ServiceName {
  /** `com.amazonaws` or `cn.com.amazonaws`. */
  readonly prefix: string;
  readonly region: string;
  /** `ecr.api`, `s3`, … */
  readonly service: string;
}

/** Takes the name of an AWS endpoint service apart; undefined for another kind (a partner's, a private one). */
export function readServiceName(name: string): ServiceName | undefined {
  const match = /^((?:cn\.)?com\.amazonaws)\.([a-z]{2}(?:-[a-z]+)+-\d+)\.(.+)$/.exec(name);
  const [, prefix, region, service] = match ?? [];
  return prefix && region && service ? { prefix, region, service } : undefined;
}

/** Incident Manager is not offered in these partitions. */
const absent: Readonly<Record<string, readonly string[]>> = {
  "ssm-contacts": ["cn-", "us-gov-"],
  "ssm-incidents": ["cn-", "us-gov-"],
};

/** Whether a VPC has an interface endpoint for a service. */
export function judgeInterfaceEndpoint(vpc: StackResource, stack: StackView, service: string): Verdict {
  const elsewhere = absent[service] ?? [];
  if (elsewhere.length > 0) {
    const region = vpc.region.string() ?? "";
    if (elsewhere.some((prefix) => region.startsWith(prefix))) {
      return notApplicable("the service is not offered in this partition");
    }
  }
  const endpoints = byVpc(stack, vpcEndpoint);
  let open = endpoints.unknown.length > 0;
  for (const { props } of endpoints.of.get(vpc.urn) ?? []) {
    const name = props.at("serviceName");
    if (name.isUnknown) {
      open = true;
    } else if (readServiceName(name.string() ?? "")?.service === service) {
      if (props.at("vpcEndpointType").string() === "Interface") {
        return compliant;
      }
    }
  }
  if (open) {
    throw new NotKnownYet("serviceName");
  }
  return violation("", `has no interface endpoint for ${service}`);
}
