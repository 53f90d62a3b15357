import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const settings = { onDay: "2026-11-22" };

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "standard support", props: { version: "1.35" }, settings },
    { name: "extended support", props: { version: "1.33" }, settings },
    { name: "the last day", props: { version: "1.31" }, settings: { onDay: "2026-11-26" } },
    { name: "newer than the table", props: { version: "1.99" } },
  ],
  violation: [
    { name: "the day after", props: { version: "1.31" }, settings: { onDay: "2026-11-27" }, at: ["version"] },
    { name: "long gone", props: { version: "1.21" } },
    { name: "no version", props: { version: "latest" } },
    {
      name: "extended support where it is too little",
      props: { version: "1.33" },
      settings: { ...settings, standardSupportOnly: true },
    },
  ],
  notApplicable: [{ name: "none named", props: {} }],
  unknown: [{ name: "not known yet", props: { version: UNKNOWN } }],
};
