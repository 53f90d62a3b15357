import { vpcEndpoint } from "../../ec2/endpoint";
import { resourceRule } from "../../frame/rule";
import { each } from "../../frame/value";
import { compliant, notApplicable, violation } from "../../frame/verdict";
import { statementsOf } from "../../iam/document";

export const rule = resourceRule({
  id: "vpc-endpoint-policy",
  title: "A VPC endpoint's policy says who may do what through it",
  severity: "low",
  optIn:
    "A data perimeter is a project of its own: package repositories and ECR's layers come anonymously or signed by AWS.",
  controls: [],
  also: ["vpc_endpoint_connections_trust_boundaries"],
  description:
    "The default policy allows every principal every action on every resource, also other accounts' buckets.",
  remediation:
    "Allow the account's or organization's principals, for example with aws:PrincipalAccount in a condition.",
  url: "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
  types: [vpcEndpoint, "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"],
  judge: ({ type, props }) => {
    if (
      type === vpcEndpoint &&
      ["GatewayLoadBalancer", "Resource", "ServiceNetwork"].includes(props.at("vpcEndpointType").string() ?? "")
    ) {
      return notApplicable("endpoints of this kind have no policy of this form");
    }
    const policy = props.at("policy");
    if (policy.isMissing) {
      return violation(policy.path, "is not set, which allows everything");
    }
    return each(statementsOf(policy), (statement) =>
      statement.allows &&
      statement.isForAnyone &&
      statement.reachesEverything &&
      statement.actions.includes("*") &&
      !statement.hasCondition
        ? violation(statement.path, "allows anyone every action on everything")
        : compliant,
    );
  },
});
