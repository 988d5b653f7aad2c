/** What the boxes of diagnostics and of help have in common. */
export interface Note {
  title: string;
  paragraphs: string[];
  facts?: [string, string][];
  link?: { label: string; href: string };
}

/** A box with a title, paragraphs, facts and a link. Everything is set as text: nothing of it is read as HTML. */
export function noteElement(note: Note): HTMLElement {
  const box = element("div", "note");
  box.append(element("p", "title", note.title));
  for (const paragraph of note.paragraphs) box.append(element("p", "", paragraph));
  if (note.facts?.length) {
    const list = element("dl", "");
    for (const [term, description] of note.facts) list.append(element("dt", "", term), element("dd", "", description));
    box.append(list);
  }
  if (note.link) {
    const link = document.createElement("a");
    link.textContent = note.link.label;
    link.href = note.link.href;
    box.append(link);
  }
  return box;
}

/** The same in one line, for a screen reader. */
export function noteText(note: Note): string {
  const facts = (note.facts ?? []).map(([term, description]) => `${term}: ${description}`);
  return [note.title, ...note.paragraphs, ...facts].join(". ");
}

function element(name: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.textContent = text;
  return made;
}
