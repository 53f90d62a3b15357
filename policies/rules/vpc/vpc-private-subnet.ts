import { defaultRoutesOf, routeTablesOf } from "../../ec2/routing";
import { subnet, subnetClass } from "../../ec2/vpc";
import { stackRule } from "../../frame/rule";
import { attempt, each } from "../../frame/value";
import { compliant, notApplicable, type Verdict, violation } from "../../frame/verdict";

export const rule = stackRule({
  id: "vpc-private-subnet",
  title: "A subnet that is called private has no way in from the internet",
  severity: "high",
  controls: ["PRV-02"],
  also: ["private_nodes_enabled"],
  description: "Nodes, pods and internal load balancers are put there because of its name and tags.",
  remediation: "Associate it with a route table that leads to a NAT gateway, and set mapPublicIpOnLaunch to false.",
  url: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
  types: [subnet],
  judge: (subject, stack) => {
    const kind = subnetClass(subject.props);
    if (kind === undefined || kind === "public") {
      return notApplicable("is not tagged as a private, pod or load balancer subnet");
    }
    const assigns = subject.props.at("mapPublicIpOnLaunch");
    return [
      attempt(() => (assigns.boolean() === true ? violation(assigns.path, "hands out public addresses") : compliant)),
      attempt(() =>
        each(routeTablesOf(stack, subject), (table) =>
          defaultRoutesOf(stack, table).some((route) => route.internetGateway)
            ? violation("", `has a route to an internet gateway, in ${table.name}`)
            : compliant,
        ),
      ),
    ].flat() as Verdict[];
  },
});
