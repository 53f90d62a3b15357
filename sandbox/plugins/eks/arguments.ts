/**
 * What the stand-in knows of `eks.Cluster`'s arguments. An argument that it does not know is refused, never ignored: a program
 * that works in the sandbox because half of it was dropped is worse than one that does not start.
 */
import type * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { install } from "./release";

/** Arguments that the stand-in acts on. */
const known = [
  "accessEntries",
  "authenticationMode",
  "bootstrapSelfManagedAddons",
  "clusterSecurityGroup",
  "clusterSecurityGroupTags",
  "clusterTags",
  "corednsAddonOptions",
  "deletionProtection",
  "enabledClusterLogTypes",
  "encryptionConfigKeyArn",
  "endpointPrivateAccess",
  "endpointPublicAccess",
  "ipFamily",
  "kubeProxyAddonOptions",
  "kubernetesServiceIpAddressRange",
  "name",
  "nodeSecurityGroupTags",
  "privateSubnetIds",
  "providerCredentialOpts",
  "publicAccessCidrs",
  "publicSubnetIds",
  "serviceRole",
  "skipDefaultSecurityGroups",
  "subnetIds",
  "tags",
  "upgradePolicy",
  "useDefaultVpcCni",
  "version",
  "vpcCniOptions",
  "vpcId",
] as const;

export type ClusterArguments = Pick<eks.ClusterOptions, (typeof known)[number]>;

/** Arguments that it knows of, but only with the value that asks for nothing. */
const onlyAs: Record<string, readonly unknown[]> = {
  createInstanceRole: [false],
  createOidcProvider: [false],
  fargate: [false],
  skipDefaultNodeGroup: [true],
  // Only so that the plugin's own refusal of them comes first.
  instanceRoles: [],
  roleMappings: [],
  userMappings: [],
};

const modes = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

/** The arguments, typed. Throws in the plugin's words where the plugin refuses, and in the stand-in's own where only that does. */
export function readClusterArguments(inputs: pulumi.Inputs): ClusterArguments {
  refuseAsThePlugin(inputs);
  refuseUnknown("eks:index:Cluster", inputs, [...known, ...Object.keys(onlyAs)]);
  for (const [key, values] of Object.entries(onlyAs)) {
    if (inputs[key] !== undefined && !values.includes(inputs[key])) {
      refuse(`${key}`, values.length > 0 ? `only with ${JSON.stringify(values[0])}` : "not at all");
    }
  }
  if (inputs["skipDefaultNodeGroup"] !== true) refuse("skipDefaultNodeGroup", "only with true");
  if (inputs["authenticationMode"] !== "API") refuse("authenticationMode", 'only with "API"');
  if (inputs["vpcId"] === undefined) refuse("vpcId", "only when it is given");
  if (![undefined, "ipv4"].includes(inputs["ipFamily"])) refuse("ipFamily", 'only with "ipv4"');
  refuseOutputs(inputs, ["accessEntries", "skipDefaultSecurityGroups", "useDefaultVpcCni", "vpcCniOptions"]);
  refuseOutputs(inputs, ["corednsAddonOptions", "kubeProxyAddonOptions"]);
  const args = inputs as ClusterArguments;
  if (!args.useDefaultVpcCni) refuseTwoSnats(args.vpcCniOptions);
  return args;
}

/** What the real plugin itself refuses, in its order. */
function refuseAsThePlugin(inputs: pulumi.Inputs): void {
  const mode = inputs["authenticationMode"] as string | undefined;
  if (mode && !modes.includes(mode)) {
    throw new Error(`Invalid value for authenticationMode: ${mode}. Allowed values are: ${modes.join(", ")}.`);
  }
  for (const key of mode === "API" ? ["roleMappings", "userMappings", "instanceRoles"] : []) {
    if (((inputs[key] as unknown[] | undefined) ?? []).length === 0) continue;
    throw new Error(
      `The '${key}' property does not support non-empty values when 'authenticationMode' is set to '${mode}'.`,
    );
  }
  if (inputs["accessEntries"] && (!mode || mode === "CONFIG_MAP")) {
    const place = mode ? `set to '${mode}'` : "not set";
    throw new Error(`The 'accessEntries' property is not supported when 'authenticationMode' is ${place}.`);
  }
  if (inputs["subnetIds"] && (inputs["publicSubnetIds"] || inputs["privateSubnetIds"])) {
    throw new Error(
      "subnetIds, and the use of publicSubnetIds and/or privateSubnetIds are mutually exclusive. Choose a single approach.",
    );
  }
  if (inputs["publicAccessCidrs"] !== undefined && inputs["endpointPublicAccess"] === false) {
    throw new Error("`publicAccessCidrs` can only be set when `endpointPublicAccess` is true");
  }
}

/** The refusal of the vpc-cni component, which the plugin makes last. */
function refuseTwoSnats(options: ClusterArguments["vpcCniOptions"]): void {
  if (options?.cniExternalSnat && options.externalSnat) {
    throw new Error("Please specify one of `cniExternalSnat` or `externalSnat` in your VpcCniOptions");
  }
}

/** Throws when an argument is none of `known`. */
export function refuseUnknown(place: string, value: object, known: readonly string[]): void {
  const unknown = Object.entries(value).flatMap(([key, inner]) =>
    inner === undefined || known.includes(key) ? [] : [key],
  );
  if (unknown.length > 0) {
    throw new Error(
      `${place}: the sandbox's eks does not know ${unknown.map((key) => `"${key}"`).join(", ")}. ` +
        `It knows ${[...known].sort().join(", ")}. ${install}`,
    );
  }
}

function refuse(key: string, how: string): never {
  throw new Error(`eks:index:Cluster: the sandbox's eks takes ${key} ${how}. ${install}`);
}

/** These decide which children there are. */
function refuseOutputs(inputs: pulumi.Inputs, keys: string[]): void {
  for (const key of keys) {
    if (!pulumi.Output.isInstance(inputs[key])) continue;
    throw new Error(
      `eks:index:Cluster: "${key}" decides which resources there are and cannot be an output of a resource.`,
    );
  }
}
