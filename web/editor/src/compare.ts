import { foldGutter } from "@codemirror/language";
import { yaml } from "@codemirror/lang-yaml";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, lineNumbers } from "@codemirror/view";

import { theme } from "./theme.ts";

/** Two texts side by side, or one above the other where there is no room for two. */
export interface Comparison {
  /** Shows other texts. */
  show(before: string, after: string): void;
  /** Takes it off the page. */
  destroy(): void;
}

/** Both names are read out by screen readers. */
export interface ComparisonLabels {
  before: string;
  after: string;
}

const besides = "(min-width: 60rem)";

/** Shows what changed between two texts, read-only, inside `host`. */
export function compare(host: HTMLElement, labels: ComparisonLabels): Comparison {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const room = window.matchMedia(besides);
  let texts: [string, string] = ["", ""];
  let view: MergeView | EditorView | null = null;

  const draw = () => {
    view?.destroy();
    const [before, after] = texts;
    const collapseUnchanged = { margin: 3, minSize: 6 };
    view = room.matches
      ? new MergeView({
          a: { doc: before, extensions: readOnly(labels.before) },
          b: { doc: after, extensions: readOnly(labels.after) },
          parent: root,
          root,
          collapseUnchanged,
        })
      : new EditorView({
          doc: after,
          extensions: [
            readOnly(`${labels.before}, ${labels.after}`),
            unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged }),
          ],
          parent: root,
          root,
        });
  };
  room.addEventListener("change", draw);
  draw();
  return {
    show(before, after) {
      if (texts[0] === before && texts[1] === after) return;
      texts = [before, after];
      draw();
    },
    destroy() {
      room.removeEventListener("change", draw);
      view?.destroy();
    },
  };
}

function readOnly(label: string): Extension {
  return [
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ "aria-label": label, "aria-readonly": "true" }),
    EditorView.lineWrapping,
    lineNumbers(),
    foldGutter(),
    yaml(),
    theme,
  ];
}
