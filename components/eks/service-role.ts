import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ec2TrustPrincipals, servicePrincipal } from "../aws/principals";

export interface ServiceRoleArgs {
  description: string;
  /** Short name of the service that assumes the role: `eks`, `ec2`. */
  service: "eks" | "ec2";
  region: string;
  /** ARNs of the attached policies, by a name for each. */
  managedPolicyArns: Record<string, string>;
}

/** A role that an AWS service assumes, with managed policies. */
export class ServiceRole extends pulumi.ComponentResource {
  readonly role: aws.iam.Role;
  readonly arn: pulumi.Output<string>;
  /** What must be there before the role is used, and stay until it is used no more: its policies. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: ServiceRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:eks:ServiceRole", name, {}, opts);

    const { service, region } = args;
    this.role = new aws.iam.Role(
      name,
      {
        description: args.description,
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: {
                Service: service === "ec2" ? ec2TrustPrincipals(region) : servicePrincipal(service, region),
              },
              Action: "sts:AssumeRole",
            },
          ],
        }),
      },
      { parent: this },
    );
    this.arn = this.role.arn;
    this.ready = Object.entries(args.managedPolicyArns).map(
      ([policy, policyArn]) =>
        new aws.iam.RolePolicyAttachment(`${name}-${policy}`, { role: this.role.name, policyArn }, { parent: this }),
    );

    this.registerOutputs({ arn: this.arn });
  }
}
