// Spares each process a second of loading: Pulumi's SDK requires the TypeScript compiler and npm's dependency resolver as
// soon as it is imported. It needs them to serialize functions, which hardly any program does
// (https://www.pulumi.com/docs/iac/concepts/functions/function-serialization/).
// Preloaded with --require; each of the two loads when somebody first uses it.
/* eslint-disable @typescript-eslint/no-require-imports -- CommonJS: what --require takes on every Node. */
/* global require, __dirname */
"use strict";
const { createRequire } = require("module");
const { join } = require("path");

const ours = createRequire(join(__dirname, "..", "..", "package.json"));

for (const name of ["@pulumi/pulumi/typescript-shim", "@npmcli/arborist"]) {
  let path;
  try {
    path = ours.resolve(name);
  } catch {
    // An SDK that is built otherwise: it loads what it likes.
    continue;
  }
  require.cache[path] = { id: path, filename: path, loaded: true, children: [], paths: [], exports: standIn(path) };
}

/** Looks like the module, and becomes it at the first use. */
function standIn(path) {
  let real;
  const load = () => {
    if (!real) {
      Reflect.deleteProperty(require.cache, path);
      real = require(path);
    }
    return real;
  };
  return new Proxy(function () {}, {
    // Compiled imports ask for this first, and copy a module that says no, which would load it.
    get: (_, property) => property === "__esModule" || load()[property],
    has: (_, property) => property in load(),
    construct: (_, args) => Reflect.construct(load(), args),
    apply: (_, self, args) => Reflect.apply(load(), self, args),
  });
}
