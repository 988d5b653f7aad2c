import { autocompletion, type CompletionContext, type CompletionResult } from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import {
  activateHover,
  closeHoverTooltips,
  EditorView,
  hasHoverTooltips,
  hoverTooltip,
  keymap,
  type Tooltip,
  ViewPlugin,
} from "@codemirror/view";

import { noteElement, noteText } from "./note.ts";
import type { Completions, Help } from "./types.ts";

/** Help on the key under the pointer, and by F1 on the one at the caret; completions as they are typed or by Ctrl-Space. */
export function helpAndCompletion(
  help: (position: number) => Help | null,
  complete: (position: number) => Completions | null,
): Extension {
  return [
    hoverTooltip((_view, position) => {
      const found = help(position);
      return found && tooltip(found);
    }),
    keymap.of([{ key: "F1", run: (view) => openAtCaret(view, help(view.state.selection.main.head)) }]),
    escape,
    autocompletion({ override: [(context) => completions(context, complete)], icons: false }),
  ];
}

/** Escape closes the boxes from wherever the focus is, as the pointer may have opened them. */
const escape = ViewPlugin.define((view) => {
  const close = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !hasHoverTooltips(view.state)) return;
    // The focus may be on a button of the box.
    if (!view.hasFocus && view.dom.contains(view.root.activeElement)) view.focus();
    view.dispatch({ effects: closeHoverTooltips });
  };
  window.addEventListener("keydown", close);
  return { destroy: () => window.removeEventListener("keydown", close) };
});

/** Opens every box there is at the caret, until the text or the caret changes, and reads out the help. */
function openAtCaret(view: EditorView, help: Help | null): boolean {
  const caret = view.state.selection.main.head;
  activateHover(view, caret, 1, {
    until: (transaction) => transaction.docChanged || transaction.newSelection.main.head !== caret,
  });
  const announced = help ? noteText(help) : "Nothing is known about this place";
  view.dispatch({ effects: EditorView.announce.of(announced) });
  return true;
}

function tooltip(help: Help): Tooltip {
  return {
    pos: help.from,
    end: help.to,
    above: true,
    create: () => ({ dom: noteElement(help) }),
  };
}

function completions(
  context: CompletionContext,
  complete: (position: number) => Completions | null,
): CompletionResult | null {
  const found = complete(context.pos);
  // Unasked, a list at the start of an empty word would be in the way of the next key.
  if (!found?.items.length || (!context.explicit && found.from === context.pos)) return null;
  return {
    from: found.from,
    validFor: /^[\w.-]*$/,
    options: found.items.map((item) => ({
      label: item.label,
      apply: item.text,
      type: item.kind,
      detail: item.detail,
      ...(item.info && { info: item.info }),
    })),
  };
}
