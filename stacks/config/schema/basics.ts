import { z } from "zod";
import { described, text } from "./shapes";

/**
 * Name of the environment.
 *
 * At most 20 characters, because it starts the names of load balancers, which have 32.
 */
export const environment = described(z.string().regex(/^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$/), {
  says:
    "Name of the environment; used in names and as the tag Environment. Lower-case letters, digits and hyphens, a " +
    "letter first, at most 20 characters. Default: the stack's name.",
  example: "prod",
  message: "is not a name of lower-case letters, digits and hyphens, a letter first, at most 20 characters",
}).optional();

export const owner = text({
  says: "Who answers for the platform: the tag Owner. Default platform-team.",
  example: "platform-team",
}).default("platform-team");

// https://docs.aws.amazon.com/general/latest/gr/aws_tagging.html: what every service accepts.
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

export const tags = described(
  z.record(
    described(
      z
        .string()
        .max(128)
        .regex(tagText)
        .regex(/^(?!aws:)./i),
      {
        says: "At most 128 letters, digits, spaces and _ . : / = + - @; must not start with aws:.",
        message: "is not a tag key: 1 to 128 letters, digits, spaces and _ . : / = + - @, not starting with aws:",
        fix: 'rename it, for example to "CostCentre"',
      },
    ),
    described(z.string().max(256).regex(tagText), {
      says: "At most 256 letters, digits, spaces and _ . : / = + - @.",
      example: "1234",
      message: "is not a tag value: at most 256 letters, digits, spaces and _ . : / = + - @",
    }),
  ),
  { says: "Further tags of every resource. Default none.", example: { CostCentre: "1234" } },
).default({});

/** `aws:region`, which every stack must have. */
export const region = described(z.string().regex(/^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/), {
  says: "Region of the stack, for example ap-southeast-1. Required.",
  example: "ap-southeast-1",
  rule: "CFG-REGION",
  message: "is not the name of a region",
});
