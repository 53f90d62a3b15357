/**
 * The kubeconfig of a cluster, byte for byte as the plugin writes it: it is an input of the Kubernetes provider, and a
 * difference would replace that provider. Form: https://docs.aws.amazon.com/eks/latest/userguide/create-kubeconfig.html
 */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** The argument `providerCredentialOpts`, and the arguments of the method `getKubeconfig`. */
export interface Credentials {
  roleArn?: pulumi.Input<string>;
  profileName?: pulumi.Input<string>;
}

interface Facts {
  name: string;
  endpoint: string;
  region: string;
  certificate: string | undefined;
  roleArn: string | undefined;
  profileName: string | undefined;
}

/** The kubeconfig as an object. Waits for the cluster; `JSON.stringify` of it is the plugin's text. */
export function kubeconfigOf(
  cluster: pulumi.Output<aws.eks.Cluster> | aws.eks.Cluster,
  credentials: pulumi.Input<Credentials> = {},
): pulumi.Output<object> {
  const { name, endpoint, arn, certificateAuthority } = cluster;
  return pulumi
    .all([name, endpoint, arn, certificateAuthority, credentials])
    .apply(([name, endpoint, arn, { data }, { roleArn, profileName }]) =>
      document({ name, endpoint, region: arn.split(":")[3] ?? "", certificate: data, roleArn, profileName }),
    );
}

function document(facts: Facts): object {
  const { name, region, roleArn, profileName } = facts;
  const args = [
    ...["--region", region, "eks", "get-token", "--cluster-name", name, "--output", "json"],
    ...(roleArn ? ["--role", roleArn] : []),
    ...(profileName ? ["--profile", profileName] : []),
  ];
  const apiVersion = "client.authentication.k8s.io/v1beta1";
  // The blank after the colon is the plugin's.
  const env = [{ name: "KUBERNETES_EXEC_INFO", value: `{"apiVersion": "${apiVersion}"}` }];
  return {
    apiVersion: "v1",
    clusters: [
      { cluster: { server: facts.endpoint, "certificate-authority-data": facts.certificate }, name: "kubernetes" },
    ],
    contexts: [{ context: { cluster: "kubernetes", user: "aws" }, name: "aws" }],
    "current-context": "aws",
    kind: "Config",
    users: [{ name: "aws", user: { exec: { apiVersion, command: "aws", args, env } } }],
  };
}
