/* eslint-disable @typescript-eslint/no-require-imports, no-undef */
// The engine's own runner would have ts-node type-check the pack at every preview, some ten seconds; the pack is
// type-checked once, by `npm run typecheck`, and tsx only strips its types.
require("tsx/cjs");
require("./index.ts");
