import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const encoded = (text: string) => Buffer.from(text).toString("base64");
const key = ["AKIA", "IOSFODNN7EXAMPLE"].join("");

export const cases: Cases<ResourceCase> = {
  pass: [{ name: "a node configuration", props: { userData: encoded("apiVersion: node.eks.aws/v1alpha1") } }],
  violation: [{ name: "an access key", props: { userData: encoded(`export KEY=${key}`) }, at: ["userData"] }],
  notApplicable: [{ name: "no user data", props: {} }],
  unknown: [{ name: "not known yet", props: { userData: UNKNOWN } }],
};
