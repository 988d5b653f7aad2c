// The npm package where there is a browser: in a bundle made by esbuild, and in a plain page without any build.
import assert from "node:assert/strict";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { after, before, test } from "node:test";

import { evaluate } from "rollcast";

const require = createRequire(import.meta.url);
const tools = createRequire(new URL("../browser/", import.meta.url));
const { chromium } = tools("@playwright/test");
const esbuild = tools("esbuild");

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const PACKAGE = join(require.resolve("rollcast/package.json"), "..");

let folder, server, browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "rollcast-"));
  // The folder's files, and the package's below /rollcast/.
  server = createServer((request, response) => {
    const path = normalize(decodeURI(new URL(request.url, "http://x").pathname));
    const file = path.startsWith("/rollcast/") ? join(PACKAGE, path.slice("/rollcast/".length)) : join(folder, path);
    try {
      response.writeHead(200, { "content-type": TYPES[extname(file)] }).end(readFileSync(file));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  browser = await chromium.launch({
    executablePath: process.env.ROLLCAST_CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
  });
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a page makes of `{}`; it puts its answer, as JSON, into `document.title`. */
async function answer(html) {
  writeFileSync(join(folder, "index.html"), `<!doctype html><title>-</title>${html}`);
  const page = await browser.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => problems.push(message.text()));
  page.on("requestfailed", (request) => problems.push(request.url()));
  // The icon, which browsers ask for by themselves.
  await page.route("**/favicon.ico", (route) => route.fulfill({ body: "" }));
  await page.goto(`http://127.0.0.1:${server.address().port}/index.html`);
  await page.waitForFunction(() => document.title !== "-", null, { timeout: 20_000 }).catch(() => {});
  const title = await page.title();
  await page.close();
  assert.deepEqual(problems, []);
  return JSON.parse(title);
}

const expected = () => evaluate({}).outcome.verdict;

test("in a bundle made by esbuild", async () => {
  const source = 'import { evaluate } from "rollcast";\ndocument.title = JSON.stringify(evaluate({}).outcome.verdict);\n';
  await esbuild.build({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: "esm",
    outfile: join(folder, "app.js"),
    logLevel: "error",
  });
  // esbuild leaves `new URL("rollcast_bg.wasm", import.meta.url)` as it is: the file has to stand beside the bundle.
  copyFileSync(require.resolve("rollcast/rollcast_bg.wasm"), join(folder, "rollcast_bg.wasm"));
  assert.deepEqual(await answer('<script type="module" src="app.js"></script>'), expected());
});

test("in a plain page, by an import map", async () => {
  const verdict = await answer(
    '<script type="importmap">{ "imports": { "rollcast": "/rollcast/bundler.js" } }</script>' +
      '<script type="module">import { evaluate } from "rollcast";' +
      "document.title = JSON.stringify(evaluate({}).outcome.verdict);</script>",
  );
  assert.deepEqual(verdict, expected());
});

test("in a plain page, started when the page wants it", async () => {
  const verdict = await answer(
    '<script type="module">import start, { evaluate } from "/rollcast/rollcast.js";' +
      "await start(); document.title = JSON.stringify(evaluate({}).outcome.verdict);</script>",
  );
  assert.deepEqual(verdict, expected());
});
