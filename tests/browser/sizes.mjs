// How much the page costs to load, against its budget. Prints a Markdown table; fails above the budget.
import { readdirSync, readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = new URL("../../dist/", import.meta.url);
const KB = 1000;

/** What is loaded before the first answer to what is typed, and what comes later. */
const parts = [
  { name: "WebAssembly, first part", match: /_bg-.*\.wasm$|_bg\.wasm$/, budget: 154 * KB, first: true },
  { name: "its JavaScript", match: /^rollcast-web-.*\.js$/, budget: 7 * KB, first: true },
  { name: "boot files", match: /^(opening|boot)-.*\.js$/, budget: 2 * KB, first: true },
  { name: "style sheets", match: /\.css$/, budget: 8 * KB, first: true },
  { name: "page with its first answer", match: /\.html$/, budget: 13 * KB, first: true },
  { name: "icon", match: /\.svg$/, budget: 1 * KB, first: true },
  { name: "WebAssembly, the page itself", match: /_page-.*\.wasm$/, budget: 388 * KB, first: false },
  { name: "text editor", match: /^editor-.*\.js$/, budget: 135 * KB, first: false },
];
const firstView = 182 * KB;

// Learn lies in a folder of its own: nothing of it is loaded with the page.
const names = readdirSync(dist, { withFileTypes: true }).filter((entry) => entry.isFile());
const files = names.map(({ name }) => {
  const content = readFileSync(new URL(name, dist));
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  return {
    name,
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, { params: parameters }).length,
  };
});

const sum = (rows) =>
  rows.reduce((total, { raw, gzip, brotli }) => ({ raw: total.raw + raw, gzip: total.gzip + gzip, brotli: total.brotli + brotli }), {
    raw: 0,
    gzip: 0,
    brotli: 0,
  });
const rows = parts.map(({ match, ...part }) => ({ ...part, ...sum(files.filter(({ name }) => match.test(name))) }));
rows.push({ name: "**first view**", budget: firstView, ...sum(rows.filter(({ first }) => first)) });

const number = (value) => value.toLocaleString("en-GB");
console.log("| | raw | gzip | brotli | budget (brotli) |\n|---|---:|---:|---:|---:|");
for (const { name, raw, gzip, brotli, budget } of rows) {
  console.log(`| ${name} | ${number(raw)} | ${number(gzip)} | ${number(brotli)} | ${number(budget)} |`);
}

const over = rows.filter(({ brotli, budget }) => brotli > budget);
const missing = rows.filter(({ raw }) => raw === 0);
for (const { name, brotli, budget } of over) console.error(`${name} is ${number(brotli)} bytes, over its budget of ${number(budget)}.`);
for (const { name } of missing) console.error(`${name} is missing in dist/.`);
if (over.length + missing.length > 0) process.exit(1);
