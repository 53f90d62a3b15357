import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const of = (principalArn: string) => ({ principalArn });

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "a role with a path", props: of("arn:aws:iam::111122223333:role/team/dev") },
    { name: "a user in China", props: of("arn:aws-cn:iam::111122223333:user/anna") },
  ],
  violation: [
    { name: "a session", props: of("arn:aws:sts::111122223333:assumed-role/dev/anna"), at: ["principalArn"] },
    { name: "root", props: of("arn:aws:iam::111122223333:root") },
    { name: "anyone", props: of("*") },
    { name: "service-linked", props: of("arn:aws:iam::111122223333:role/aws-service-role/eks.amazonaws.com/X") },
    { name: "a group", props: of("arn:aws:iam::111122223333:group/dev") },
  ],
  notApplicable: "every entry has a principal",
  unknown: [{ name: "not known yet", props: of(UNKNOWN) }],
};
