// What teaches findings, describes values and writes reports.
import assert from "node:assert/strict";
import test from "node:test";

import { catalogue, evaluate, explain, fixes, markdown, render, schema } from "rollcast";

test("everything a report can say is explained", () => {
  const ids = catalogue().map(({ id }) => id);
  assert.ok(ids.length > 20);
  const report = evaluate({ values: [{ name: "v.yaml", text: "app:\n  strategy: {type: RollingUpdate}\n" }], baseline: { chart: "14.0.0" } });
  const said = [...report.outcome.findings, ...report.change.items].map(({ id }) => id);
  assert.ok(said.length > 5);
  for (const id of said) assert.equal(explain(id)?.id, id);
  for (const id of ids) assert.equal(explain(id).id, id);
});

test("what does not exist is null, and what is no text an error", () => {
  assert.equal(explain("tea"), null);
  for (const id of [undefined, null, 7, {}, ["telegram-polling"], Symbol("id")]) {
    assert.throws(() => explain(id), (error) => error instanceof TypeError && error.message === "id is not a string");
    assert.throws(() => schema(id), (error) => error instanceof TypeError && error.message === "chart is not a string");
  }
});

test("the examples of the catalogue are requests that show what they say", () => {
  for (const { id, examples } of catalogue()) {
    for (const { name, request, expected } of examples) {
      const { outcome } = evaluate(request);
      const shown = outcome.findings.filter((finding) => finding.id === id && !["met", "not-applicable"].includes(finding.state));
      assert.equal(shown.length, expected, `${id}: ${name}`);
    }
  }
});

test("a schema is one of its release", () => {
  assert.equal(schema("7.1.0").$schema, "http://json-schema.org/draft-07/schema#");
  assert.deepEqual(schema("9.3.0"), schema("7.2.0"));
  assert.throws(() => schema("1.2.3"), (error) => error instanceof TypeError && /chart release "1\.2\.3"/.test(error.message));
});

test("Markdown is the report's, and takes the same requests", () => {
  const text = markdown({ values: [{ name: "a`b.yaml", text: "app: {}\n" }] });
  assert.match(text, /^## Rollcast: outage\n/);
  assert.match(text, /``a`b\.yaml``/);
  assert.throws(() => markdown({ chrat: "7.1.0" }), TypeError);
});

const ROLLS = { values: [{ name: "v.yaml", text: "app:\n  strategy: {type: RollingUpdate}\n" }] };

test("what is rendered is the report's, and a refusal is an answer", () => {
  const { status, ...fields } = render(ROLLS);
  assert.equal(status, "rendered");
  assert.deepEqual(fields, evaluate(ROLLS).outcome.rendered);
  const broken = { values: [{ name: "v.yaml", text: "app: [\n" }] };
  for (const answer of [render, fixes]) {
    assert.deepEqual(answer(broken), evaluate(broken).outcome);
    assert.throws(() => answer({ chrat: "7.1.0" }), TypeError);
    assert.throws(() => answer(undefined), TypeError);
  }
});

test("a fix does what it says", () => {
  const { status, offers } = fixes(ROLLS);
  assert.equal(status, "rendered");
  const shown = (request) => evaluate(request).outcome.findings.some(({ id }) => id === "rolling-on-rwo");
  assert.ok(shown(ROLLS));
  const { fixes: found } = offers.find(({ id }) => id === "rolling-on-rwo");
  assert.ok(found.length > 0);
  for (const { edits, flags } of found) {
    assert.ok(!shown({ values: edits.map(({ name, text }) => ({ name, text })) }));
    assert.ok(!shown({ ...ROLLS, set: flags }));
  }
});
