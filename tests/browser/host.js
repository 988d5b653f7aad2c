// A static host as small as can be, whose content can change while pages are open.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { gzipSync } from "node:zlib";

const types = {
  css: "text/css",
  html: "text/html",
  js: "text/javascript",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
};

/**
 * Serves what `read(name)` gives for a file's name, with 404 where it throws; `host.online = false` drops every connection.
 * With `compress` it packs and lets keep for ten minutes, as GitHub Pages does.
 */
export async function host(read, { compress = false } = {}) {
  const server = createServer(async (request, response) => {
    if (!self.online) {
      request.socket.destroy();
      return;
    }
    const { pathname } = new URL(request.url, "http://host");
    const name = pathname.endsWith("/") ? `${pathname.slice(1)}index.html` : pathname.slice(1);
    try {
      const body = await self.read(name);
      response.setHeader("content-type", types[name.split(".").pop()] ?? "application/octet-stream");
      if (compress) {
        response.setHeader("content-encoding", "gzip");
        response.setHeader("cache-control", "max-age=600");
      }
      response.end(compress ? gzipSync(body) : body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const self = {
    read,
    online: true,
    address: `http://127.0.0.1:${server.address().port}/`,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(resolve))),
  };
  return self;
}

/** A folder's files, for `host`. */
export const folder = (url) => (name) => readFile(new URL(name, url));

/** The built page. */
export const site = folder(new URL("../../dist/", import.meta.url));
