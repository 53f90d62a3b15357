import { anywhere, ingressRule, openings, ports, securityGroupTypes } from "../../ec2/security-group";
import { resourceRule } from "../../frame/rule";
import { each } from "../../frame/value";
import { compliant, notApplicable, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "ec2-security-group-egress",
  title: "No security group allows all outgoing traffic to anywhere",
  severity: "low",
  controls: [],
  also: ["CKV_AWS_382", "aws-ec2-no-public-egress-sgr"],
  description: "A compromised host with open egress can send data anywhere; most need a few ports to a few places.",
  remediation: "Allow the ports and destinations that are needed, such as 443 to the endpoints' security group.",
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  types: securityGroupTypes.filter((type) => type !== ingressRule),
  judge: (resource) => {
    if (resource.props.at("type").raw === "ingress") {
      return notApplicable("a rule for incoming traffic");
    }
    return each(openings(resource, "egress"), (opening) => {
      const range = ports(opening);
      if (range.protocol !== "all" && range.to - range.from < 65534) {
        return compliant;
      }
      return anywhere(opening).map(({ path, cidr }) => violation(path, `lets all traffic out to ${cidr}`));
    });
  },
});
