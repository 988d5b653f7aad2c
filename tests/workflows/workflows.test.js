// GitHub's own checker reads the workflows, the action, and the workflow that docs/ci.md shows. What their steps run is the
// concern of xtask/src/workflows.rs.
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const browser = fileURLToPath(new URL("../browser/", import.meta.url));
const { build } = createRequire(join(browser, "x"))("esbuild");
const root = new URL("../../", import.meta.url);
const text = (name) => readFileSync(new URL(name, root), "utf8");

let folder, checker;

// It imports JSON without saying so, which Node.js refuses and a bundler does not.
before(async () => {
  folder = mkdtempSync(join(tmpdir(), "rollcast-"));
  const outfile = join(folder, "checker.cjs");
  const contents = `
    export { validate } from "@actions/languageservice";
    export { TextDocument } from "vscode-languageserver-textdocument";`;
  await build({ stdin: { contents, resolveDir: browser }, bundle: true, platform: "node", format: "cjs", outfile, logLevel: "error" });
  checker = createRequire(import.meta.url)(outfile);
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** What is wrong with a file, in sentences. */
async function problems(name, content) {
  const document = checker.TextDocument.create(`file:///${name}`, "yaml", 1, content);
  return (await checker.validate(document)).map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}

const workflows = readdirSync(new URL(".github/workflows/", root)).map((name) => `.github/workflows/${name}`);

test("there are workflows", () => assert.ok(workflows.length >= 3));

for (const name of [...workflows, "action.yml"]) {
  test(name, async () => assert.deepEqual(await problems(name, text(name)), []));
}

test("the workflow in docs/ci.md", async () => {
  const [, workflow] = text("docs/ci.md").match(/^```yaml\n(on:.*?)^```$/ms);
  assert.deepEqual(await problems(".github/workflows/example.yml", workflow), []);
});

test("what is wrong is found", async () => {
  const release = text(".github/workflows/release.yml");
  // The checker keeps what it has read, by its name.
  for (const [index, [right, wrong, problem]] of [
    ["needs: [crates, npm]", "needs: [crate, npm]", /unknown job 'crate'/],
    ["matrix.target", "matrix.targets", /Context access might be invalid: targets/],
    ["timeout-minutes", "timeout", /Unexpected value 'timeout'/],
    ["steps.auth.outputs", "steps.auht.outputs", /Context access might be invalid: auht/],
  ].entries()) {
    const found = await problems(`.github/workflows/wrong-${index}.yml`, release.replaceAll(right, wrong));
    assert.match(found.join("\n"), problem);
  }
});
