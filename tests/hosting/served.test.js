// The look at a deployed page, tried on hosts that do it right and on hosts that do not.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { test } from "node:test";

import { look } from "../../.github/hosting/served.mjs";

const sri = (content) => `sha384-${createHash("sha384").update(content).digest("base64")}`;
const PAGE = `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<link rel=stylesheet href=./page.css integrity=${sri("p{}")}><a href="https://example.org/x.html">elsewhere</a>
<script type="module" src="./boot.js" data-wasm="./app.wasm"></script>`;

const RIGHT = {
  "/": ["text/html; charset=utf-8", PAGE],
  "/page.css": ["text/css", "p{}"],
  "/boot.js": ["text/javascript", "1"],
  "/app.wasm": ["application/wasm", "\0asm"],
  "/a/index.html": ["text/html", "a"],
  "/sw.js": ["text/javascript", `const files = {\n  "a/index.html": "${sri("a")}",\n};\n`],
};

/** What there is to say about a host that serves these. */
async function seen(answers) {
  const server = createServer(({ url }, response) => {
    const [type, content] = answers[url] ?? [];
    response.writeHead(type ? 200 : 404, { "content-type": type ?? "text/html" }).end(content);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const address = `http://127.0.0.1:${server.address().port}/`;
  const problems = await look(address);
  server.close();
  server.closeAllConnections();
  return problems.map((problem) => problem.replaceAll(address, "/"));
}

test("a host that does it right", async () => assert.deepEqual(await seen(RIGHT), []));

for (const [what, path, answer, problem] of [
  ["WebAssembly of no type", "/app.wasm", ["application/octet-stream", "\0asm"], "/app.wasm is served as application/octet-stream"],
  ["a script as text", "/boot.js", ["text/plain", "1"], "/boot.js is served as text/plain"],
  ["a file of another version", "/page.css", ["text/css", "a{}"], "/page.css is not the file that is expected"],
  ["a missing file", "/boot.js", undefined, "/boot.js answers 404"],
  ["a page of another version", "/a/index.html", ["text/html", "b"], "/a/index.html is not the file that is expected"],
  ["no service worker", "/sw.js", undefined, "/sw.js answers 404"],
  ["no policy", "/", ["text/html", '<script src="boot.js"></script>'], "/ has no Content-Security-Policy"],
]) {
  test(what, async () => assert.deepEqual(await seen({ ...RIGHT, [path]: answer }), [problem]));
}
