/** Which release of the eks plugin the stand-in copies, and what that release brings with it. */

/** The release whose behaviour was measured: tests/engine/eks-standin.json. */
export const eksVersion = "4.3.0";

/**
 * The SDKs inside that release. Children without an explicit provider go to the default provider of *these* versions
 * (`default_7_25_0`), not to the program's: https://github.com/pulumi/pulumi-eks/blob/v4.3.0/nodejs/eks/package.json
 */
export const inside = { aws: "7.25.0", kubernetes: "4.19.0" };

/** What to do when the stand-in is not enough. */
export const install = `Install the real plugin (pulumi plugin install resource eks ${eksVersion}) to use it: the sandbox then takes that one.`;
