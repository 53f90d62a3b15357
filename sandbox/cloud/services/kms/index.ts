/** AWS KMS: keys, their policies, aliases. https://docs.aws.amazon.com/kms/latest/APIReference/Welcome.html */
import { fromInput, randomUuid } from "../../forms";
import { Call, Refusal, ResourceType, Service } from "../../table";
import { between, json, oneOf } from "../../validators";
import { text } from "../../value";
import { canonicalPolicy, parsePolicy, policyText } from "../iam/document";
import { unknownPrincipal } from "../iam/principals";
import { ALIAS, allows, defaultKeyPolicy, findKey, KEY } from "./access";

const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";

const SPECS = [
  ...["RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521", "ECC_SECG_P256K1"],
  ...["SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512", "SM2"],
];

const key: ResourceType = {
  type: KEY,
  noun: "KMS Key",
  says: { update: "updating KMS Key ({id}): updating policy" },
  operations: { create: "CreateKey", update: "PutKeyPolicy", delete: "ScheduleKeyDeletion" },
  autoName: null,
  defaults: {
    bypassPolicyLockoutSafetyCheck: false,
    customerMasterKeySpec: "SYMMETRIC_DEFAULT",
    enableKeyRotation: false,
    isEnabled: true,
    keyUsage: "ENCRYPT_DECRYPT",
  },
  valid: {
    customerMasterKeySpec: oneOf(...SPECS),
    keyUsage: oneOf("SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT"),
    deletionWindowInDays: between(7, 30),
    rotationPeriodInDays: between(90, 2560),
    policy: (value, path) => (typeof value === "string" ? json(value, path) : undefined),
  },
  check: ({ enableKeyRotation, rotationPeriodInDays }) =>
    rotationPeriodInDays !== undefined && enableKeyRotation !== true && typeof enableKeyRotation !== "symbol"
      ? [
          {
            property: "rotationPeriodInDays",
            reason:
              'Missing required argument. "rotation_period_in_days": all of `enable_key_rotation,rotation_period_in_days` must be specified',
          },
        ]
      : [],
  // The key's number is all of its id: a deleted key's is never given again.
  id: () => randomUuid(),
  arn: (call) => `key/${call.id}`,
  filled: (call) => ({
    description: "",
    multiRegion: false,
    policy: defaultKeyPolicy(call.scope),
    rotationPeriodInDays: call.inputs["enableKeyRotation"] === true ? 365 : 0,
  }),
  computed: (call) => ({
    keyId: call.id,
    policy: text(separatePolicy(call)) ?? policyText(call.inputs["policy"] ?? defaultKeyPolicy(call.scope)),
  }),
  refuses: (call) => {
    refuseUsage(call);
    if (call.inputs["policy"] !== undefined) refuseKeyPolicy(call, policyText(call.inputs["policy"]));
  },
  canonical: { policy: canonicalPolicy },
};

/** What a `KeyPolicy` of its own says, which stands above the key's argument. */
const separatePolicy = (call: Call): unknown =>
  call.id === "" ? undefined : call.cloud.find(KEY_POLICY, call.id)?.outputs["policy"];

const keyPolicy: ResourceType = {
  type: KEY_POLICY,
  noun: "KMS Key Policy",
  says: { create: "attaching KMS Key policy ({keyId})", update: "attaching KMS Key policy ({keyId})" },
  operations: { create: "PutKeyPolicy", delete: "PutKeyPolicy" },
  autoName: null,
  defaults: { bypassPolicyLockoutSafetyCheck: false },
  valid: { policy: (value, path) => (typeof value === "string" ? json(value, path) : undefined) },
  id: (call) => findKey(call.cloud, String(call.inputs["keyId"]))?.id ?? String(call.inputs["keyId"]),
  computed: (call) => ({ policy: policyText(call.inputs["policy"]) }),
  refuses: (call) => {
    refuseMissingKey(call, "keyId");
    refuseKeyPolicy(call, policyText(call.inputs["policy"]));
  },
  takesEffect: (call) => {
    const record = findKey(call.cloud, call.id);
    if (record) call.amend(record, { policy: policyText(call.inputs["policy"]) });
  },
  // Deleting it puts the default policy back.
  goes: (call) => {
    const record = findKey(call.cloud, call.id);
    if (record) call.amend(record, { policy: defaultKeyPolicy(call.scope) });
  },
  canonical: { policy: canonicalPolicy },
};

