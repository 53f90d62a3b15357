import { launchTemplate } from "../../eks/types";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, violation } from "../../frame/verdict";

const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, "an AWS access key"],
  [/aws_secret_access_key\s*[=:]\s*["']?[A-Za-z0-9/+]{40}/i, "an AWS secret key"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
];

export const rule = resourceRule({
  id: "ec2-launch-template-no-secrets",
  title: "Launch templates hold no secrets in their user data",
  severity: "high",
  controls: ["EKS-03"],
  also: ["CKV_AWS_46"],
  description:
    "User data can be read by whoever may describe the template, and by everything that runs on the instance.",
  remediation: "Let the instance read secrets from Secrets Manager with its role.",
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html",
  types: [launchTemplate],
  judge: ({ props }) => {
    const data = props.at("userData");
    if (data.isMissing) {
      return notApplicable("has no user data");
    }
    const text = Buffer.from(data.string() ?? "", "base64").toString("utf8");
    const found = secrets.find(([pattern]) => pattern.test(text));
    return found ? violation(data.path, `holds ${found[1]}`) : compliant;
  },
});
