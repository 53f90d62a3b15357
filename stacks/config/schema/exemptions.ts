import { z } from "zod";
import { described, list, section, text } from "./shapes";

/** Pulumi reads an unquoted date as a time, and hands it to the program as `2027-06-30 00:00:00 +0000 UTC`. */
function dayOf(text: string): string {
  return /^(\d{4}-\d{2}-\d{2})[ T]00:00:00(\.0+)?(Z| \+0000 UTC)$/.exec(text)?.[1] ?? text;
}

const exemption = section(
  {
    policy: described(z.string().regex(/^[a-z][a-z0-9-]*$/), {
      says: "Name of the policy. Required.",
      example: "elb-nlb-listener-tls",
      message: "is not the name of a policy",
    }),
    resource: text({
      says: "Resource that it may depart from the policy: name or URN, * stands for any characters. Required.",
      example: "*ledger*",
    }),
    reason: text({
      says: "Why, for the reviewer. Required.",
      example: "TCP pass-through, TLS ends in the pod",
      message: "must not be empty: a reviewer reads it",
    }),
    // Whether it is a real date and still to come is a rule: it needs today's date.
    until: described(z.string().overwrite(dayOf), {
      says: "Last day that it holds, as YYYY-MM-DD. Default null: no end.",
      example: "2027-06-30",
      editorPattern: "^\\d{4}-\\d{2}-\\d{2}$",
    })
      .nullable()
      .default(null),
  },
  {
    says: "One exemption.",
    example: {
      policy: "elb-nlb-listener-tls",
      resource: "*ledger*",
      reason: "TLS ends in the pod",
      until: "2027-06-30",
    },
  },
);

export const exemptions = list(exemption, {
  says: "Policies that this stack departs from, with the reason. Default none.",
}).default([]);
