import { arn, parseArn, type Partition } from "../../../components/aws/partition";
import type { Problem } from "../../../components/problem/problem";
import { formatPath, type Path } from "../paths";
import type { Scope } from "./scope";

/** Every ARN that isn't a principal: of the right service, partition (CN-01, CN-08) and region. */
export function arnRules({ config: { workloads, ecs, region }, partition }: Scope): Problem[] {
  const found: { path: Path; value: string | null; service: string; resource: string }[] = [];
  const certificate = { service: "acm", resource: "certificate/12345678-1234-1234-1234-123456789012" };
  for (const [name, { ingress }] of Object.entries(workloads)) {
    found.push({
      path: ["workloads", name, "ingress", "certificateArn"],
      value: ingress?.certificateArn ?? null,
      ...certificate,
    });
  }
  for (const [name, { loadBalancer, deployment }] of Object.entries(ecs?.services ?? {})) {
    const service = ["ecs", "services", name];
    found.push({
      path: [...service, "loadBalancer", "certificateArn"],
      value: loadBalancer.certificateArn,
      ...certificate,
    });
    deployment.hooks.forEach(({ functionArn }, i) =>
      found.push({
        path: [...service, "deployment", "hooks", i, "functionArn"],
        value: functionArn,
        service: "lambda",
        resource: "function:smoke-test",
      }),
    );
  }
  return found.flatMap(({ path, value, service, resource }) =>
    value === null ? [] : arnProblem(path, value, service, resource, region, partition),
  );
}

function arnProblem(
  path: Path,
  value: string,
  service: string,
  resource: string,
  region: string,
  partition: Partition,
): Problem[] {
  const parsed = parseArn(value);
  const right = arn(partition, service, region, parsed?.account || "123456789012", parsed?.resource ?? resource);
  const problem = (rule: string, message: string) => [
    { path: formatPath(path), value, rule, message, fix: `use one of the stack's own region, such as ${right}` },
  ];
  if (parsed?.service !== service) {
    return problem(
      "CFG-VALUE",
      `is not the ARN of ${service === "acm" ? "a certificate of ACM" : "a Lambda function"}`,
    );
  }
  if (parsed.partition !== partition.id) {
    const rule = partition.id === "aws-cn" ? "CN-01" : "CN-08";
    return problem(rule, `is of partition ${parsed.partition}, and the stack's region ${region} is in ${partition.id}`);
  }
  return parsed.region === region ? [] : problem("CFG-VALUE", `is of ${parsed.region}, and the stack is in ${region}`);
}
