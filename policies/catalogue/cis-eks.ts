import { type Catalogue, type Control, inAccount, notCreatedYet, type Reason } from "./control";

const cluster = notCreatedYet("EKS clusters");
const nodes = notCreatedYet("node groups");
const kubernetes = notCreatedYet("Kubernetes objects");
const registries = notCreatedYet("ECR repositories");
const nodeFiles = inAccount("is a file on a node, which the managed AMI brings");

/**
 * The recommendations of the benchmark.
 * Source: https://github.com/aquasecurity/kube-bench/tree/main/cfg/eks-1.8.0
 */
export const cisEks: Catalogue = {
  title: "CIS Amazon EKS Benchmark 1.8.0",
  source: "https://github.com/aquasecurity/kube-bench/tree/main/cfg/eks-1.8.0",
  controls: [
    ...section(cluster, { "2.1.1": "audit logs on" }),
    { id: "CIS-EKS 2.1.2", title: "audit logs collected and kept" },
    ...section(nodeFiles, {
      "3.1.1": "kubeconfig file permissions",
      "3.1.2": "kubeconfig file ownership",
      "3.1.3": "kubelet configuration file permissions",
      "3.1.4": "kubelet configuration file ownership",
    }),
    ...section(nodes, {
      "3.2.1": "kubelet: no anonymous access",
      "3.2.2": "kubelet: authorization is not AlwaysAllow",
      "3.2.3": "kubelet: client CA file",
      "3.2.4": "kubelet: read-only port off",
      "3.2.5": "kubelet: streaming connections time out",
      "3.2.6": "kubelet: iptables util chains",
      "3.2.7": "kubelet: event rate",
      "3.2.8": "kubelet: client certificates rotate",
      "3.2.9": "kubelet: server certificates rotate",
    }),
    ...section(kubernetes, {
      "4.1.1": "cluster-admin only where needed",
      "4.1.2": "access to secrets",
      "4.1.3": "wildcards in roles",
      "4.1.4": "creating pods",
      "4.1.5": "default service accounts unused",
      "4.1.6": "service account tokens mounted only where needed",
    }),
    ...section(cluster, { "4.1.7": "access manager API in place of aws-auth" }),
    ...section(kubernetes, {
      "4.1.8": "bind, impersonate and escalate",
      "4.1.9": "creating persistent volumes",
      "4.1.10": "proxy of nodes",
      "4.1.11": "webhook configurations",
      "4.1.12": "creating service account tokens",
      "4.2.1": "no privileged containers",
      "4.2.2": "no host process ids",
      "4.2.3": "no host IPC",
      "4.2.4": "no host network",
      "4.2.5": "no privilege escalation",
    }),
    ...section(cluster, { "4.3.1": "CNI with network policies" }),
    ...section(kubernetes, {
      "4.3.2": "a network policy in each namespace",
      "4.4.1": "secrets as files",
      "4.4.2": "external secret storage",
      "4.5.1": "namespaces as boundaries",
      "4.5.2": "default namespace unused",
    }),
    ...section(registries, {
      "5.1.1": "images scanned",
      "5.1.2": "access to ECR minimal",
      "5.1.3": "cluster's access to ECR read-only",
      "5.1.4": "approved registries only",
    }),
    ...section(cluster, {
      "5.2.1": "dedicated service accounts",
      "5.3.1": "secrets encrypted with KMS",
      "5.4.1": "control plane endpoint restricted",
      "5.4.2": "private endpoint on, public off",
    }),
    ...section(nodes, { "5.4.3": "private nodes" }),
    ...section(cluster, { "5.4.4": "network policy on" }),
    ...section(notCreatedYet("load balancers"), { "5.4.5": "TLS to load balancers" }),
    ...section(
      inAccount("how people log in shows only in the account's identity provider and the cluster's use of it"),
      {
        "5.5.1": "users managed with IAM",
      },
    ),
  ],
};

function section(reason: Reason, titles: Readonly<Record<string, string>>): Control[] {
  return Object.entries(titles).map(([number, title]) => ({ id: `CIS-EKS ${number}`, title, reason }));
}
