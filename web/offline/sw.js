// Keeps one version of the page, whole or not at all. `cargo xtask build` fills in the list: every built file and its
// integrity. A changed file changes this script, and so makes browsers install the new version.
const files = {};
const version = "";

const cacheName = `rollcast-${version}`;
const scope = new URL("./", self.location);

/** Learn is larger than the page; it is kept for those who read it. */
const isLearn = (path) => path.startsWith("learn/");

/** What asks for a file of this version and no other. */
function request(path) {
  // A name that follows its content need not be asked for again; the page just did.
  const mode = path.endsWith(".html") ? "no-cache" : "default";
  return new Request(new URL(path, scope), { integrity: files[path], cache: mode });
}

// Each file must be the one of this version: while a host is half-way through an update, nothing is installed, and the
// next visit tries again.
self.addEventListener("install", (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      try {
        const page = Object.keys(files).filter((path) => !isLearn(path));
        await cache.addAll(page.map(request));
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

self.addEventListener("message", (event) => {
  // A new version waits until no page shows the old one, or until a reader asks for it.
  if (event.data === "take over") self.skipWaiting();
  if (event.data === "keep Learn") event.waitUntil(keepLearn());
});

/** Keeps all of Learn, file by file: after one page of it the others open without a network. */
async function keepLearn() {
  const cache = await caches.open(cacheName);
  for (const path of Object.keys(files).filter(isLearn)) {
    if (await cache.match(new URL(path, scope))) continue;
    try {
      await cache.add(request(path));
    } catch {
      // No network, or the host has a newer version, which brings a newer list.
      return;
    }
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  let path = url.pathname.slice(scope.pathname.length);
  if (path === "" || path.endsWith("/")) path += "index.html";
  if (!Object.hasOwn(files, path)) return;
  event.respondWith(
    (async () => {
      const cache = await caches.open(cacheName);
      // Learn may not be kept yet, and a browser short of space may have dropped anything.
      return (await cache.match(new URL(path, scope))) ?? fetch(event.request);
    })(),
  );
});
