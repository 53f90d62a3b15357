/** The stand-in for the eks plugin: two of its components, one method, and a clear no to everything else. */
import * as pulumi from "@pulumi/pulumi";
import { readClusterArguments } from "./arguments";
import { Cluster } from "./cluster";
import { ClusterReference } from "./cluster-reference";
import { kubeconfigOf } from "./kubeconfig";
import { ManagedNodeGroup } from "./node-group";
import { readNodeGroupArguments } from "./node-group-arguments";
import { eksVersion, install } from "./release";

// A node group is handed its cluster as a reference: the SDK turns it back into something that has the cluster's outputs.
pulumi.runtime.registerResourceModule("eks", "index", {
  version: eksVersion,
  construct: (name, type, urn) => {
    if (type !== "eks:index:Cluster")
      throw new Error(`The sandbox's eks cannot take a reference to ${type}. ${install}`);
    return new ClusterReference(name, urn);
  },
});

export const eksProvider: pulumi.provider.Provider = {
  version: eksVersion,

  async construct(name, type, inputs, options) {
    switch (type) {
      case "eks:index:Cluster": {
        const cluster = new Cluster(name, readClusterArguments(inputs), options);
        return { urn: cluster.urn, state: cluster.results };
      }
      case "eks:index:ManagedNodeGroup": {
        const group = new ManagedNodeGroup(name, readNodeGroupArguments(inputs), options);
        return { urn: group.urn, state: group.results };
      }
      default:
        throw new Error(`The sandbox has no stand-in for ${type}. ${install}`);
    }
  },

  async call(token, inputs) {
    if (token !== "eks:index:Cluster/getKubeconfig") {
      throw new Error(`The sandbox has no stand-in for the method ${token}. ${install}`);
    }
    const cluster = inputs["__self__"] as ClusterReference;
    const credentials = { roleArn: inputs["roleArn"], profileName: inputs["profileName"] };
    return { outputs: { result: pulumi.jsonStringify(kubeconfigOf(cluster.eksCluster, credentials)) } };
  },

  invoke(token) {
    return Promise.reject(new Error(`The sandbox has no stand-in for the function ${token}. ${install}`));
  },
};
