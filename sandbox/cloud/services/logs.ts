/** CloudWatch Logs. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/Welcome.html */
import { servicePrincipal } from "../../../components/aws/principals";
import { fromInput, joined } from "../forms";
import { Call, ResourceType, Service } from "../table";
import { json, length, oneOf } from "../validators";
import { text } from "../value";
import { canonicalPolicy, parsePolicy, policyText } from "./iam/document";
import { unmodelled } from "./iam/names";
import { findKey, serviceMayUse } from "./kms/access";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const STREAM = "aws:cloudwatch/logStream:LogStream";
const RESOURCE_POLICY = "aws:cloudwatch/logResourcePolicy:LogResourcePolicy";

/** Days; 0 keeps everything. The provider's list is the API's. */
const RETENTION = [
  ...[0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731],
  ...[1096, 1827, 2192, 2557, 2922, 3288, 3653],
];

const logGroup: ResourceType = {
  type: GROUP,
  noun: "CloudWatch Logs Log Group",
  says: { create: "creating CloudWatch Logs Log Group ({name})" },
  operations: { create: "CreateLogGroup", update: "AssociateKmsKey", delete: "DeleteLogGroup" },
  autoName: { maxLength: 512 },
  defaults: { retentionInDays: 0, skipDestroy: false },
  valid: {
    name: [
      length(1, 512),
      (value) =>
        /^[.\-_/#A-Za-z0-9]+$/.test(String(value))
          ? undefined
          : `"name" isn't a valid log group name (alphanumeric characters, underscores, hyphens, slashes, hash signs and dots are allowed): ${JSON.stringify(value)}`,
    ],
    retentionInDays: oneOf(...RETENTION),
    logGroupClass: oneOf("STANDARD", "INFREQUENT_ACCESS", "DELIVERY"),
  },
  id: fromInput("name"),
  arn: (call) => `log-group:${call.id}`,
  filled: () => ({ logGroupClass: "STANDARD", deletionProtectionEnabled: false }),
  unique: [
    {
      of: ["name"],
      taken: {
        code: "ResourceAlreadyExistsException",
        message: "The specified log group already exists",
        evidence: "public repository files (no thread)",
      },
    },
  ],
  refuses: refuseKey,
  goes: (call) => {
    for (const stream of call.cloud.all(STREAM, { logGroupName: call.id })) call.unmake(stream);
  },
};

/** The service tries the key, for this very group, before it takes it. */
function refuseKey(call: Call): void {
  const keyName = text(call.inputs["kmsKeyId"]);
  if (!keyName) return;
  const { scope, cloud } = call;
  if (!keyName.startsWith("arn:")) {
    call.refuse(
      {
        code: "InvalidParameterException",
        message: "The specified KMS Key Id could not be found. '{group}'",
        evidence: "hashicorp/terraform#24194, aws-samples/hub-and-spoke-with-inspection-vpc-terraform#2",
      },
      { group: call.id },
    );
  }
  const [, , , , account] = keyName.split(":");
  if (account !== scope.account) return;
  const group = call.arn(`log-group:${call.id}`);
  const key = findKey(cloud, keyName);
  const service = servicePrincipal("logs", scope.region);
  const context = { "kms:EncryptionContext:aws:logs:arn": group, "aws:SourceAccount": scope.account };
  if (key && keyName === key.outputs["arn"] && serviceMayUse(key, service, context)) return;
  call.refuse(
    {
      code: unmodelled("AccessDeniedException"),
      message: "The specified KMS key does not exist or is not allowed to be used with Arn '{group}'",
      evidence: "hashicorp/terraform-provider-aws#29282, ministryofjustice/modernisation-platform#7870",
    },
    { group },
  );
}

const logStream: ResourceType = {
  type: STREAM,
  noun: "CloudWatch Logs Log Stream",
  says: { create: "creating CloudWatch Logs Log Stream ({name})" },
  operations: { create: "CreateLogStream", delete: "DeleteLogStream" },
  autoName: { maxLength: 512 },
  valid: {
    name: [length(1, 512), (value) => (String(value).includes(":") ? 'colons not allowed in "name":' : undefined)],
  },
  id: joined(":", "logGroupName", "name"),
  arn: (call) => `log-group:${String(call.inputs["logGroupName"])}:log-stream:${String(call.inputs["name"])}`,
  refersTo: [
    {
      property: "logGroupName",
      to: GROUP,
      missing: {
        code: "ResourceNotFoundException",
        message: "The specified log group does not exist.",
        evidence: "moto",
      },
      holds: false,
    },
  ],
  unique: [
    {
      of: ["logGroupName", "name"],
      taken: {
        code: "ResourceAlreadyExistsException",
        message: "The specified log stream already exists",
        evidence: "unsure: after the answer for groups",
      },
    },
  ],
};

const logResourcePolicy: ResourceType = {
  type: RESOURCE_POLICY,
  noun: "CloudWatch Logs Resource Policy",
  says: { create: "creating CloudWatch Logs Resource Policy ({policyName})" },
  operations: { create: "PutResourcePolicy", delete: "DeleteResourcePolicy" },
  autoName: null,
  valid: { policyDocument: (value, path) => (typeof value === "string" ? json(value, path) : undefined) },
  id: (call) => text(call.inputs["policyName"]) ?? String(call.inputs["resourceArn"]),
  filled: (call) => ({ policyScope: call.inputs["resourceArn"] === undefined ? "ACCOUNT" : "RESOURCE" }),
  computed: (call) => ({
    policyDocument: policyText(call.inputs["policyDocument"]),
    revisionId: call.inputs["resourceArn"] === undefined ? "" : call.kept("revisionId", () => call.hex(32)),
  }),
  refuses: (call) => {
    if (!parsePolicy(policyText(call.inputs["policyDocument"]))) {
      call.refuse({
        code: "InvalidParameterException",
        message: "Policy document is not valid",
        evidence: "unsure",
      });
    }
    const limit = call.quota("logResourcePolicies", 10);
    const others = call.cloud.all(RESOURCE_POLICY).filter(({ id }) => id !== call.id);
    if (call.kind === "create" && others.length >= limit) {
      call.refuse({
        code: "LimitExceededException",
        message: "Resource limit exceeded.",
        evidence: "moto; hashicorp/terraform-provider-aws threads",
      });
    }
  },
  canonical: { policyDocument: canonicalPolicy },
};

export const logs: Service = {
  sdkId: "CloudWatch Logs",
  arnService: "logs",
  modelledErrors: true,
  types: [logGroup, logStream, logResourcePolicy],
};
