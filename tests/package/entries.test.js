// The entry points of the npm package: whoever imports it, however, gets the same functions.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import test from "node:test";

import * as main from "rollcast";

const require = createRequire(import.meta.url);
const folder = dirname(require.resolve("rollcast/package.json"));

/** The functions that a file of declarations exports. */
const declared = (file) =>
  [...readFileSync(join(folder, file), "utf8").matchAll(/^export function (\w+)/gm)].map(([, name]) => name).sort();

test("the package brings what it needs only", () => {
  assert.deepEqual(readdirSync(folder).sort(), [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "bundler.js",
    "index.d.ts",
    "node.js",
    "package.json",
    "rollcast.d.ts",
    "rollcast.js",
    "rollcast_bg.wasm",
  ]);
  assert.deepEqual(Object.keys(require("rollcast/package.json").dependencies ?? {}), []);
});

test("it can be required, and is the same then", () => {
  assert.equal(require("rollcast").evaluate, main.evaluate);
});

test("what is declared is exported, and nothing else", () => {
  assert.deepEqual(Object.keys(main).sort(), declared("index.d.ts"));
  for (const file of ["node.js", "bundler.js"]) {
    const [, names] = readFileSync(join(folder, file), "utf8").match(/export \{([^}]*)\}/);
    assert.deepEqual(names.split(",").map((name) => name.trim()).sort(), declared("index.d.ts"), file);
  }
});

test("the web entry starts when it is told to, from bytes too", async () => {
  const web = await import("rollcast/web");
  assert.deepEqual(Object.keys(web).sort(), ["default", ...declared("rollcast.d.ts")].sort());
  await web.default({ module_or_path: readFileSync(require.resolve("rollcast/rollcast_bg.wasm")) });
  assert.deepEqual(web.evaluate({}), main.evaluate({}));
});
