/** Between Pulumi's gRPC messages and plain values. */
import { Metadata, status } from "@grpc/grpc-js";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Properties } from "./table";
import { decode, encode, isObject } from "./value";

/** A message's properties; empty when there are none. */
export function fromStruct(struct: Struct | undefined): Properties {
  const value = decode(struct?.toJavaScript() ?? {});
  return isObject(value) ? value : {};
}

export function toStruct(properties: Properties): Struct {
  return Struct.fromJavaScript(encode(properties) as Record<string, JavaScriptValue>);
}

/** `urn:pulumi:dev::platform::parent$aws:ec2/vpc:Vpc::main` names a type and a resource. */
export function partsOfUrn(urn: string): { type: string; name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.split("$").at(-1) ?? "", name: name.join("::") };
}

/** An error as the bridge lists it for the engine. */
export function failureOf(error: unknown): { code: status; details: string } {
  return { code: status.UNKNOWN, details: `1 error occurred:\n\t* ${(error as Error).message}\n\n` };
}

/**
 * The error that says "it is there, but not ready": the engine keeps the object, and tries an update the next time.
 *
 * Go reads the details from a trailer, which the Node.js library leaves to its user:
 * https://github.com/grpc/grpc/blob/master/src/proto/grpc/status/status.proto
 */
export function notReadyOf(message: string, id: string, outputs: Properties, inputs: Properties) {
  const detail = new ErrorResourceInitFailed();
  detail.setId(id);
  detail.setProperties(toStruct(outputs));
  detail.setInputs(toStruct(inputs));
  detail.setReasonsList([message]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");

  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the SDK ships this message without declarations
  const { Status } = require("@pulumi/pulumi/proto/status_pb") as { Status: new () => StatusMessage };
  const answer = new Status();
  answer.setCode(status.UNKNOWN);
  answer.setMessage(message);
  answer.addDetails(any);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return { code: status.UNKNOWN, details: message, metadata };
}

interface StatusMessage {
  setCode(code: number): void;
  setMessage(message: string): void;
  addDetails(detail: Any): void;
  serializeBinary(): Uint8Array;
}
