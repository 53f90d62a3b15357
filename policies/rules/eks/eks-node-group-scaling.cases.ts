import type { Cases, ResourceCase } from "../../frame/cases";
import { UNKNOWN } from "../../frame/value";

const of = (minSize: unknown, desiredSize: unknown, maxSize: unknown) => ({
  scalingConfig: { minSize, desiredSize, maxSize },
});

export const cases: Cases<ResourceCase> = {
  pass: [
    { name: "in order", props: of(3, 3, 6) },
    { name: "scaled to nothing", props: of(0, 0, 1) },
  ],
  violation: [
    { name: "desired above max", props: of(1, 7, 6), at: ["scalingConfig.desiredSize"] },
    { name: "desired below min", props: of(3, 1, 6), at: ["scalingConfig.desiredSize"] },
    { name: "max of nothing", props: of(0, 0, 0), at: ["scalingConfig.maxSize"] },
    { name: "only one given", props: { scalingConfig: { maxSize: 3 } } },
    { name: "a part of a node", props: of(1, 1.5, 2) },
  ],
  notApplicable: "every node group has sizes",
  unknown: [{ name: "not known yet", props: of(1, UNKNOWN, 3) }],
};