const alias: ResourceType = {
  type: ALIAS,
  noun: "KMS Alias",
  says: { create: "creating KMS Alias ({name})" },
  operations: { create: "CreateAlias", update: "UpdateAlias", delete: "DeleteAlias" },
  autoName: { maxLength: 256, prefix: "alias/" },
  valid: {
    name: [
      (value) =>
        String(value).startsWith("alias/aws/")
          ? `"name" cannot begin with reserved AWS CMK prefix 'alias/aws/'`
          : undefined,
      (value) =>
        /^alias\/[\w/-]+$/.test(String(value))
          ? undefined
          : `"name" must begin with 'alias/' and be comprised of only [0-9A-Za-z_/-]`,
    ],
  },
  id: fromInput("name"),
  arn: (call) => call.id,
  computed: (call) => ({ targetKeyArn: findKey(call.cloud, String(call.inputs["targetKeyId"]))?.outputs["arn"] }),
  refuses: (call) => {
    if (call.kind === "create" && call.cloud.find(ALIAS, call.id)) {
      call.refuse(
        {
          code: "AlreadyExistsException",
          message: "An alias with the name {alias} already exists",
          evidence: "public repository files (no thread)",
        },
        { alias: call.arn(call.id) },
      );
    }
    if (/(^|:)alias\//.test(String(call.inputs["targetKeyId"]))) {
      call.refuse({
        code: "ValidationException",
        message: "Aliases must refer to keys. Not aliases",
        evidence: "moto; badmintoncryer/cdk-preflight (pf-kms-alias-target)",
      });
    }
    refuseMissingKey(call, "targetKeyId");
  },
  // The id and the ARN of a key are one target.
  canonical: { targetKeyId: (value) => String(value).replace(/^arn:.*:key\//, "") },
};

function refuseMissingKey(call: Call, property: string): void {
  const name = String(call.inputs[property]);
  const [, , , region, account] = name.split(":");
  const elsewhere =
    name.startsWith("arn:") && (region !== call.scope.region || (account !== "" && account !== call.scope.account));
  if (elsewhere || findKey(call.cloud, name)) return;
  call.refuse(
    { code: "NotFoundException", message: "Key '{key}' does not exist", evidence: "moto" },
    { key: name.startsWith("arn:") ? name : call.arn(`key/${name}`, "kms") },
  );
}

function refuseUsage(call: Call): void {
  const usage = String(call.inputs["keyUsage"]);
  const spec = String(call.inputs["customerMasterKeySpec"]);
  const fits =
    spec === "SYMMETRIC_DEFAULT"
      ? usage === "ENCRYPT_DECRYPT"
      : spec.startsWith("HMAC")
        ? usage === "GENERATE_VERIFY_MAC"
        : usage !== "GENERATE_VERIFY_MAC" && (usage !== "ENCRYPT_DECRYPT" || !spec.startsWith("ECC"));
  if (fits) return;
  call.refuse(
    {
      code: "ValidationException",
      message: "KeyUsage {usage} is not compatible with KeySpec {spec}",
      evidence: "badmintoncryer/cdk-preflight (pf-kms-key-spec-usage)",
    },
    { usage, spec },
  );
}

/** A key policy must name principals that exist, and leave the one who sets it able to change it again. */
function refuseKeyPolicy(call: Call, policyJson: string): void {
  const { scope, cloud } = call;
  const malformed = (message: string, evidence: string): Refusal => ({
    code: "MalformedPolicyDocumentException",
    message,
    evidence,
  });
  const document = parsePolicy(policyJson);
  if (!document) return call.refuse(malformed("Syntax errors in policy.", "moto (of IAM); unsure"));
  if (unknownPrincipal(document, scope, cloud)) {
    call.refuse(
      malformed(
        "Policy contains a statement with one or more invalid principals.",
        "awslabs/minimum-viable-dataspace-on-aws#5",
      ),
    );
  }
  const caller = `arn:${scope.partition}:iam::${scope.account}`;
  const mayChange = allows(document, {
    principals: [`${caller}:root`, `${caller}:user/sandbox`, scope.account],
    action: "kms:PutKeyPolicy",
  });
  if (!mayChange && call.inputs["bypassPolicyLockoutSafetyCheck"] !== true) {
    call.refuse(
      malformed(
        "The new key policy will not allow you to update the key policy in the future.",
        "public repository files (no thread); badmintoncryer/cdk-preflight (pf-kms-key-policy-lockout)",
      ),
    );
  }
}

export const kms: Service = {
  sdkId: "KMS",
  arnService: "kms",
  modelledErrors: true,
  types: [key, keyPolicy, alias],
};
