/**
 * What the stand-in knows of `eks.ManagedNodeGroup`'s arguments. Those for which the plugin writes a launch template itself
 * (user data, AMI, IMDSv2, EFA) are refused: the platform brings its own template.
 */
import type * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { refuseUnknown } from "./arguments";

/** Handed to the node group as they are. */
export const ownArguments = [
  "amiType",
  "capacityType",
  "diskSize",
  "forceUpdateVersion",
  "instanceTypes",
  "labels",
  "launchTemplate",
  "nodeGroupName",
  "nodeGroupNamePrefix",
  "releaseVersion",
  "remoteAccess",
  "tags",
  "taints",
] as const;

const others = [
  "cluster",
  "clusterName",
  "ignoreScalingChanges",
  "nodeRole",
  "nodeRoleArn",
  "scalingConfig",
  "subnetIds",
  "version",
] as const;

export type NodeGroupArguments = Pick<
  eks.ManagedNodeGroupArgs,
  (typeof ownArguments)[number] | (typeof others)[number]
>;

/** With one of these the plugin writes a launch template; in the order of its refusal. */
const templateArguments = [
  "bootstrapExtraArgs",
  "kubeletExtraArgs",
  "bottlerocketSettings",
  "nodeadmExtraOptions",
  "enableIMDSv2",
  "userData",
  "amiId",
  "enableEfaSupport",
];

/** The arguments, typed. Throws in the plugin's words where the plugin refuses, and in the stand-in's own where only that does. */
export function readNodeGroupArguments(inputs: pulumi.Inputs): NodeGroupArguments {
  const errors: pulumi.InputPropertyErrorDetails[] = [];
  if (inputs["nodeRole"] && inputs["nodeRoleArn"]) {
    errors.push({
      propertyPath: "nodeRole",
      reason: "You cannot specify both nodeRole and nodeRoleArn when creating a managed node group.",
    });
  }
  if (!inputs["nodeRole"] && !inputs["nodeRoleArn"]) {
    errors.push({
      propertyPath: "nodeRole",
      reason: "An IAM role, or role ARN must be provided to create a managed node group",
    });
  }
  if (inputs["launchTemplate"] && templateArguments.some((key) => inputs[key] !== undefined)) {
    errors.push({
      propertyPath: "launchTemplate",
      reason: `If you provide a custom launch template, you cannot provide any of ${templateArguments.join(", ")}. Please include these in the launch template that you are providing.`,
    });
  }
  if (errors.length > 0) {
    throw new pulumi.InputPropertiesError({
      message: "The input properties for the managed node group are invalid.",
      errors,
    });
  }
  refuseUnknown("eks:index:ManagedNodeGroup", inputs, [...ownArguments, ...others]);
  return inputs as unknown as NodeGroupArguments;
}
