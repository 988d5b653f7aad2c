// Every example in the package's README is executed; a comment `// -> …` behind console.log says what it prints.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import test from "node:test";

const require = createRequire(import.meta.url);
const folder = join(require.resolve("rollcast/package.json"), "..");
const readme = readFileSync(join(folder, "README.md"), "utf8");

const examples = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, source]) => source);

test("the README has examples", () => assert.ok(examples.length >= 3));

examples.forEach((source, index) => {
  test(`example ${index + 1}`, () => {
    const file = join(import.meta.dirname, `readme-example-${index + 1}.mjs`);
    writeFileSync(file, source);
    try {
      const printed = execFileSync(process.execPath, [file], { encoding: "utf8" });
      const said = [...source.matchAll(/\/\/ -> (.*)$/gm)].map(([, line]) => line);
      assert.ok(said.length > 0, "an example says what it prints");
      assert.deepEqual(printed.trimEnd().split("\n"), said);
    } finally {
      rmSync(file, { force: true });
    }
  });
});

test("the table of sizes is about these files", () => {
  for (const name of ["rollcast_bg.wasm", "rollcast.js"]) {
    const bytes = readFileSync(join(folder, name));
    const sizes = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)];
    const cells = sizes.map(({ length }) => `${Math.round(length / 1000)} KB`);
    assert.ok(readme.includes(`\n| \`${name}\` | ${cells.join(" | ")} |\n`), `${name}: ${cells}`);
  }
});
