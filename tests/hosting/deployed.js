// A deployment on this machine: the built site is packed and unpacked as on its way to a host, served as hosts serve it, and
// looked at. Part of `cargo xtask release --dry-run`, which builds the site first.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { look } from "../../.github/hosting/served.mjs";

const sirv = createRequire(new URL("../browser/", import.meta.url))("sirv");
const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

let folder, site, files;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "rollcast-"));
  site = join(folder, "site");
  mkdirSync(site);
  // As actions/upload-pages-artifact packs a folder.
  const archive = join(folder, "artifact.tar");
  const without = ["--exclude=.git", "--exclude=.github"];
  execFileSync("tar", ["--dereference", "--hard-dereference", "--directory", dist, "-cf", archive, ...without, "."]);
  execFileSync("tar", ["-xf", archive, "-C", site]);
  const entries = readdirSync(site, { recursive: true, withFileTypes: true });
  for (const entry of entries) assert.ok(entry.isFile() || entry.isDirectory(), `${entry.name} is no plain file`);
  files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(site, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join("/"));
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** Serves the site below a path, with headers that depend on the path, while `use` looks at it. */
async function served(base, headers, use) {
  const serve = sirv(site, {
    etag: true,
    setHeaders: (response, path) => Object.entries(headers(path)).forEach(([name, value]) => response.setHeader(name, value)),
  });
  const server = createServer((request, response) => {
    const missing = () => response.writeHead(404).end();
    if (!request.url.startsWith(base)) return missing();
    request.url = request.url.slice(base.length - 1);
    serve(request, response, missing);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  try {
    await use(`http://127.0.0.1:${server.address().port}${base}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The rules of a `_headers` file: a path, perhaps with `*` at its end, and the headers that answers below it get. */
function rules(text) {
  const found = [];
  for (const line of text.split("\n").filter((line) => line !== "")) {
    const [, name, value] = line.match(/^ +([\w-]+): (.*)$/) ?? [];
    if (name) found.at(-1).headers.push([name.toLowerCase(), value]);
    else found.push({ path: line, headers: [] });
  }
  return found;
}

const fits = (rule, path) => (rule.endsWith("*") ? path.startsWith(rule.slice(0, -1)) : path === rule);

test("under a path, by a host that goes by the files' names", () =>
  served("/rollcast/", () => ({}), async (address) => {
    assert.deepEqual(await look(address), []);
    assert.equal((await fetch(new URL("no-such-page", address))).status, 404);
  }));

test("by a host that reads _headers", async () => {
  const all = rules(readFileSync(join(site, "_headers"), "utf8"));
  assert.ok(all.length <= 100, `Cloudflare reads 100 rules, and there are ${all.length}`);
  for (const { path } of all.filter(({ path }) => !path.endsWith("*") && path !== "/")) {
    assert.ok(files.includes(path.slice(1)), `${path} is no file`);
  }
  const headers = (path) => {
    const given = all.filter((rule) => fits(rule.path, path)).flatMap((rule) => rule.headers);
    assert.equal(new Set(given.map(([name]) => name)).size, given.length, `${path} gets a header twice`);
    return Object.fromEntries(given);
  };
  await served("/", headers, async (address) => {
    assert.deepEqual(await look(address), []);
    const cached = { "": "no-cache", "sw.js": "no-cache" };
    for (const name of ["", ...files.filter((name) => name !== "_headers")]) {
      const response = await fetch(new URL(name, address));
      assert.equal(response.status, 200, name);
      assert.equal(response.headers.get("x-content-type-options"), "nosniff", name);
      assert.equal(response.headers.get("referrer-policy"), "no-referrer", name);
      // What keeps its name while its content changes must not be kept by browsers.
      const keeps = /(^|\/)[^/]*-[0-9a-f]{16}(?![0-9a-f])[^/]*$/.test(name) ? "public, max-age=31536000, immutable" : (cached[name] ?? null);
      const said = response.headers.get("cache-control");
      assert.equal(said === "" ? null : said, keeps, name);
    }
  });
});
