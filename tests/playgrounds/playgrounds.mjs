// What the engines of other playgrounds cost, and what Rollcast costs, in the same Chromium: sizes, and the time from asking
// for a page to an engine's first answer. Prints a Markdown table.
//
// Their sites are hosted elsewhere, with editors and more; what is compared is the engine alone, as npm has it, in an empty
// page. Of Rollcast it is the engine alone, and the whole page.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const tools = createRequire(new URL("../browser/", import.meta.url));
const sirv = tools("sirv");
const { chromium } = tools("@playwright/test");

const RUNS = 5;
/** Lighthouse's phone on a slow network, as it sets up Chromium for it. */
const PHONE = { latency: 562.5, downloadThroughput: (1474.56 * 1024) / 8, uploadThroughput: (675 * 1024) / 8, slowdown: 4 };

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const ENGINES = [
  {
    name: "Ruff's engine",
    package: "@astral-sh/ruff-wasm-web",
    glue: "ruff_wasm.js",
    ask: "new engine.Workspace(engine.Workspace.defaultSettings(), engine.PositionEncoding.Utf16).check('import os')",
  },
  {
    name: "Biome's engine",
    package: "@biomejs/wasm-web",
    glue: "biome_wasm.js",
    ask: "new engine.Workspace()",
  },
  {
    name: "oxc's parser, without its linter and formatter",
    package: "@oxc-parser/wasm",
    folder: "web",
    glue: "oxc_parser_wasm.js",
    ask: "engine.parseSync('let a', {})",
  },
  {
    name: "Rollcast's engine",
    package: process.env.ROLLCAST_MODULE,
    glue: "rollcast.js",
    ask: "engine.evaluate({})",
  },
];

const site = mkdtempSync(join(tmpdir(), "rollcast-"));
const subjects = ENGINES.map((engine, index) => {
  const from = engine.package.startsWith("@") ? path(`node_modules/${engine.package}`) : engine.package;
  const { version } = JSON.parse(readFileSync(join(from, "package.json"), "utf8"));
  const folder = join(site, `${index}`);
  mkdirSync(folder);
  const source = join(from, engine.folder ?? "");
  for (const name of readdirSync(source).filter((name) => name === engine.glue || name.endsWith(".wasm"))) cpSync(join(source, name), join(folder, name));
  const script = `import * as engine from "./${engine.glue}"; await engine.default(); ${engine.ask}; document.documentElement.dataset.loaded = "";`;
  writeFileSync(join(folder, "index.html"), `<!doctype html><title>-</title><script type="module">${script}</script>`);
  const named = engine.package.startsWith("@") ? ` (\`${engine.package}\` ${version})` : "";
  return { name: engine.name + named, address: `${index}/`, files: readdirSync(folder).filter((name) => name !== "index.html").map((name) => join(folder, name)) };
});
cpSync(path("../../dist"), join(site, "page"), { recursive: true });
const top = readdirSync(join(site, "page"), { withFileTypes: true }).filter((entry) => entry.isFile());
subjects.push({ name: "Rollcast's page, text editor included", address: "page/", files: top.map(({ name }) => join(site, "page", name)) });

for (const subject of subjects) {
  subject.sizes = { raw: 0, gzip: 0, brotli: 0 };
  for (const file of subject.files) {
    const content = readFileSync(file);
    const parameters = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    const packed = brotliCompressSync(content, { params: parameters });
    writeFileSync(`${file}.br`, packed);
    subject.sizes.raw += content.length;
    subject.sizes.gzip += gzipSync(content, { level: 9 }).length;
    subject.sizes.brotli += packed.length;
  }
}

const serve = sirv(site, { brotli: true });
const server = createServer((request, response) => serve(request, response, () => response.writeHead(404).end()));
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const browser = await chromium.launch({ executablePath: process.env.ROLLCAST_CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });

/** Milliseconds from the request for a page to its first answer, in a browser that has never seen it. */
async function load(address, { slowdown, ...network }) {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 } });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", { offline: false, ...network });
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    await page.addInitScript(() => {
      const look = () => {
        // An engine says so; the page has everything when its editor stands there.
        const editor = document.querySelector(".editor-host")?.shadowRoot?.querySelector(".cm-content");
        if (editor || document.documentElement?.dataset.loaded !== undefined) window.loadedAt = performance.now();
        else requestAnimationFrame(look);
      };
      look();
    });
    await page.goto(`http://127.0.0.1:${server.address().port}/${address}`, { waitUntil: "commit", timeout: 0 });
    const handle = await page.waitForFunction(() => window.loadedAt, null, { timeout: 300_000 });
    return await handle.jsonValue();
  } finally {
    await context.close();
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const here = { latency: 0, downloadThroughput: -1, uploadThroughput: -1, slowdown: 1 };
const bytes = (value) => value.toLocaleString("en-GB");
try {
  console.log("| what | raw | gzip | brotli | first answer on this machine | on a slow phone |");
  console.log("|---|---:|---:|---:|---:|---:|");
  for (const { name, address, sizes } of subjects) {
    const times = [];
    for (const conditions of [here, PHONE]) {
      const runs = [];
      for (let run = 0; run < RUNS; run += 1) runs.push(await load(address, conditions));
      times.push(median(runs));
    }
    const cells = [...Object.values(sizes).map(bytes), `${Math.round(times[0])} ms`, `${(times[1] / 1000).toFixed(1)} s`];
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
} finally {
  await browser.close();
  server.closeAllConnections();
  server.close();
  rmSync(site, { recursive: true, force: true });
}
