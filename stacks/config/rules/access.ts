import { arn, type ParsedArn, parseArn, type Partition } from "../../../components/aws/partition";
import type { Problem } from "../../../components/problem/problem";
import { formatPath } from "../paths";
import { accessPolicies } from "../schema/eks";
import { alternatives, nearest } from "../suggest";
import type { Scope } from "./scope";

/** IAM-01 to IAM-04, IAM-07, IAM-08, IAM-12: who may use the cluster, and what for. */
export function accessRules({ config: { eks }, partition }: Scope): Problem[] {
  if (!eks) {
    return [];
  }
  const principals = [
    ...eks.admins.map((value, i) => ({ path: formatPath(["eks", "admins", i]), value, grant: "clusterAdmin" })),
    ...eks.access.map(({ principal, policy, namespaces }, i) => ({
      path: formatPath(["eks", "access", i, "principal"]),
      value: principal,
      grant: `${policy} ${JSON.stringify(namespaces)}`,
      policy,
    })),
  ];
  return [
    ...principals.flatMap(({ path, value }) => principalProblems(path, value, partition)),
    ...duplicates(principals),
    ...eks.access.flatMap((access, i) => grantProblems(i, access, partition)),
  ];
}

const account = "123456789012";

function principalProblems(path: string, value: string, partition: Partition): Problem[] {
  const example = arn(partition, "iam", "", account, "role/platform-admin");
  const problem = (rule: string, message: string, fix: string): Problem => ({ path, value, rule, message, fix });

  if (value.includes("*") || /^\d{12}$/.test(value)) {
    const message = "stands for more than one user or role: everybody behind it would have the cluster";
    return [problem("IAM-12", message, `name the users and roles one by one, for example ${example}`)];
  }
  const parsed = parseArn(value);
  if (!parsed) {
    return [problem("CFG-VALUE", "is not the ARN of an IAM user or role", `write an ARN such as ${example}`)];
  }
  const found: Problem[] = [];
  if (parsed.partition !== partition.id) {
    const own = parsed.service === "iam" ? arn(partition, "iam", "", parsed.account, parsed.resource) : example;
    const fix = `use a user or role of an account of the stack's partition, such as ${own}`;
    found.push(problem("IAM-03", `is of partition ${parsed.partition}, and the stack is in ${partition.id}`, fix));
  }
  const kind = judgeKind(parsed, partition, example);
  return kind ? [problem(...kind), ...found] : found;
}

/** Rule, message and fix for a principal that an access entry doesn't take. */
function judgeKind(
  { service, resource, account: owner }: ParsedArn,
  partition: Partition,
  example: string,
): [rule: string, message: string, fix: string] | undefined {
  const [type, ...rest] = resource.split("/");
  if (service === "sts") {
    const role = arn(partition, "iam", "", owner, `role/${rest[0] ?? "NAME"}`);
    return [
      "IAM-01",
      "is a session's ARN, which access entries don't take",
      `use the role's own ARN, ${role} (with its path, if it has one)`,
    ];
  }
  if (service === "iam" && resource === "root") {
    return [
      "IAM-12",
      "is the whole account: every principal that IAM lets through would have the cluster",
      `name a role, for example ${arn(partition, "iam", "", owner, "role/platform-admin")}`,
    ];
  }
  if (service === "iam" && resource.startsWith("role/aws-service-role/")) {
    return [
      "IAM-02",
      "is a service-linked role, which access entries don't take",
      `use a role of your own, for example ${example}`,
    ];
  }
  if (service !== "iam" || (type !== "user" && type !== "role") || rest.length === 0 || !/^\d{12}$/.test(owner)) {
    return ["CFG-VALUE", "is not the ARN of an IAM user or role", `write an ARN such as ${example}`];
  }
  return undefined;
}

interface Grant {
  path: string;
  value: string;
  grant: string;
  policy?: string;
}

/** One entry a principal, and each policy once an entry: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
function duplicates(grants: readonly Grant[]): Problem[] {
  return grants.flatMap((later, i) => {
    const earlier = grants
      .slice(0, i)
      .find(
        (other) =>
          other.value === later.value &&
          (other.grant === "clusterAdmin" || later.grant === "clusterAdmin" || other.policy === later.policy),
      );
    if (!earlier) {
      return [];
    }
    const again = earlier.grant === "clusterAdmin" ? "already administers the cluster" : `already has ${later.policy}`;
    const fix =
      earlier.grant === "clusterAdmin"
        ? `remove it here, or remove ${earlier.path}`
        : `remove it here, and name all its namespaces in ${earlier.path.replace(/principal$/, "namespaces")}`;
    return [{ path: later.path, value: later.value, rule: "IAM-08", message: `${again} (${earlier.path})`, fix }];
  });
}

function grantProblems(
  index: number,
  { policy, namespaces }: { policy: string; namespaces: string[] | null },
  partition: Partition,
): Problem[] {
  const problems: Problem[] = [];
  const names = Object.keys(accessPolicies);
  if (!Object.hasOwn(accessPolicies, policy)) {
    problems.push({
      path: formatPath(["eks", "access", index, "policy"]),
      value: policy,
      ...badPolicy(policy, names, partition),
    });
  }
  if (namespaces?.length === 0) {
    problems.push({
      path: formatPath(["eks", "access", index, "namespaces"]),
      value: namespaces,
      rule: "IAM-07",
      message: "limits the grant to namespaces and names none",
      fix: "name at least one namespace, or leave namespaces out for the whole cluster",
    });
  }
  return problems;
}

function badPolicy(policy: string, names: string[], partition: Partition): Pick<Problem, "rule" | "message" | "fix"> {
  const parsed = parseArn(policy);
  const lastPart = policy.split("/").at(-1) ?? policy;
  const byName = Object.entries(accessPolicies).find(([, name]) => name === lastPart)?.[0];
  const meant = byName ?? nearest(lastPart.replace(/Access$/, ""), names);
  const fix = meant ? `write ${meant}; the policies are ${names.join(", ")}` : `use ${alternatives(names)}`;
  if (parsed?.service === "eks" && parsed.partition !== partition.id) {
    const message = `is an access policy of partition ${parsed.partition}, and the stack is in ${partition.id}`;
    return { rule: "IAM-03", message, fix };
  }
  if (parsed && parsed.service !== "eks") {
    return { rule: "IAM-04", message: "is no EKS access policy: policies of IAM mean nothing inside a cluster", fix };
  }
  return { rule: "CFG-VALUE", message: "is not the name of an access policy here", fix };
}
