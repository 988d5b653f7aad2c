// Starts the page's WebAssembly. An inline script could not: the policy in index.html forbids it.
const { js, wasm, integrity } = document.getElementById("boot").dataset;

function stopped(why, error) {
  document.documentElement.dataset.stopped = "";
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

try {
  const module = fetch(new URL(wasm, document.baseURI), { integrity });
  const { default: init } = await import(new URL(js, document.baseURI).href);
  await init({ module_or_path: module });
} catch (error) {
  stopped("It could not start.", error);
}
