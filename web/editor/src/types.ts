/*
 * What the page and the editor say to each other. Positions are offsets in UTF-16 code units, with every line break one
 * unit; the page converts its byte offsets before it calls.
 */

/** A stretch of a text; `to` is behind its end. */
export interface Stretch {
  from: number;
  to: number;
}

/** Something to say about a stretch. */
export interface Diagnostic extends Stretch {
  severity: "error" | "warning" | "info";
  /** A short title. */
  title: string;
  /** What is wrong, why it matters, what to do: a paragraph each. */
  paragraphs: string[];
  /** What can be done about it with one click. */
  actions: Action[];
}

/** A button of a diagnostic. */
export interface Action {
  label: string;
  /** Handed to `Options.act`. */
  id: string;
}

/** What is known about the key at a position. */
export interface Help extends Stretch {
  /** The key's path. */
  title: string;
  /** What it does. */
  paragraphs: string[];
  /** Type, default and the like: term and description. */
  facts: [string, string][];
  /** Where to read on. */
  link: { label: string; href: string };
}

/** What may be written at a position. */
export interface Completions {
  /** Where the word to be replaced begins. */
  from: number;
  items: Completion[];
}

/** One thing that may be written. */
export interface Completion {
  /** The word that is matched and shown. */
  label: string;
  /** What is written when it is chosen. */
  text: string;
  kind: "property" | "constant";
  /** A few words beside it: type and default. */
  detail: string;
  /** What it does. */
  info: string;
}

/** A replacement of a stretch. */
export interface Edit extends Stretch {
  insert: string;
}

/** What the editor asks of the page. None of these may throw. */
export interface Options {
  /** The text now shown was changed: by typing, undoing, or one of the editor's own methods. */
  changed(document: string, text: string): void;
  /** The caret of the text now shown is there. */
  moved(document: string, position: number): void;
  /** The key at a position of the text now shown, if it is known. */
  help(document: string, position: number): Help | null;
  /** What may be written there. */
  complete(document: string, position: number): Completions | null;
  /** A diagnostic's button was pressed. */
  act(id: string): void;
}
