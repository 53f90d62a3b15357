/**
 * A provider for aws and kubernetes where everything works and every answer follows from the request, so that two runs compare. It
 * answers what the eks plugin reads of AWS, and nothing is refused.
 *
 *     tsx tests/engine/eks-echo.ts [ENDPOINT]
 *
 * ENDPOINT is what clusters give as theirs: the real plugin asks a public one for /healthz, up to five minutes long.
 * Prints its port; ends when standard input ends.
 */
import { sendUnaryData, Server, ServerCredentials, ServerUnaryCall, status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { same, UNKNOWN } from "../../sandbox/cloud/value";
import { fromStruct, toStruct } from "../../sandbox/cloud/wire";
import { DEFAULT_ENDPOINT } from "./eks-endpoint";

type Properties = Record<string, unknown>;

const REGION = "us-east-1";
const endpoint = process.argv[2] ?? DEFAULT_ENDPOINT;
const issuer = `https://oidc.eks.${REGION}.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF`;

/** What AWS adds, by kind; everything else gets an ARN. */
const computed: Record<string, (name: string, inputs: Properties) => Properties> = {
  Cluster: (name, inputs) => ({
    name: inputs["name"] ?? name,
    arn: `arn:aws:eks:${REGION}:123456789012:cluster/${String(inputs["name"] ?? name)}`,
    endpoint,
    certificateAuthority: { data: "Q0E=" },
    identities: [{ oidcs: [{ issuer }] }],
    version: inputs["version"] ?? "1.36",
    vpcConfig: { ...(inputs["vpcConfig"] as object), clusterSecurityGroupId: `sg-of-${name}` },
    kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
    accessConfig: inputs["accessConfig"] ?? { authenticationMode: "CONFIG_MAP" },
  }),
  Role: (name) => ({ arn: `arn:aws:iam::123456789012:role/${name}`, name }),
  SecurityGroupRule: (name) => ({ securityGroupRuleId: `sgr-${name}` }),
  LaunchTemplate: () => ({ latestVersion: 1 }),
  NodeGroup: (_name, inputs) => ({ version: inputs["version"] ?? "1.36" }),
};

const functions: Record<string, (args: Properties) => Properties> = {
  "aws:index/getPartition:getPartition": () => ({ partition: "aws", dnsSuffix: "amazonaws.com" }),
  "aws:eks/getAddonVersion:getAddonVersion": ({ addonName, kubernetesVersion }) => ({
    version: `newest-of-${String(addonName)}-for-${String(kubernetesVersion)}`,
  }),
};

function placeOf(urn: string): { kind: string; name: string } {
  const [, , types = "", name = ""] = urn.split("::");
  return { kind: types.split(":").at(-1) ?? "", name };
}

function outputs(urn: string, inputs: Properties, preview: boolean): Properties {
  const { kind, name } = placeOf(urn);
  const added = computed[kind]?.(name, inputs) ?? { arn: `arn of ${name}` };
  const unknown = Object.fromEntries(Object.keys(added).map((key) => [key, UNKNOWN]));
  return preview ? { ...unknown, ...inputs } : { ...inputs, ...added };
}

function unary<Request, Response>(answer: (request: Request) => Response) {
  return (call: ServerUnaryCall<Request, Response>, done: sendUnaryData<Response>): void =>
    done(null, answer(call.request));
}

const checked = unary((request: proto.CheckRequest) =>
  new proto.CheckResponse().setInputs(toStruct(fromStruct(request.getNews()))),
);

const server = new Server();
server.addService(ResourceProviderService as never, {
  handshake: (_call: unknown, done: sendUnaryData<never>) => done({ code: status.UNIMPLEMENTED }),
  attach: unary(() => new Empty()),
  cancel: unary(() => new Empty()),
  getPluginInfo: unary(() => {
    const info = new PluginInfo();
    info.setVersion("99.0.0");
    return info;
  }),
  getSchema: unary(() => new proto.GetSchemaResponse().setSchema("{}")),
  checkConfig: checked,
  diffConfig: unary(() => new proto.DiffResponse()),
  configure: unary(() => new proto.ConfigureResponse().setSupportspreview(true)),
  check: checked,
  diff: unary((request: proto.DiffRequest) => {
    const unchanged = same(fromStruct(request.getOldInputs()), fromStruct(request.getNews()));
    const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
    return new proto.DiffResponse().setChanges(unchanged ? DIFF_NONE : DIFF_SOME);
  }),
  create: unary((request: proto.CreateRequest) => {
    const { kind, name } = placeOf(request.getUrn());
    const inputs = fromStruct(request.getProperties());
    const answer = new proto.CreateResponse().setProperties(
      toStruct(outputs(request.getUrn(), inputs, request.getPreview())),
    );
    return request.getPreview() ? answer : answer.setId(`${kind}-${name}`);
  }),
  delete: unary(() => new Empty()),
  invoke: unary((request: proto.InvokeRequest) => {
    const args = fromStruct(request.getArgs());
    return new proto.InvokeResponse().setReturn(toStruct(functions[request.getTok()]?.(args) ?? {}));
  }),
});
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (_error, port) =>
  process.stdout.write(`${port}\n`),
);
process.stdin.on("end", () => process.exit(0));
process.stdin.resume();
