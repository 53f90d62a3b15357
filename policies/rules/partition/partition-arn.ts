import { maximumNamed, mayHoldName, partitionOfRegion } from "../../ec2/partition";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, unknown, type Verdict, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "partition-arn",
  title: "ARNs are of the partition that the resource is in",
  severity: "high",
  controls: ["CN-01", "IAM-03"],
  description:
    "A literal arn:aws: works nowhere in China or GovCloud, and is often found out only when something is refused.",
  remediation: "Build the ARN from aws.getPartition(), or from an ARN that the provider returned.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
  types: ["*"],
  judge: ({ props, region }) => {
    const place = region.string();
    if (place === undefined) {
      return notApplicable("goes to no AWS region that is known");
    }
    const partition = partitionOfRegion(place);
    const found: Verdict[] = [];
    let open: string | undefined;
    for (const text of props.everyString()) {
      if (text.isUnknown) {
        open ??= mayHoldName(text.path) ? text.path : undefined;
        continue;
      }
      const other = foreignPartition(text.string() ?? "", partition);
      if (other !== undefined && found.length < maximumNamed) {
        found.push(violation(text.path, `names arn:${other}: in ${place}, which is in ${partition}`));
      }
    }
    return found.length > 0 ? found : open === undefined ? compliant : unknown(open);
  },
});

function foreignPartition(text: string, partition: string): string | undefined {
  return Array.from(text.matchAll(/\barn:(aws[a-z-]*):/g), (match) => match[1]).find((other) => other !== partition);
}
