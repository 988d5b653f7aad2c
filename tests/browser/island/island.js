// A page with the editor and nothing else; the tests drive it through `window`.
import { load } from "./editor.js";

window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});

const keys = {
  replicaCount: "How many app pods run.",
  strategy: "Printed as the Deployment's strategy.",
};

/** The word around a position. */
function wordAt(text, position) {
  let from = position;
  while (/[\w.]/.test(text[from - 1] ?? "")) from -= 1;
  let to = position;
  while (/[\w.]/.test(text[to] ?? "")) to += 1;
  return { from, to, word: text.slice(from, to) };
}

const log = { changes: [], places: [], acts: [] };
const { compare, mount } = await load();
const editor = mount(document.querySelector("#host"), {
  changed: (name, text) => log.changes.push([name, text]),
  moved: (name, position) => log.places.push([name, position]),
  help(name, position) {
    const { from, to, word } = wordAt(editor.text(name), position);
    return keys[word]
      ? { from, to, title: word, paragraphs: [keys[word]], facts: [["default", "1"]], link: { label: "More", href: "#more" } }
      : null;
  },
  complete(name, position) {
    const { from } = wordAt(editor.text(name), position);
    const items = Object.entries(keys).map(([label, info]) => ({
      label,
      text: `${label}: `,
      kind: "property",
      detail: "",
      info,
    }));
    return { from, items };
  },
  act: (id) => log.acts.push(id),
});
editor.show("a", "Values of values.yaml", "");
Object.assign(window, { editor, log, compare });
