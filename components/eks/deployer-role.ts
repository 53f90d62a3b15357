import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { arn, partitionOf } from "../aws/partition";

export interface DeployerRoleArgs {
  /** Name of the environment, for the description. */
  environment: string;
  region: string;
  accountId: pulumi.Input<string>;
}

/**
 * The role that this program acts as inside the cluster, whoever runs it.
 *
 * The cluster's creator is no administrator, and the kubeconfig must be the same in every run: so the Kubernetes objects are made
 * through this role. Assuming it takes `sts:AssumeRole` on it by IAM, in the cluster's own account. It has no rights in AWS.
 */
export class DeployerRole extends pulumi.ComponentResource {
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: DeployerRoleArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:eks:DeployerRole", name, {}, opts);

    const role = new aws.iam.Role(
      name,
      {
        description: `Manages the Kubernetes objects of the ${args.environment} container platform`,
        assumeRolePolicy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              // The account, that is: whoever IAM lets assume this role.
              Principal: {
                AWS: pulumi.output(args.accountId).apply((id) => arn(partitionOf(args.region), "iam", "", id, "root")),
              },
              Action: "sts:AssumeRole",
            },
          ],
        }),
      },
      { parent: this },
    );
    this.arn = role.arn;

    this.registerOutputs({ arn: this.arn });
  }
}
