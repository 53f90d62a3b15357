/** Launch templates and their versions. https://docs.aws.amazon.com/autoscaling/ec2/userguide/launch-templates.html */
import { hexId } from "../forms";
import { Call, CloudRecord, CloudView, Properties, ResourceType, Service } from "../table";
import { between, conflicts, length, oneOf } from "../validators";
import { object, objects, same, text } from "../value";
import * as ec2 from "./ec2/names";

export const LAUNCH_TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";

/** What belongs to the template, not to a version of it. */
const OF_TEMPLATE = ["name", "namePrefix", "tags", "region", "defaultVersion", "updateDefaultVersion", "__defaults"];

/** What EC2 fills in for metadata that a template does not mention. */
const METADATA = {
  httpEndpoint: "",
  httpProtocolIpv6: "",
  httpPutResponseHopLimit: 0,
  httpTokens: "",
  instanceMetadataTags: "",
};

/** gp3: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const GP3 = { iops: [3000, 80_000], throughput: [125, 2000] } as const;

export const launchTemplate: ResourceType = {
  type: LAUNCH_TEMPLATE,
  noun: "EC2 Launch Template",
  says: { create: "creating EC2 Launch Template ({name})" },
  operations: { create: "CreateLaunchTemplate", update: "CreateLaunchTemplateVersion", delete: "DeleteLaunchTemplate" },
  autoName: { maxLength: 128 },
  id: hexId("lt"),
  arn: (call) => `launch-template/${call.id}`,
  valid: {
    name: length(3, 128),
    "metadataOptions.httpTokens": oneOf("optional", "required"),
    "metadataOptions.httpEndpoint": oneOf("enabled", "disabled"),
    "metadataOptions.instanceMetadataTags": oneOf("enabled", "disabled"),
    "metadataOptions.httpPutResponseHopLimit": between(1, 64),
    "blockDeviceMappings[].ebs.volumeType": oneOf("standard", "io1", "io2", "gp2", "sc1", "st1", "gp3"),
  },
  check: (inputs) => [
    ...conflicts(inputs, "name", "namePrefix"),
    ...conflicts(inputs, "defaultVersion", "updateDefaultVersion"),
  ],
  refersTo: [
    ec2.refersTo("vpcSecurityGroupIds[]", ec2.SECURITY_GROUP, { holds: false, missing: undefined }),
    ec2.refersTo("networkInterfaces[].subnetId", ec2.SUBNET, { holds: false, missing: undefined }),
  ],
  unique: [
    {
      of: ["name"],
      taken: {
        code: "InvalidLaunchTemplateName.AlreadyExistsException",
        message: "Launch template name already in use.",
        evidence: "public repository files (no thread); code: moto",
      },
    },
  ],
  computed: (call) => {
    const latest = latestVersion(call);
    const followed = call.inputs["updateDefaultVersion"] === true ? latest : undefined;
    return {
      name: nameOf(call),
      namePrefix: call.inputs["namePrefix"] ?? "",
      metadataOptions: { ...METADATA, ...object(call.inputs["metadataOptions"]) },
      latestVersion: latest,
      defaultVersion: followed ?? call.inputs["defaultVersion"] ?? call.kept("defaultVersion", () => 1),
    };
  },
  anew: (before, after) => {
    if (same(dataOf(before), dataOf(after))) return [];
    return after["updateDefaultVersion"] === true ? ["latestVersion", "defaultVersion"] : ["latestVersion"];
  },
  refuses: (call) => {
    refuseUserData(call);
    objects(call.inputs["blockDeviceMappings"]).forEach(({ ebs }) => refuseVolume(call, object(ebs)));
  },
};

/** Given, made by the provider, or from a prefix: 26 digits after it. */
function nameOf(call: Call): string {
  const given = text(call.inputs["name"]);
  return given ?? call.kept("name", () => `${text(call.inputs["namePrefix"]) ?? "terraform-"}${call.hex(26)}`);
}

/** Every change but that of tags makes a version. */
function latestVersion(call: Call): number {
  const before = call.old ? Number(call.old.outputs["latestVersion"]) : 0;
  if (call.kind === "read") return before;
  return call.old && same(dataOf(call.old.inputs), dataOf(call.inputs)) ? before : before + 1;
}

function dataOf(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !OF_TEMPLATE.includes(key)));
}

function refuseUserData(call: Call): void {
  const userData = text(call.inputs["userData"]);
  if (!userData || /^[A-Za-z0-9+/]*={0,2}$/.test(userData.replace(/\s/g, ""))) return;
  call.refuse({
    code: "InvalidUserData.Malformed",
    message: "Invalid BASE64 encoding of user data.",
    evidence: "public repository files (no thread)",
  });
}

/** The terms of gp3. Other types have their own. */
function refuseVolume(call: Call, ebs: Properties): void {
  if (ebs["volumeType"] !== "gp3") return;
  for (const [setting, [least, most]] of Object.entries(GP3)) {
    const value = ebs[setting];
    if (typeof value !== "number" || (value >= least && value <= most)) continue;
    call.refuse({
      code: "InvalidParameterValue",
      message: `${setting} of ${value} is not supported; it must be in the range of ${least} to ${most} for a gp3 volume.`,
      evidence: "limits: EBS user guide; text unsure",
    });
  }
}

/** The template that a group names by `id` or `name`. */
export function templateOf(cloud: CloudView, specification: Properties): CloudRecord | undefined {
  const { id, name } = specification;
  if (id !== undefined) return cloud.find(LAUNCH_TEMPLATE, String(id));
  return name === undefined ? undefined : cloud.all(LAUNCH_TEMPLATE).find(({ outputs }) => outputs["name"] === name);
}

/** What the newest version of a template says; nothing when there is no template. Older versions are not kept. */
export function templateData(template: CloudRecord | undefined): Properties {
  return template ? dataOf(template.inputs) : {};
}

export const launchTemplates: Service = {
  sdkId: "EC2",
  arnService: "ec2",
  modelledErrors: false,
  types: [launchTemplate],
};
