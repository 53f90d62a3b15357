/**
 * Service principals: the names under which AWS services assume roles and use keys.
 *
 * Nearly all are `<service>.amazonaws.com` in every partition, China included: IAM refuses the `.cn` spelling of most.
 *
 * Sources: aws-cdk `region-info/lib/default.ts`, read on 2026-11-22; CloudWatch Logs:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
import { type Partition, type PartitionId, partitionOf } from "./partition";

type Form = (service: string, region: string, partition: Partition) => string;

const universal: Form = (service) => `${service}.amazonaws.com`;
const partitional: Form = (service, _region, { dnsSuffix }) => `${service}.${dnsSuffix}`;
const regional: Form = (service, region, { dnsSuffix }) => `${service}.${region}.${dnsSuffix}`;

/** The services whose principal is not `<service>.amazonaws.com` everywhere; a partition that isn't named has the usual form. */
const exceptions: Readonly<Record<string, Partial<Record<PartitionId, Form>>>> = {
  // A log group's key must name the region's own principal: the plain one can't use it.
  logs: { aws: regional, "aws-cn": regional, "aws-us-gov": regional },
  codedeploy: { "aws-cn": regional },
  elasticmapreduce: { "aws-cn": partitional },
};

/**
 * The principal of a service as trust policies and key policies of a region name it.
 *
 * @param service its short name: `eks`, `ecs-tasks`, `pods.eks`, `vpc-flow-logs`, `logs`, `codedeploy`
 * @throws Error for a malformed region
 */
export function servicePrincipal(service: string, region: string): string {
  const partition = partitionOf(region);
  const form = exceptions[service]?.[partition.id] ?? universal;
  return form(service, region, partition);
}

/**
 * The principals that the trust policy of a role for EC2 instances names.
 *
 * In China both spellings: sources disagree on which is needed (eksctl and reports on node groups of 2022 say
 * `ec2.amazonaws.com.cn`, aws-cdk and terraform-aws-eks since 2024 say `ec2.amazonaws.com`), and a role with both serves either.
 *
 * @throws Error for a malformed region
 */
export function ec2TrustPrincipals(region: string): string[] {
  const partition = partitionOf(region);
  return [...new Set([universal("ec2", region, partition), partitional("ec2", region, partition)])];
}

/**
 * The audience of IAM roles for service accounts (IRSA): the same in every partition, unlike the host name of STS.
 *
 * Source: eksctl `pkg/iam/oidc/api.go` and terraform-aws-eks, read in 2026.
 */
export const irsaAudience = "sts.amazonaws.com";
