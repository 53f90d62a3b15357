import { CloudFunction, Service } from "../table";
import { accountFunctions } from "./account";
import { ec2 } from "./ec2";
import { iamService } from "./iam";
import { kms } from "./kms";
import { logs } from "./logs";
import { policyDocument } from "./policy-document";

/** Every service that the cloud models; anything else behaves generically (generic.ts). */
export const services: Service[] = [ec2, iamService, kms, logs];

/** Every data source. */
export const functions: CloudFunction[] = [
  ...services.flatMap((service) => service.functions ?? []),
  ...accountFunctions,
  policyDocument,
];
