// The npm module as its users meet it: installed from the packed folder, imported by name.
// Helm's messages and the rendered blocks were printed by Helm 3.17.3 on the Lobu chart 7.1.0.
import assert from "node:assert/strict";
import test from "node:test";

import { across, evaluate, upgradePath } from "rollcast";

const RECIPE = `app:
  allowMultiReplica: true
  replicaCount: 2
  preStopDelaySeconds: 15
  workspaces:
    accessModes: [ReadWriteMany]
    storageClass: shared
`;

const ask = (text, more = {}) => evaluate({ values: [{ name: "values.yaml", text }], ...more });

const windows = (report, kind) => report.outcome.outlooks[0].forecast.likely.windows.filter((window) => window.kind === kind);

test("an empty request asks about the defaults of chart 7.1.0", () => {
  const report = evaluate({});
  assert.equal(report.release.id, "7.1.0");
  assert.equal(report.outcome.status, "rendered");
  assert.equal(report.outcome.decision.rule, "default");
  assert.equal(report.outcome.decision.strategy, "type: Recreate");
  assert.equal(report.outcome.verdict.state, "outage");
  assert.equal(windows(report, "no-ready-endpoint").length, 1);
  assert.equal(windows(report, "overlap").length, 0);
});

test("the recipe of pull request 776 rolls without a gap", () => {
  const report = ask(RECIPE);
  assert.equal(report.outcome.status, "rendered");
  assert.equal(report.outcome.decision.rule, "opt-in");
  assert.equal(
    report.outcome.decision.strategy,
    "type: RollingUpdate\nrollingUpdate:\n  maxSurge: 1\n  maxUnavailable: 0",
  );
  assert.equal(report.outcome.rendered.app.replicas, "2");
  assert.equal(windows(report, "no-ready-endpoint").length, 0);
  assert.ok(windows(report, "overlap").length > 0);
  // An old pod drains for preStopDelaySeconds, so no overlap is shorter.
  for (const { from, to } of windows(report, "overlap")) assert.ok(to - from >= 15_000);
});

test("a condition says where in the operator's text its value stands", () => {
  const { ladder } = ask(RECIPE).outcome.decision;
  const condition = ladder
    .flatMap((rung) => rung.conditions)
    .find((condition) => condition.path === "app.allowMultiReplica");
  assert.equal(condition.value, "true");
  assert.equal(condition.origin.kind, "file");
  assert.equal(condition.origin.line, 2);
});

test("what Helm refuses is an answer in Helm's words, with its place", () => {
  const { outcome } = ask("app:\n  replicaCount: 2\n\tfoo: 1\n");
  assert.equal(outcome.status, "refused");
  assert.equal(outcome.stage, "read");
  assert.equal(outcome.location.line, 3);
  assert.match(
    outcome.helm,
    /failed to parse values\.yaml: error converting YAML to JSON: yaml: line 3: found a tab character that violates indentation/,
  );
});

test("values that break the template are refused at rendering", () => {
  const { outcome } = ask("app:\n  workspaces: null\n");
  assert.equal(outcome.status, "refused");
  assert.equal(outcome.stage, "render");
  assert.match(outcome.helm, /nil pointer evaluating interface \{\}\.accessModes/);
});

test("an unknown release is refused, not thrown", () => {
  const report = evaluate({ chart: "1.2.3" });
  assert.equal(report.outcome.status, "refused");
  assert.equal(report.outcome.stage, "request");
  assert.equal(report.release, null);
});

test("flags and their content arrive", () => {
  const set = [
    { kind: "set", arg: "app.allowMultiReplica=true" },
    { kind: "set-file", arg: "app.replicaCount=count.txt", content: "3" },
  ];
  const report = evaluate({ set });
  assert.equal(report.outcome.rendered.app.replicas, "3");
  assert.equal(report.outcome.decision.rule, "default", "workspaces are ReadWriteOnce");
});

test("the same request gives the same report, and is left alone", () => {
  const request = Object.freeze({ values: Object.freeze([Object.freeze({ name: "v.yaml", text: RECIPE })]) });
  assert.deepEqual(evaluate(request), evaluate(request));
});

test("the report is plain JSON", () => {
  const report = ask(RECIPE);
  assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  assert.equal(Object.getPrototypeOf(report.outcome.rendered.app.env), Object.prototype);
});

test("what is undefined counts as absent", () => {
  assert.deepEqual(evaluate({ app: undefined, chart: undefined }), evaluate({}));
});

