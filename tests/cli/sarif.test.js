// SARIF output against the schema of SARIF 2.1.0, as code-scanning services check it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { test } from "node:test";

const tools = createRequire(new URL("../browser/", import.meta.url));
const Ajv = tools("ajv-draft-04");
const schema = tools("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json");

const examples = new URL("../../crates/cli/tests/examples/", import.meta.url);
// The schema's formats are about times and addresses, which there are none of; one of its patterns is none for Unicode.
const valid = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

const sarif = (...arguments_) => {
  const run = spawnSync(process.env.ROLLCAST, ["check", "--format", "sarif", "--fail-on", "never", ...arguments_], {
    cwd: examples,
    input: "app: [\n",
    encoding: "utf8",
  });
  assert.equal(run.status, 0, run.stderr);
  return JSON.parse(run.stdout);
};

test("the schema rejects what is no SARIF", () => {
  const log = sarif("first-draft.yaml");
  assert.ok(valid(log));
  log.runs[0].results[0].level = "fatal";
  assert.ok(!valid(log));
  assert.ok(!valid({ version: "2.1.0" }));
});

for (const [what, ...arguments_] of [
  ["one file", "first-draft.yaml"],
  ["what Helm cannot read", "broken.yaml"],
  ["what Helm does not render", "text.yaml"],
  ["a fleet", "--each", "*.yaml", "envs/*/values.yaml", "-f", "base.yaml"],
  ["flags only", "--set", "app.replicaCount=2"],
  ["a flag that Helm refuses", "--set", "a"],
  ["standard input", "-"],
  ["nothing to say", "base.yaml", "--chart", "14.0.0"],
]) {
  test(what, () => {
    const log = sarif(...arguments_);
    assert.ok(valid(log), JSON.stringify(valid.errors, null, 2));
  });
}
