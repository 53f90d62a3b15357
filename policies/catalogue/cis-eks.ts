import { type Catalogue, type Control, inAccount, notCreatedYet, type Reason } from "./control";

const kubelet = inAccount("is set in the managed image; this platform sets only the number of pods of a node");
const kubernetes = notCreatedYet("Kubernetes objects");
const policies = notCreatedYet("network policies");
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
    { id: "CIS-EKS 2.1.1", title: "audit logs on" },
    { id: "CIS-EKS 2.1.2", title: "audit logs collected and kept" },
    ...section(nodeFiles, {
      "3.1.1": "kubeconfig file permissions",
      "3.1.2": "kubeconfig file ownership",
      "3.1.3": "kubelet configuration file permissions",
      "3.1.4": "kubelet configuration file ownership",
    }),
    ...section(kubelet, {
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
    { id: "CIS-EKS 4.1.7", title: "access manager API in place of aws-auth" },
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
    ...section(policies, { "4.3.1": "CNI with network policies" }),
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
    ...section(kubernetes, { "5.2.1": "dedicated service accounts" }),
    { id: "CIS-EKS 5.3.1", title: "secrets encrypted with KMS" },
    { id: "CIS-EKS 5.4.1", title: "control plane endpoint restricted" },
    { id: "CIS-EKS 5.4.2", title: "private endpoint on, public off" },
    { id: "CIS-EKS 5.4.3", title: "private nodes" },
    ...section(policies, { "5.4.4": "network policy on" }),
    ...section(notCreatedYet("load balancers"), { "5.4.5": "TLS to load balancers" }),
    { id: "CIS-EKS 5.5.1", title: "users managed with IAM" },
  ],
};

function section(reason: Reason, titles: Readonly<Record<string, string>>): Control[] {
  return Object.entries(titles).map(([number, title]) => ({ id: `CIS-EKS ${number}`, title, reason }));
}
