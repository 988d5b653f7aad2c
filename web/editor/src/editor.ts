import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, isolateHistory, redo, undo } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from "@codemirror/language";
import { yaml } from "@codemirror/lang-yaml";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorSelection, EditorState, type Extension, Transaction } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  placeholder,
} from "@codemirror/view";

import { diagnosticsSupport, withDiagnostics } from "./diagnostics.ts";
import { replacement } from "./edit.ts";
import { helpAndCompletion } from "./help.ts";
import { theme } from "./theme.ts";
import type { Diagnostic, Edit, Options, Stretch } from "./types.ts";

/** An editor of several texts, of which it shows one; each keeps its history, caret and folds while others are shown. */
export class Editor {
  readonly #root: ShadowRoot;
  readonly #options: Options;
  readonly #hidden = new Map<string, EditorState>();
  /** Made with the first text: made without, it would be made again for it. */
  #view: EditorView | null = null;
  #shown: string | null = null;

  constructor(host: HTMLElement, options: Options) {
    this.#options = options;
    // In a shadow root CodeMirror adopts its style sheets; in the document it would insert a style element, against the policy.
    this.#root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  }

  /** Shows a text under its label. One that was shown before is continued; if `text` differs, that is one change to undo. */
  show(document: string, label: string, text: string): void {
    if (document !== this.#shown) {
      if (this.#view && this.#shown !== null) {
        // What is typed after coming back is another step to undo than what was typed before.
        this.#view.dispatch({ annotations: isolateHistory.of("full") });
        this.#hidden.set(this.#shown, this.#view.state);
      }
      const known = this.#hidden.get(document);
      this.#hidden.delete(document);
      this.#shown = document;
      const state = known ?? EditorState.create({ doc: text, extensions: extensions(this.#options, document, label) });
      if (this.#view) this.#view.setState(state);
      else this.#view = new EditorView({ state, parent: this.#root, root: this.#root });
    }
    this.setText(document, text);
    this.#options.moved(document, this.#state(document)?.selection.main.head ?? 0);
  }

  /** Forgets a text that is not shown, and its history. */
  forget(document: string): void {
    this.#hidden.delete(document);
  }

  /** The text of a document; `null` when it was never shown. */
  text(document: string): string | null {
    return this.#state(document)?.doc.toString() ?? null;
  }

  /** Replaces a text, as one change to undo. */
  setText(document: string, text: string): void {
    const state = this.#state(document);
    const change = state && replacement(state.doc, text.replace(/\r\n?/g, "\n"));
    if (change) this.#dispatch(document, state.update({ changes: change, ...oneStep }));
  }

  /** Makes edits, in positions of the text as it is, as one change to undo. */
  edit(document: string, edits: Edit[]): void {
    const state = this.#state(document);
    if (state) this.#dispatch(document, state.update({ changes: edits, scrollIntoView: true, ...oneStep }));
  }

  /** Replaces what is said about a text, and whether it is broken as a whole. */
  diagnose(document: string, diagnostics: Diagnostic[], broken: boolean): void {
    const state = this.#state(document);
    if (state) this.#dispatch(document, state.update(...withDiagnostics(state, diagnostics, broken, this.#options.act)));
  }

  /** Selects a stretch of the text now shown, brings it into view and puts the caret there. */
  reveal({ from, to }: Stretch): void {
    if (!this.#view) return;
    const end = this.#view.state.doc.length;
    const selection = { anchor: Math.min(from, end), head: Math.min(to, end) };
    this.#view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center" }) });
    this.#view.focus();
  }

  /** Puts the caret into the text now shown. */
  focus(): void {
    this.#view?.focus();
  }

  /** Takes back the last change of the text now shown; `false` when there is none. */
  undo(): boolean {
    return this.#view !== null && undo(this.#view);
  }

  /** Makes it again. */
  redo(): boolean {
    return this.#view !== null && redo(this.#view);
  }

  /** Takes the editor off the page. */
  destroy(): void {
    this.#hidden.clear();
    this.#view?.destroy();
  }

  #state(document: string): EditorState | undefined {
    return document === this.#shown ? this.#view?.state : this.#hidden.get(document);
  }

  #dispatch(document: string, transaction: Transaction): void {
    if (document === this.#shown) {
      this.#view?.dispatch(transaction);
    } else {
      this.#hidden.set(document, transaction.state);
      if (transaction.docChanged) this.#options.changed(document, transaction.newDoc.toString());
    }
  }
}

/** What every text is edited with. */
function extensions(options: Options, document: string, label: string): Extension {
  return [
    lineNumbers(),
    diagnosticsSupport(),
    foldGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    highlightSelectionMatches(),
    history(),
    bracketMatching(),
    closeBrackets(),
    indentUnit.of("  "),
    yaml(),
    search({ top: true }),
    placeholder("Paste your values here, or drop a file"),
    helpAndCompletion(
      (position) => options.help(document, position),
      (position) => options.complete(document, position),
    ),
    // Tab is not among them: it leaves the editor, as it leaves any other field.
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
    EditorView.domEventHandlers({
      // A dropped file is the page's to open.
      drop: (event) => (event.dataTransfer?.files.length ?? 0) > 0,
      beforeinput: typeOverSelection,
      // Not at once: the focus may leave while CodeMirror is in the middle of an update.
      blur: (_event, view) => queueMicrotask(() => forgetSide(view)),
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) options.changed(document, update.state.doc.toString());
      if (update.docChanged || update.selectionSet) options.moved(document, update.state.selection.main.head);
    }),
    theme,
  ];
}

/**
 * Types over a selection. Left to itself, Chromium keeps the colours of what it replaces in a style attribute, which the
 * policy forbids and reports.
 */
function typeOverSelection(event: InputEvent, view: EditorView): boolean {
  const text = event.data;
  const { from, to, empty } = view.state.selection.main;
  if (event.inputType !== "insertText" || text === null || empty || view.composing) return false;
  const insert = () =>
    view.state.update(view.state.replaceSelection(text), { userEvent: "input.type", scrollIntoView: true });
  const handlers = view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handler) => handler(view, from, to, text, insert))) view.dispatch(insert());
  event.preventDefault();
  return true;
}

/**
 * Forgets on which side of a line's wrapping the caret stood. CodeMirror puts the selection there when it measures, focused
 * or not: in Chromium that takes the focus back, or fails where a shadow root without it tells of no selection.
 */
function forgetSide(view: EditorView): void {
  const { empty, assoc, head } = view.state.selection.main;
  if (empty && assoc !== 0 && !view.hasFocus) view.dispatch({ selection: EditorSelection.cursor(head) });
}

/** What a program changes is undone in one step, and not together with what was typed before or after. */
const oneStep = { annotations: isolateHistory.of("full"), userEvent: "input.program" };

/** Puts an editor into `host`, which must stay on the page and have nothing else in it. */
export function mount(host: HTMLElement, options: Options): Editor {
  return new Editor(host, options);
}

/** Makes an editor that nobody sees, in steps, and takes it away again. */
export function* warm(): Generator<void> {
  const nobody: Options = { changed() {}, moved() {}, act() {}, help: () => null, complete: () => null };
  const state = EditorState.create({ doc: "app:\n  replicaCount: 1\n", extensions: extensions(nobody, "", "") });
  yield;
  // Not in the document, whose style sheets are not the editor's.
  const root = document.createElement("div").attachShadow({ mode: "open" });
  new EditorView({ state, parent: root, root }).destroy();
  yield;
}
