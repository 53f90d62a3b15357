import { type Catalogue, coveredBy, inAccount, notCreatedYet, planned } from "./control";

const cluster = notCreatedYet("EKS clusters");
const controller = notCreatedYet("load balancer controller");

/** The platform's own rules about networks and partitions; where AWS's documentation says so, each policy links to it. */
export const platform: Catalogue = {
  title: "Rules of the platform: network and partitions",
  source: "https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html",
  controls: [
    { id: "VPC-01", title: "blocks from /16 to /28" },
    { id: "VPC-02", title: "blocks outside the reserved ranges" },
    { id: "VPC-03", title: "secondary blocks that the primary allows", reason: planned() },
    { id: "VPC-04", title: "no overlap with other blocks, peers and routes", reason: planned() },
    { id: "VPC-05", title: "quota of blocks", reason: planned() },
    { id: "VPC-06", title: "blocks in canonical form" },
    { id: "VPC-07", title: "subnets within their VPC, none overlapping" },
    { id: "VPC-08", title: "subnets in a secondary block wait for its association" },
    { id: "VPC-09", title: "explicit route table" },
    { id: "VPC-10", title: "route table of the subnet's own zone" },
    { id: "VPC-11", title: "pod subnets not offered to load balancers" },
    { id: "VPC-12", title: "Docker's bridge network avoided" },
    { id: "PRV-01", title: "private subnets in two zones" },
    { id: "PRV-02", title: "private subnets are private" },
    { id: "PRV-03", title: "nodes have NAT or the endpoints they need", reason: planned() },
    { id: "PRV-04", title: "one of the cluster's endpoints is on", reason: cluster },
    { id: "PRV-05", title: "nodes reach a restricted public endpoint", reason: cluster },
    { id: "PRV-06", title: "public endpoint not open to anywhere", reason: cluster },
    { id: "PRV-07", title: "DNS attributes of the VPC" },
    { id: "PRV-08", title: "nodes in the cluster's VPC", reason: cluster },
    { id: "PRV-09", title: "free addresses for the cluster", reason: planned() },
    { id: "PRV-10", title: "service range apart from the VPC", reason: planned() },
    { id: "PRV-11", title: "isolated controller without Shield and WAF", reason: controller },
    { id: "PRV-12", title: "no isolated controller in China", reason: planned() },
    { id: "PRV-13", title: "role tags on all subnets or none", reason: controller },
    { id: "PRV-14", title: "supported Kubernetes version", reason: coveredBy("EKS.2 asks the same") },
    {
      id: "PRV-15",
      title: "no subnets tagged for another cluster only",
      reason: inAccount("tags of subnets that exist are seen only in the account"),
    },
    { id: "CN-01", title: "ARNs of the right partition" },
    { id: "CN-02", title: "images from registries that China reaches", reason: notCreatedYet("workloads") },
    { id: "CN-03", title: "endpoint service names of the right partition" },
    { id: "CN-04", title: "no IPv6 clusters in China", reason: cluster },
    { id: "CN-05", title: "no Shield in China", reason: controller },
    { id: "CN-06", title: "no isolated subnets with the controller in China", reason: planned() },
    { id: "CN-07", title: "Fargate's zones in Beijing", reason: notCreatedYet("ECS services") },
    { id: "CN-08", title: "partition and region agree", reason: planned() },
    { id: "CN-09", title: "DNS suffix of the right partition" },
    {
      id: "CN-10",
      title: "internet-facing load balancers in China acknowledged",
      reason: notCreatedYet("load balancers"),
    },
  ],
};
