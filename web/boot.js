// Starts the page's WebAssembly. An inline script could not: the policy in index.html forbids it.
// Names of files and their integrity stand on the script's own element; the build writes them there.
const { js, wasm, integrity, editor, editorIntegrity, worker } = document.getElementById("boot").dataset;
const embedded = document.documentElement.hasAttribute("data-embed");

// What is typed before the page works is not what the first drawing answers.
const typing = document.querySelector("#app textarea");
const typed = () => document.documentElement.toggleAttribute("data-typed", typing.value !== "");
typing.addEventListener("input", typed);
typed();

function stopped(why, error) {
  document.documentElement.dataset.stopped = "";
  show(why, error);
}

function show(why, error) {
  document.getElementById("stopped-why").textContent = why;
  document.getElementById("stopped-detail").textContent = String(error);
  document.getElementById("stopped").hidden = false;
}

// A trap leaves the page as it was; what it still shows is no longer the answer to the text.
addEventListener("error", ({ error }) => {
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    stopped("It met an error it cannot recover from. The answer below is not about your latest text.", error);
  }
});

/** Imports a module whose content must be the expected one: import() itself knows no integrity. */
async function importChecked(href, integrity) {
  const link = Object.assign(document.createElement("link"), { rel: "modulepreload", href, integrity });
  await new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => reject(new Error(`${href} is missing or not the expected one`));
    document.head.append(link);
  });
  return import(href);
}

let editorModule;
let settle;
const editorSettled = new Promise((resolve) => (settle = resolve));

async function fetchEditor() {
  await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve, { timeout: 1000 }));
  const { load } = await importChecked(new URL(editor, document.baseURI).href, editorIntegrity);
  return load();
}

globalThis.rollcast = {
  /** The text editor, fetched once, when the page has nothing more urgent to do. */
  loadEditor() {
    return (editorModule ??= fetchEditor());
  },
  /** Called when the editor is in its place, or never will be. */
  settled: () => settle(),
  /** Called when the first part of the WebAssembly runs and the rest cannot be had. */
  incomplete() {
    for (const id of ["opening", "stopped-needs"]) document.getElementById(id).remove();
    show("A part of the page could not be fetched. Only the verdict below follows your text.", "");
    settle();
  },
};

/** Installs the copy that works without a network, and offers a newer version of the page when there is one. */
async function keepOffline() {
  const { serviceWorker } = navigator;
  // Inside another page it would be kept for that page alone.
  if (!serviceWorker || embedded || !worker) return;
  const policy = globalThis.trustedTypes?.createPolicy("rollcast", {
    createScriptURL(url) {
      if (url === worker) return url;
      throw new TypeError(`${url} is no script of this page`);
    },
  });
  const registration = await serviceWorker.register(policy?.createScriptURL(worker) ?? worker, { updateViaCache: "none" });
  const offer = (ready) => {
    // The first version replaces nothing.
    if (!serviceWorker.controller) return;
    document.getElementById("update").hidden = false;
    document.getElementById("update-now").onclick = () => {
      serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      dispatchEvent(new Event("rollcast-leaving"));
      ready.postMessage("take over");
    };
    document.getElementById("update-later").onclick = () => (document.getElementById("update").hidden = true);
  };
  const follow = (installing) =>
    new Promise((resolve) => {
      installing.addEventListener("statechange", () => {
        if (installing.state === "installed") offer(installing);
        if (installing.state !== "installing") resolve();
      });
    });
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener("updatefound", () => follow(registration.installing));
  // Now rather than whenever the browser likes: what is asked later would be asked behind the reader's back.
  if (!registration.installing) await registration.update();
  if (registration.installing) await follow(registration.installing);
}

try {
  // Not preloaded: browsers do not check the integrity of what they preload for fetch.
  const module = fetch(new URL(wasm, document.baseURI), { integrity });
  const { default: init } = await import(new URL(js, document.baseURI).href);
  await init({ module_or_path: module });
} catch (error) {
  stopped("It could not start.", error);
  settle();
}

// From here on the page makes no request.
await editorSettled;
// What is kept for later waits until everything is there for now.
await keepOffline().catch(() => {});
document.documentElement.dataset.loaded = "";
