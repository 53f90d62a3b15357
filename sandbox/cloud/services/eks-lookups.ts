/** EKS's data sources, and the parameters of Systems Manager that name the images of nodes. */
import { createHash } from "node:crypto";
import { arn, type PartitionId } from "../../../components/aws/partition";
import { CloudFunction, FunctionCall, Properties } from "../table";
import { text } from "../value";
import * as eks from "./eks-names";
import { addons, kubernetesVersions, minorOf } from "./eks-versions";

const getCluster: CloudFunction = {
  token: "aws:eks/getCluster:getCluster",
  run: (args, call) => {
    const record = call.cloud.find(eks.CLUSTER, String(args["name"]));
    if (!record) return call.fail(`reading EKS Cluster (${String(args["name"])}): couldn't find resource`);
    return { ...record.outputs, certificateAuthorities: [record.outputs["certificateAuthority"]], id: record.id };
  },
};

/** A token is good for a quarter of an hour: every look gives another one. */
const getClusterAuth: CloudFunction = {
  token: "aws:eks/getClusterAuth:getClusterAuth",
  run: (args, { scope }) => {
    const name = String(args["name"]);
    const request = `https://sts.${scope.region}.${scope.dnsSuffix}/?Action=GetCallerIdentity&x-k8s-aws-id=${name}&at=${Date.now()}`;
    const token = `k8s-aws-v1.${Buffer.from(request).toString("base64url")}`;
    return { ...args, id: name, token, region: scope.region };
  },
};

const getAddonVersion: CloudFunction = {
  token: "aws:eks/getAddonVersion:getAddonVersion",
  run: (args, call) => {
    const [name, version] = [String(args["addonName"]), String(args["kubernetesVersion"])];
    const offer = addons[name]?.versions[version];
    if (!offer) return call.fail(`reading EKS Add-On version info (${name}, ${version}): couldn't find resource`);
    return {
      mostRecent: false,
      ...args,
      id: name,
      version: offer[args["mostRecent"] === true ? 1 : 0],
      region: call.scope.region,
    };
  },
};

/** Names of parameters, and what they hold: https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html */
const parameters: [pattern: RegExp, value: (match: RegExpExecArray, call: FunctionCall) => string | undefined][] = [
  [
    /^\/aws\/service\/eks\/optimized-ami\/([\d.]+)\/amazon-linux-2023\/(x86_64|arm64)\/(standard|nvidia|neuron)\/recommended\/(image_id|release_version)$/,
    ([name, version = "", architecture, variant, what], call) => {
      const release = kubernetesVersions[version]?.nodeRelease;
      if (!release || (variant === "neuron" && architecture === "arm64")) return undefined;
      return what === "release_version" ? release : imageId(String(name), call);
    },
  ],
  [
    // Amazon Linux 2 ends with 1.32, which is older than every version of the table.
    /^\/aws\/service\/eks\/optimized-ami\/([\d.]+)\/amazon-linux-2(-arm64|-gpu)?\/recommended\/image_id$/,
    ([name, version], call) => (minorOf(version) <= 32 ? imageId(String(name), call) : undefined),
  ],
  [
    /^\/aws\/service\/ecs\/optimized-ami\/amazon-linux-2023\/((arm64|gpu|neuron)\/)?recommended\/image_id$/,
    ([name], call) => imageId(String(name), call),
  ],
];

/** The same image for everybody who asks in the region. */
function imageId(parameter: string, { scope }: FunctionCall): string {
  return `ami-0${createHash("sha256").update(`${scope.region} ${parameter}`).digest("hex").slice(0, 16)}`;
}

const getParameter: CloudFunction = {
  token: "aws:ssm/getParameter:getParameter",
  run: (args, call) => {
    const name = String(args["name"]);
    const value = publicParameter(name, call) ?? ownParameter(name, call);
    if (value === undefined) return call.fail(`reading SSM Parameter (${name}): couldn't find resource`);
    const { region, account, partition } = call.scope;
    const owner = name.startsWith("/aws/") ? "" : account;
    return {
      ...{ withDecryption: true, ...args, id: name, region, type: "String", version: 1, value, insecureValue: value },
      arn: arn(partition as PartitionId, "ssm", region, owner, `parameter/${name.replace(/^\//, "")}`),
    };
  },
};

function publicParameter(name: string, call: FunctionCall): string | undefined {
  for (const [pattern, value] of parameters) {
    const match = pattern.exec(name);
    if (match) return value(match, call);
  }
  return undefined;
}

/** A parameter that the stack itself made. */
function ownParameter(name: string, call: FunctionCall): string | undefined {
  const [record] = call.cloud
    .all("aws:ssm/parameter:Parameter")
    .filter(({ inputs }: { inputs: Properties }) => inputs["name"] === name);
  return text(record?.inputs["value"]) ?? text(record?.inputs["insecureValue"]);
}

export const eksLookups: CloudFunction[] = [getCluster, getClusterAuth, getAddonVersion, getParameter];
