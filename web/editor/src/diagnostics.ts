import {
  type Diagnostic as Shown,
  forEachDiagnostic,
  lintGutter,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
} from "@codemirror/lint";
import { type EditorState, type Extension, StateEffect, StateField, type TransactionSpec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

import { noteElement, noteText } from "./note.ts";
import type { Diagnostic } from "./types.ts";

/**
 * Underlines, gutter marks and their boxes; F8 and Shift-F8 go through them, and Tab to a box's buttons. CodeMirror's list of
 * diagnostics is left out: the page has one, and buttons inside options are out of reach for screen readers.
 */
export function diagnosticsSupport(): Extension {
  return [
    lintGutter(),
    brokenField,
    keymap.of([
      { key: "F8", run: (view) => nextDiagnostic(view) && announce(view) },
      { key: "Shift-F8", run: (view) => previousDiagnostic(view) && announce(view) },
    ]),
  ];
}

const setBroken = StateEffect.define<boolean>();

/** Whether the text is broken, as screen readers are told of any other field. */
const brokenField = StateField.define<boolean>({
  create: () => false,
  update(broken, { effects }) {
    for (const effect of effects) if (effect.is(setBroken)) return effect.value;
    return broken;
  },
  provide: (field) =>
    EditorView.contentAttributes.from(field, (broken): Record<string, string> => (broken ? { "aria-invalid": "true" } : {})),
});

/** Replaces the diagnostics of a text. */
export function withDiagnostics(
  state: EditorState,
  diagnostics: Diagnostic[],
  broken: boolean,
  act: (id: string) => void,
): TransactionSpec[] {
  const list = diagnostics.map((diagnostic) => shown(state.doc.length, diagnostic, act));
  return [setDiagnostics(state, list), { effects: setBroken.of(broken) }];
}

/** It takes the text's length only: its functions live in the next state, and would keep this one, and all before it, alive. */
function shown(length: number, diagnostic: Diagnostic, act: (id: string) => void): Shown {
  const clamp = (position: number) => Math.max(0, Math.min(position, length));
  const from = clamp(diagnostic.from);
  return {
    from,
    to: Math.max(from, clamp(diagnostic.to)),
    severity: diagnostic.severity,
    message: noteText(diagnostic),
    renderMessage: () => noteElement(diagnostic),
    actions: diagnostic.actions.map(({ label, id }) => ({ name: label, apply: () => act(id) })),
  };
}

/** Reads the diagnostic at the caret to those who do not see its box. */
function announce(view: EditorView): boolean {
  const { from, to } = view.state.selection.main;
  forEachDiagnostic(view.state, (diagnostic, start, end) => {
    if (start === from && end === to) {
      view.dispatch({ effects: EditorView.announce.of(`${diagnostic.severity}: ${diagnostic.message}`) });
    }
  });
  return true;
}
