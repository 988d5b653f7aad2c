// What the pages of Learn can do only with a script: search the index, and copy.
const search = document.querySelector(".search");

if (search) {
  const field = search.querySelector("input");
  const status = search.querySelector("[role=status]");
  const entries = [...document.querySelectorAll(".entry")].map((element) => ({
    element,
    text: `${element.textContent} ${element.dataset.words}`.toLowerCase(),
  }));
  const groups = [...document.querySelectorAll(".group")];

  const filter = () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, text } of entries) {
      element.hidden = !words.every((word) => text.includes(word));
      if (!element.hidden) shown += 1;
    }
    for (const group of groups) group.hidden = !group.querySelector(".entry:not([hidden])");
    status.textContent = words.length === 0 ? "" : shown === 1 ? "1 page" : shown === 0 ? "No page has all these words." : `${shown} pages`;
  };

  search.hidden = false;
  field.addEventListener("input", filter);
  // A link may ask: learn/?q=telegram. Browsers also bring back what was typed before.
  field.value = new URLSearchParams(location.search).get("q") ?? field.value;
  filter();
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll(".copy")) {
    const word = button.querySelector("span");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
        word.textContent = "Copied";
      } catch {
        word.textContent = "Not allowed";
      }
      setTimeout(() => (word.textContent = "Copy"), 2000);
    });
  }
}

// Whoever reads one page of Learn may want another without a network.
addEventListener("load", () => navigator.serviceWorker?.controller?.postMessage("keep Learn"));
