/** The add-ons that `eks.Cluster` installs: kube-proxy and coredns plainly, vpc-cni through a component with settings of its own. */
import * as aws from "@pulumi/aws";
import type * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { refuseUnknown, type ClusterArguments } from "./arguments";
import type { Child } from "./cluster";
import { inside } from "./release";

type PlainOptions = NonNullable<
  eks.ClusterOptions["kubeProxyAddonOptions"] | eks.ClusterOptions["corednsAddonOptions"]
>;
type CniOptions = NonNullable<eks.ClusterOptions["vpcCniOptions"]>;

/** What holds for all of them. `preserve`: deleting the add-on leaves its objects in the cluster. */
const always = { preserve: true };

export function createAddon(
  component: string,
  addonName: "kube-proxy" | "coredns",
  cluster: aws.eks.Cluster,
  { tags }: ClusterArguments,
  options: PlainOptions | undefined,
  child: Child,
): void {
  const names = ["configurationValues", "enabled", "resolveConflictsOnCreate", "resolveConflictsOnUpdate", "version"];
  refuseUnknown(`the options of ${addonName}`, options ?? {}, names);
  new aws.eks.Addon(
    `${component}-${addonName}`,
    {
      ...always,
      clusterName: cluster.name,
      addonName,
      addonVersion: options?.version ?? newest(addonName, cluster.version, child),
      configurationValues: sortedJson(options?.configurationValues),
      resolveConflictsOnCreate: options?.resolveConflictsOnCreate ?? "OVERWRITE",
      resolveConflictsOnUpdate: options?.resolveConflictsOnUpdate ?? "OVERWRITE",
      tags,
    },
    child,
  );
}

export class VpcCniAddon extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: { cluster: aws.eks.Cluster; tags: ClusterArguments["tags"]; options: CniOptions },
    parent: pulumi.Resource,
    after: pulumi.Resource[],
  ) {
    super("eks:index:VpcCniAddon", name, {}, { parent, dependsOn: after });
    const { cluster, options } = args;
    const environment = environmentOf(options);
    const child = { parent: this, version: inside.aws };
    const configuration = pulumi
      .all([environment.env, environment.init, options.enableNetworkPolicy, options.configurationValues])
      .apply(([env, init, networkPolicy, given]) => merged(env, init, networkPolicy, given ?? {}));
    const addon = new aws.eks.Addon(
      name,
      {
        ...always,
        clusterName: cluster.name,
        addonName: "vpc-cni",
        addonVersion: options.addonVersion ?? newest("vpc-cni", cluster.version, child),
        configurationValues: sortedJson(configuration),
        resolveConflictsOnCreate: options.resolveConflictsOnCreate ?? "OVERWRITE",
        resolveConflictsOnUpdate: options.resolveConflictsOnUpdate ?? "OVERWRITE",
        serviceAccountRoleArn: options.serviceAccountRoleArn,
        tags: args.tags,
      },
      child,
    );
    this.registerOutputs({ addon });
  }
}

function newest(addonName: string, kubernetesVersion: pulumi.Output<string>, child: Child): pulumi.Output<string> {
  return aws.eks.getAddonVersionOutput({ addonName, kubernetesVersion, mostRecent: true }, child).version;
}

/** Option, variable of the aws-node container, and the value that the plugin sets when the option is absent. */
const variables: [keyof CniOptions, string, string?][] = [
  ["nodePortSupport", "AWS_VPC_CNI_NODE_PORT_SUPPORT"],
  ["warmEniTarget", "WARM_ENI_TARGET", "1"],
  ["warmIpTarget", "WARM_IP_TARGET"],
  ["warmPrefixTarget", "WARM_PREFIX_TARGET"],
  ["enablePrefixDelegation", "ENABLE_PREFIX_DELEGATION"],
  ["logLevel", "AWS_VPC_K8S_CNI_LOGLEVEL", "DEBUG"],
  ["logFile", "AWS_VPC_K8S_CNI_LOG_FILE", "/host/var/log/aws-routed-eni/ipamd.log"],
  ["vethPrefix", "AWS_VPC_K8S_CNI_VETHPREFIX", "eni"],
  ["eniMtu", "AWS_VPC_ENI_MTU", "9001"],
  ["eniConfigLabelDef", "ENI_CONFIG_LABEL_DEF"],
  ["enablePodEni", "ENABLE_POD_ENI", "false"],
  ["cniConfigureRpfilter", "AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER"],
  ["cniCustomNetworkCfg", "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", "false"],
];

/** Options with no variable of their own in the table. */
const others: (keyof CniOptions)[] = [
  "addonVersion",
  "cniExternalSnat",
  "configurationValues",
  "disableTcpEarlyDemux",
  "enableNetworkPolicy",
  "externalSnat",
  "resolveConflictsOnCreate",
  "resolveConflictsOnUpdate",
  "serviceAccountRoleArn",
];

type Environment = Record<string, pulumi.Output<string>>;

/** The variables of aws-node and of its init container. An option that is false counts as absent, as in the plugin. */
function environmentOf(options: CniOptions): { env: Environment; init: Environment } {
  refuseUnknown("vpcCniOptions", options, [...variables.map(([option]) => option), ...others]);
  const env: Environment = {};
  for (const [option, variable, otherwise] of variables) {
    const value = options[option];
    if (!value && otherwise === undefined) continue;
    env[variable] = pulumi.output((value || otherwise) as pulumi.Input<string | number | boolean>).apply(String);
  }
  // These two are always said, and nothing among the options changes them.
  env["AWS_VPC_K8S_PLUGIN_LOG_LEVEL"] = pulumi.output("DEBUG");
  env["AWS_VPC_K8S_PLUGIN_LOG_FILE"] = pulumi.output("/var/log/aws-routed-eni/plugin.log");
  env["AWS_VPC_K8S_CNI_EXTERNALSNAT"] = pulumi
    .output(options.externalSnat || options.cniExternalSnat || false)
    .apply(String);
  return { env, init: { DISABLE_TCP_EARLY_DEMUX: pulumi.output(options.disableTcpEarlyDemux || false).apply(String) } };
}

type Json = Record<string, unknown>;

/** What the program gave as configuration wins over the plugin's variables, one by one. */
function merged(env: Json, init: Json, networkPolicy: boolean | undefined, given: Json): Json {
  const ownInit = asObject(given["init"]);
  return {
    ...(networkPolicy === undefined ? {} : { enableNetworkPolicy: String(networkPolicy) }),
    ...given,
    env: { ...env, ...asObject(given["env"]) },
    init: { ...ownInit, env: { ...init, ...asObject(ownInit["env"]) } },
  };
}

function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** JSON with sorted keys, so that the order in the program makes no difference; undefined stays undefined. */
function sortedJson(values: pulumi.Input<object> | undefined): pulumi.Output<string> | undefined {
  if (values === undefined) return undefined;
  return pulumi.output(values).apply((known) => JSON.stringify(known, (_key, value: unknown) => sorted(value)));
}

function sorted(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
