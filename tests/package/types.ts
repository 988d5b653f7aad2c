// Compiles only if the declarations describe requests and reports as people use them.
import {
  across,
  catalogue,
  evaluate,
  explain,
  fixes,
  markdown,
  render,
  schema,
  upgradePath,
  type AcrossRow,
  type CatalogueEntry,
  type Fix,
  type Report,
  type Request,
} from "rollcast";
import start, { evaluate as evaluateInAPage } from "rollcast/web";

const request: Request = {
  chart: "main-776",
  app: null,
  values: [{ name: "values.yaml", text: "app: {}" }],
  set: [{ kind: "set-string", arg: "app.replicaCount=2" }],
  helm: "3.17",
  cluster: { boot: { earliest: 5, likely: 8, latest: 20 }, placement: "same-node" },
  confirmed: ["telegram-polling"],
};

const report: Report = evaluate(request);
evaluate({});

const { outcome } = report;
if (outcome.status === "rendered") {
  const headline: string = outcome.verdict.headline;
  const replicas: string = outcome.rendered.app.replicas;
  const variable: string | undefined = outcome.rendered.app.env["PORT"];
  const strategy: string | null = outcome.decision.strategy;
  const end: number | null | undefined = outcome.outlooks[0]?.forecast.likely.windows[0]?.to;
  const longest: number | null | undefined = outcome.outlooks[0]?.forecast.lengths[0]?.milliseconds.latest;
  const state: "met" | "unmet" | "confirm" | "not-applicable" | null | undefined = outcome.findings[0]?.state;
  for (const condition of outcome.decision.ladder.flatMap((rung) => rung.conditions)) {
    if (condition.origin?.kind === "file") {
      const line: number = condition.origin.line;
      void line;
    }
  }
  void [headline, replicas, variable, strategy, end, longest, state];
} else {
  const line: number | undefined = outcome.location?.line;
  const helm: string | null = outcome.helm;
  void [line, helm];
}

const rows: AcrossRow[] = across(request);
const row = rows[0]?.outcome;
if (row?.status === "rendered") {
  const grace: number = row.graceSeconds;
  const modes: string[] | null = row.claimModes;
  void [grace, modes];
}
const path = upgradePath(request, "7.0.0", "14.0.0");
if (path.status === "planned") {
  const first: boolean | undefined = path.stops[0]?.first;
  void first;
} else {
  const why: string = path.what;
  void why;
}

// @ts-expect-error: a way has two ends
upgradePath(request, "7.0.0");
// @ts-expect-error: an unknown field
evaluate({ chrat: "7.1.0" });
// @ts-expect-error: no text
evaluate({ chart: 7.1 });
// @ts-expect-error: no Helm that Rollcast knows
evaluate({ helm: "2.16" });
// @ts-expect-error: a file needs its text
evaluate({ values: [{ name: "values.yaml" }] });
// @ts-expect-error: no request at all
evaluate();

const entries: CatalogueEntry[] = catalogue();
const why: string | undefined = explain("telegram-polling")?.why;
const text: string = markdown({ chart: "14.0.0" });
const properties: unknown = schema("14.0.0")["properties"];
void [entries, why, text, properties, evaluateInAPage];
void start({ module_or_path: new URL("https://example.org/rollcast_bg.wasm") });
const rendering = render(request);
const printed: string | null = rendering.status === "rendered" ? rendering.app.strategy : rendering.helm;
const offered = fixes(request);
const first: Fix | undefined = offered.status === "rendered" ? offered.offers[0]?.fixes[0] : undefined;
void [printed, first];
// @ts-expect-error: an unknown field
render({ chrat: "7.1.0" });
// @ts-expect-error: an id is a text
explain(7);
