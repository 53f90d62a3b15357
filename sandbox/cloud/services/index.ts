import { CloudFunction, Service } from "../table";
import { accountFunctions } from "./account";
import { ec2 } from "./ec2";
import { launchTemplates } from "./ec2-launch-template";
import { eks } from "./eks";
import { iamService } from "./iam";
import { kms } from "./kms";
import { logs } from "./logs";
import { policyDocument } from "./policy-document";

/** Every service that the cloud models; anything else behaves generically (generic.ts). */
export const services: Service[] = [ec2, launchTemplates, eks, iamService, kms, logs];

/** Every data source. */
export const functions: CloudFunction[] = [
  ...services.flatMap((service) => service.functions ?? []),
  ...accountFunctions,
  policyDocument,
];
