import { maximumNamed, mayHoldName, partitionOfRegion } from "../../ec2/partition";
import { resourceRule } from "../../frame/rule";
import { compliant, notApplicable, unknown, type Verdict, violation } from "../../frame/verdict";

export const rule = resourceRule({
  id: "partition-dns-suffix",
  title: "DNS names of a Chinese region end in amazonaws.com.cn",
  severity: "high",
  controls: ["CN-09"],
  description:
    "A name that is built with amazonaws.com resolves to nothing in China. Service principals without a region are an exception.",
  remediation: "Take the name from the resource that has it, or build it with aws.getPartition().dnsSuffix.",
  url: "https://docs.amazonaws.cn/en_us/aws/latest/userguide/endpoints-arns.html",
  types: ["*"],
  judge: ({ props, region }) => {
    const place = region.string();
    if (place === undefined || partitionOfRegion(place) !== "aws-cn") {
      return notApplicable("is not in China");
    }
    const found: Verdict[] = [];
    let open: string | undefined;
    for (const text of props.everyString()) {
      if (text.isUnknown) {
        open ??= mayHoldName(text.path) ? text.path : undefined;
        continue;
      }
      // Long strings of nothing but name characters can't make this slow: the region is matched first.
      const [name] = /\bcn-[a-z]+-\d\.amazonaws\.com(?!\.cn)(?![\w-])/.exec(text.string() ?? "") ?? [];
      if (name !== undefined && found.length < maximumNamed) {
        found.push(violation(text.path, `has ${name}, which should end in .cn`));
      }
    }
    return found.length > 0 ? found : open === undefined ? compliant : unknown(open);
  },
});
