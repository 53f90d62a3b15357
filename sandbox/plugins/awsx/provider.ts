/** The stand-in for the awsx plugin: one of its components, and a clear no to everything else. */
import * as pulumi from "@pulumi/pulumi";
import { Vpc } from "./vpc";

/** The release whose behaviour the stand-in copies. */
export const awsxVersion = "3.9.0";

const install = `Install the real plugin (pulumi plugin install resource awsx ${awsxVersion}) to use it: the sandbox then takes that one.`;

export const awsxProvider: pulumi.provider.Provider = {
  version: awsxVersion,

  async construct(name, type, inputs, options) {
    if (type !== "awsx:ec2:Vpc") throw new Error(`The sandbox has no stand-in for ${type}. ${install}`);
    const vpc = new Vpc(name, options);
    return { urn: vpc.urn, state: await vpc.build(inputs) };
  },

  invoke(token) {
    return Promise.reject(new Error(`The sandbox has no stand-in for the function ${token}. ${install}`));
  },
};
