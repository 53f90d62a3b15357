/**
 * Types that no service models: an id, an ARN where the SDK declares one, the inputs as outputs, and no refusals.
 *
 * Kubernetes objects get the id that the real provider gives them, `namespace/name`.
 */
import { randomHex } from "./forms";
import { shapeOf } from "./shape";
import { Call, ResourceType, Service } from "./table";
import { object, text } from "./value";

export const genericService: Service = { sdkId: "AWS", arnService: "aws", modelledErrors: true, types: [] };

export function genericType(token: string): ResourceType {
  const [packageName = "", module = "", className = ""] = token.split(":");
  const service = module.split("/")[0] ?? "";
  const noun = className.charAt(0).toLowerCase() + className.slice(1);
  const declaresArn = shapeOf(token)?.outputs.has("arn") ?? false;
  return {
    type: token,
    noun: className,
    operations: { create: `Create${className}`, update: `Update${className}`, delete: `Delete${className}` },
    ...(packageName === "aws" ? {} : { autoName: null }),
    id: (call) =>
      packageName === "kubernetes" ? objectPath(call) : (text(call.inputs["name"]) ?? `${noun}-${randomHex(17)}`),
    ...(declaresArn ? { arn: (call: Call) => call.arn(`${noun}/${call.id}`, service) } : {}),
  };
}

function objectPath(call: Call): string {
  const metadata = object(call.inputs["metadata"]);
  const name = text(metadata["name"]) ?? call.name;
  const namespace = text(metadata["namespace"]);
  return namespace ? `${namespace}/${name}` : name;
}
