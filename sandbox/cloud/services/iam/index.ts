/** AWS IAM: roles, their policies, instance profiles. */
import { CloudFunction, Service } from "../../table";
import { text } from "../../value";
import { isManagedPolicy, rolePolicyAttachment } from "./attachment";
import { instanceProfile } from "./instance-profile";
import * as iam from "./names";
import { policy, rolePolicy } from "./policy";
import { role } from "./role";

const lookups: CloudFunction[] = [
  {
    token: "aws:iam/getRole:getRole",
    run: (args, { cloud, fail }) => {
      const found = cloud.find(iam.ROLE, String(args["name"]));
      if (!found) return fail(`reading IAM Role (${String(args["name"])}): couldn't find resource`);
      return { ...found.outputs, id: found.id };
    },
  },
  {
    token: "aws:iam/getPolicy:getPolicy",
    run: (args, { cloud, scope, fail }) => {
      const name = text(args["name"]) ?? String(args["arn"]).split("/").at(-1);
      const own = cloud.all(iam.POLICY).find(({ id, inputs }) => id === args["arn"] || inputs["name"] === name);
      if (own) return { ...own.outputs, id: own.id };
      const paths = ["/", "/service-role/", "/job-function/", "/aws-service-role/"];
      const arns = paths.map((path) => `arn:${scope.partition}:iam::aws:policy${path}${name}`);
      const arn = arns.find((each) => isManagedPolicy(each) && (!args["arn"] || each === args["arn"]));
      if (!arn) return fail(`reading IAM Policy (${String(args["arn"] ?? name)}): couldn't find resource`);
      return { id: arn, arn, name, path: arn.split(":policy")[1]?.replace(/[^/]+$/, "") };
    },
  },
];

export const iamService: Service = {
  sdkId: "IAM",
  arnService: "iam",
  modelledErrors: true,
  types: [role, rolePolicy, policy, rolePolicyAttachment, instanceProfile],
  functions: lookups,
};
