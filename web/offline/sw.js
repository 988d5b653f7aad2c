// Keeps one version of the page, whole or not at all. `cargo xtask build` fills in the list: every built file and its
// integrity. A changed file changes this script, and so makes browsers install the new version.
const files = {};
const version = "";

const cacheName = `rollcast-${version}`;
const scope = new URL("./", self.location);

// Each file must be the one of this version: while a host is half-way through an update, nothing is installed, and the
// next visit tries again.
self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      try {
        await cache.addAll(
          Object.entries(files).map(([path, integrity]) => {
            // A name that follows its content need not be asked for again; the page just did.
            const mode = path.endsWith(".html") ? "no-cache" : "default";
            return new Request(new URL(path, scope), { integrity, cache: mode });
          }),
        );
      } catch (error) {
        await caches.delete(cacheName);
        throw error;
      }
    })(),
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    (async () => {
      const names = (await caches.keys()).filter((name) => name.startsWith("rollcast-") && name !== cacheName);
      await Promise.all(names.map((name) => caches.delete(name)));
    })(),
  );
});

// A new version waits until no page shows the old one, or until a reader asks for it.
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  let path = url.pathname.slice(scope.pathname.length);
  if (path === "" || path.endsWith("/")) path += "index.html";
  if (!Object.hasOwn(files, path)) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(cacheName);
      // A browser short of space may have dropped it.
      return (await cache.match(new URL(path, scope))) ?? fetch(request);
    })(),
  );
});
