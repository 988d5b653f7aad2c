// Lighthouse's mobile audit of the built page, and of a page of Learn: the median of RUNS runs in each category, against
// its goal. Prints a Markdown table; names every audit that costs points, and fails below a goal.
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { host, site } from "../browser/host.js";

const RUNS = 5;
const GOALS = { performance: 0.97, accessibility: 1, "best-practices": 1, seo: 1 };
// Lighthouse asks for robots.txt under a page's own policy, and that of Learn lets it fetch nothing.
const PAGES = { "": [], "learn/rolling-on-rwo/": ["robots-txt"] };

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function audit(address, skipAudits) {
  // A browser for each run, so that no cache or service worker is there from the last one.
  const chromium = await launch({
    chromePath: process.env.ROLLCAST_CHROMIUM,
    chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
  try {
    const options = { port: chromium.port, onlyCategories: Object.keys(GOALS), skipAudits, logLevel: "error" };
    const { lhr } = await lighthouse(address, options);
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    return lhr;
  } finally {
    chromium.kill();
  }
}

/** The audits of a category that count and are not perfect. */
function blemishes(run, category) {
  return run.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && (run.audits[id].score ?? 1) < 1)
    .map(({ id }) => `${id} ${run.audits[id].displayValue ?? ""}`.trim());
}

const server = await host(site, { compress: true });
const missed = [];
console.log("| page | performance | accessibility | best practices | SEO | first paint | largest paint | blocked | shift |");
console.log("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
try {
  for (const [page, skipped] of Object.entries(PAGES)) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await audit(server.address + page, skipped));
    const scores = Object.entries(GOALS).map(([category, goal]) => {
      const score = median(runs.map((run) => run.categories[category].score));
      if (score < goal) missed.push(`/${page}: ${category} is ${score}, not ${goal}: ${blemishes(runs[0], category).join(", ")}`);
      return score.toFixed(2);
    });
    const metric = (id) => median(runs.map(({ audits }) => audits[id].numericValue));
    const times = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time"].map((id) => `${Math.round(metric(id))} ms`);
    console.log(`| ${[`\`/${page}\``, ...scores, ...times, metric("cumulative-layout-shift").toFixed(3)].join(" | ")} |`);
  }
} finally {
  await server.close();
}
for (const line of missed) console.error(line);
if (missed.length > 0) process.exit(1);