const MALFORMED = [
  ["nothing", undefined, /not an object/],
  ["null", null, /invalid type: null/],
  ["a number", 7, /invalid type: integer/],
  ["a text", "app: {}", /invalid type: string/],
  ["a function", () => ({}), /not an object/],
  ["an unknown field", { chrat: "7.1.0" }, /unknown field `chrat`/],
  ["a release that is no text", { chart: 7.1 }, /chart: invalid type: floating point `7.1`, expected a string/],
  ["a text in place of files", { values: "app: {}" }, /values: invalid type/],
  ["a file without text", { values: [{ name: "a.yaml", text: "" }, { name: "b.yaml" }] }, /values\[1\].*missing field `text`/],
  ["an unknown Helm", { helm: "2.16" }, /helm: unknown variant `2.16`/],
  ["an unknown flag", { set: [{ kind: "--set", arg: "a=b" }] }, /set\[0\].kind: unknown variant/],
  ["no number", { cluster: { boot: { earliest: NaN, likely: 1, latest: 2 } } }, /cluster\.boot\.earliest: invalid type: null/],
  ["a large integer", { chart: 1n }, /BigInt/],
  ["half a character", { values: [{ name: "v.yaml", text: "a: \ud800" }] }, /values\[0\]\.text: /],
];

for (const [what, request, why] of MALFORMED) {
  test(`malformed: ${what}`, () => {
    assert.throws(
      () => evaluate(request),
      (error) => error instanceof TypeError && error.message.startsWith("malformed request: ") && why.test(error.message),
    );
  });
}

const circle = {};
circle.values = circle;
let deep = [];
for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];

const HOSTILE = {
  "a circle": circle,
  "100,000 nested lists": { values: deep },
  "1,000 nested lists": { values: JSON.parse("[".repeat(1000) + "]".repeat(1000)) },
  "a getter that throws": {
    get chart() {
      throw new RangeError("no");
    },
  },
  "a getter that throws no error": {
    get chart() {
      throw null;
    },
  },
  "an error whose message throws": {
    get chart() {
      throw {
        get message() {
          throw new Error("again");
        },
      };
    },
  },
  "a proxy that refuses everything": new Proxy({}, { ownKeys: () => { throw new Error("no"); } }),
  "a revoked proxy": (() => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  })(),
  "a symbol": Symbol("request"),
};

for (const [what, request] of Object.entries(HOSTILE)) {
  test(`hostile: ${what}`, () => {
    assert.throws(() => evaluate(request), (error) => error instanceof TypeError && /^malformed request: /.test(error.message));
    assert.equal(evaluate({}).outcome.status, "rendered", "the module works afterwards");
  });
}

const TEXTS = {
  "100,000 opening brackets": "[".repeat(100_000),
  "100,000 nested dashes": "- ".repeat(100_000),
  "1 MiB of one line": `a: ${"x".repeat(1 << 20)}`,
  "a billion laughs": `a: &a [x, x]\n${[..."bcdefghijklmnopqrstuvwxyz"].map((letter, index) => `${letter}: &${letter} [${Array(9).fill(`*${"abcdefghijklmnopqrstuvwxyz"[index]}`)}]`).join("\n")}\n`,
  "control characters": "a: \u0000\u0007\u001b",
  "unusual line ends": "a: 1\r\nb: 2\u0085c: 3\u2028d: 4",
};

for (const [what, text] of Object.entries(TEXTS)) {
  test(`as a values file: ${what}`, () => {
    assert.ok(["rendered", "refused"].includes(ask(text).outcome.status));
  });
}

test("the recipe on every release, the oldest first", () => {
  const rows = across({ values: [{ name: "values.yaml", text: RECIPE }] });
  const rules = rows.map(({ release, outcome }) => `${release.id} ${outcome.decision.rule}`);
  assert.equal(rows.length, 10);
  assert.ok(rules.includes("7.0.0 default") && rules.includes("7.1.0 opt-in"), String(rules));
  assert.deepEqual(rows[3].outcome.claimModes, ["ReadWriteMany"]);
  const refused = across({ values: [{ name: "values.yaml", text: "worker: {replicaCount: 2}\n" }] });
  assert.deepEqual([refused[5].outcome.status, refused[6].outcome.status], ["rendered", "refused"]);
});

test("the way to a later release stops where something comes first", () => {
  const path = upgradePath({}, "7.0.0", "14.0.0");
  assert.equal(path.status, "planned");
  assert.deepEqual(
    path.stops.map(({ from, to, first }) => [from.id, to.id, first]),
    [
      ["7.0.0", "7.1.0", false],
      ["7.1.0", "7.2.0", true],
      ["7.2.0", "11.0.0", true],
      ["11.0.0", "11.1.0", true],
      ["11.1.0", "14.0.0", true],
    ],
  );
  assert.ok(path.stops[1].items.some(({ id, ways }) => id === "ingress-refused" && ways.length > 0));
});

test("no way is an answer, and no request an error", () => {
  for (const [from, to] of [["14.0.0", "7.0.0"], ["7.1.0", "1.0.0"]]) {
    const path = upgradePath({}, from, to);
    assert.equal(path.status, "refused");
    assert.ok(path.what.length > 0 && path.action.length > 0);
  }
  assert.throws(() => upgradePath({ chrat: "7.1.0" }, "7.0.0", "7.1.0"), { name: "TypeError", message: /chrat/ });
  assert.throws(() => across(), { name: "TypeError" });
});
