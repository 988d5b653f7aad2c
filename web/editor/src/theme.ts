import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/*
 * Colours come from the page's custom properties, which reach into the shadow root, and else from its colour scheme; so
 * light, dark and high contrast need no word here.
 */
const colour = {
  surface: "var(--surface, light-dark(#ffffff, #161c23))",
  raised: "var(--inset, light-dark(#f4f6f9, #10161c))",
  text: "var(--ink, light-dark(#15202b, #e7edf3))",
  muted: "var(--ink-soft, light-dark(#4a5866, #a9b5c2))",
  border: "var(--line-strong, light-dark(#8491a1, #687789))",
  accent: "var(--accent, light-dark(#0a62b8, #74b6ff))",
  onAccent: "var(--accent-ink, light-dark(#ffffff, #06203b))",
  error: "var(--bad, light-dark(#b3261e, #ff8f82))",
  warning: "var(--warn, light-dark(#8a4b00, #f4b455))",
  info: "var(--accent, light-dark(#0a62b8, #74b6ff))",
  selection: "light-dark(#b6d5fb, #2b4a78)",
  line: "light-dark(rgba(20, 40, 70, 0.06), rgba(200, 220, 255, 0.08))",
  match: "light-dark(#ffe28a, #6b5410)",
  onMatch: "light-dark(#15202b, #fff6dc)",
  added: "light-dark(#dcf3e2, #173524)",
  removed: "light-dark(#fde3e1, #43201e)",
  key: "light-dark(#0b4f9e, #8ab9f5)",
  string: "light-dark(#1a6132, #93d6a5)",
  number: "light-dark(#8f3a00, #f4b183)",
  meta: "light-dark(#7a2f8f, #d9a8e8)",
};

const severities = ["error", "warning", "info"] as const;

/** Underlines and gutter marks in text, where CodeMirror would draw pictures that a strict policy blocks. */
function severityRules(): Record<string, Record<string, string>> {
  const mark = { error: '"✕"', warning: '"▲"', info: '"●"' };
  const rules: Record<string, Record<string, string>> = {};
  for (const severity of severities) {
    rules[`.cm-lintRange-${severity}`] = {
      backgroundImage: "none",
      textDecoration: `underline ${severity === "info" ? "dotted" : "wavy"} ${colour[severity]}`,
      textDecorationSkipInk: "none",
      textUnderlineOffset: "3px",
    };
    rules[`.cm-lint-marker-${severity}`] = { content: "normal", color: colour[severity] };
    rules[`.cm-lint-marker-${severity}::before`] = { content: mark[severity] };
    rules[`.cm-diagnostic-${severity}`] = { borderLeft: `4px solid ${colour[severity]}` };
    rules[`.cm-lintPoint-${severity}::after`] = { borderBottomColor: colour[severity] };
  }
  return rules;
}

const control = {
  minHeight: "28px",
  minWidth: "28px",
  font: "inherit",
  color: colour.text,
  background: colour.surface,
  backgroundImage: "none",
  border: `1px solid ${colour.border}`,
  borderRadius: "4px",
};

const focusRing = { outline: `2px solid ${colour.accent}`, outlineOffset: "1px" };

const rules = EditorView.theme({
  "&": { height: "100%", color: colour.text, backgroundColor: colour.surface, fontSize: "inherit" },
  // A page that marks the focus itself sets the width to 0.
  "&.cm-focused": { outline: `var(--editor-ring, 2px) solid ${colour.accent}`, outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--mono, ui-monospace, monospace)", lineHeight: "1.55" },
  ".cm-content": { caretColor: colour.text, paddingBlock: "8px" },
  ".cm-line ::selection, .cm-line::selection": { backgroundColor: colour.selection },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: colour.line },
  ".cm-gutters": { color: colour.muted, backgroundColor: colour.surface, border: "none" },
  ".cm-gutter-lint": { width: "1.3em" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0 0.15em" },
  ".cm-lint-marker": { width: "auto", height: "auto", fontSize: "0.8em", lineHeight: "1.94", textAlign: "center" },
  ".cm-foldGutter .cm-gutterElement": { cursor: "pointer", minWidth: "1.1em", textAlign: "center" },
  ".cm-foldPlaceholder": { color: colour.muted, backgroundColor: colour.raised, borderColor: colour.border, padding: "0 6px" },
  ".cm-placeholder": { color: colour.muted },
  ".cm-specialChar": { color: colour.error },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: colour.line, outline: `1px solid ${colour.border}` },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", outline: `1px solid ${colour.error}` },
  ".cm-searchMatch": { color: colour.onMatch, backgroundColor: colour.match },
  ".cm-searchMatch *": { color: "inherit" },
  ".cm-searchMatch-selected": { outline: `2px solid ${colour.accent}` },
  ".cm-selectionMatch": { backgroundColor: colour.line },
  ".cm-lintRange-active": { backgroundColor: colour.line },

  ".cm-panels": { color: colour.text, backgroundColor: colour.raised },
  ".cm-panels-top": { borderBottom: `1px solid ${colour.border}` },
  ".cm-panels-bottom": { borderTop: `1px solid ${colour.border}` },
  ".cm-panel.cm-search": { display: "flex", flexWrap: "wrap", gap: "6px", alignItems: "center", padding: "8px 40px 8px 8px" },
  ".cm-panel.cm-search br": { flexBasis: "100%", height: "0", content: '""' },
  ".cm-panel.cm-search .cm-textfield": { ...control, margin: "0", padding: "2px 6px", flex: "1 1 9em", fontSize: "inherit" },
  ".cm-panel.cm-search .cm-button": { ...control, margin: "0", padding: "2px 8px", fontSize: "inherit", cursor: "pointer" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", gap: "4px", minHeight: "28px", margin: "0", fontSize: "inherit" },
  ".cm-panel.cm-search input[type=checkbox]": { width: "24px", height: "24px", margin: "0", accentColor: colour.accent },
  ".cm-panel.cm-search [name=close], .cm-panel.cm-panel-lint [name=close]": {
    ...control, position: "absolute", top: "6px", right: "6px", padding: "0", cursor: "pointer",
  },
  ".cm-panel button:focus-visible, .cm-panel input:focus-visible, .cm-panel ul:focus-visible": focusRing,
  ".cm-panel.cm-panel-lint ul": { maxHeight: "9em", paddingRight: "40px" },
  ".cm-panel.cm-panel-lint ul [aria-selected], .cm-panel.cm-panel-lint ul:focus [aria-selected]": {
    color: colour.text, backgroundColor: colour.line,
  },

  ".cm-tooltip": {
    color: colour.text, backgroundColor: colour.raised, border: `1px solid ${colour.border}`, borderRadius: "6px",
    maxWidth: "min(34em, 90vw)", fontFamily: "var(--font, system-ui, sans-serif)", lineHeight: "1.45",
    boxShadow: "0 4px 16px rgba(0, 0, 0, 0.25)",
  },
  ".cm-tooltip-section:not(:first-child)": { borderTop: `1px solid ${colour.border}` },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono, ui-monospace, monospace)", maxHeight: "15em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { minHeight: "26px", padding: "3px 8px", lineHeight: "1.5" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { color: colour.onAccent, backgroundColor: colour.accent },
  ".cm-completionDetail": { fontStyle: "normal", color: colour.muted },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 10px", maxWidth: "22em" },

  ".note": { padding: "8px 12px" },
  ".note p": { margin: "0 0 6px" },
  ".note p:last-child": { margin: "0" },
  ".note .title": { fontWeight: "650" },
  ".note dl": { display: "grid", gridTemplateColumns: "auto 1fr", gap: "2px 12px", margin: "0 0 6px" },
  ".note dt": { color: colour.muted },
  ".note dd": { margin: "0", fontFamily: "var(--mono, ui-monospace, monospace)", overflowWrap: "anywhere" },
  ".note a": { color: colour.accent, display: "inline-block", minHeight: "24px" },
  ".cm-diagnostic": { padding: "8px 12px", margin: "0", whiteSpace: "normal" },
  ".cm-diagnostic .note": { padding: "0" },
  ".cm-diagnosticAction": {
    ...control, margin: "6px 8px 0 0", padding: "2px 10px", cursor: "pointer", color: colour.onAccent, background: colour.accent,
    borderColor: colour.accent,
  },

  ".cm-changedLine, .cm-insertedLine": { backgroundColor: colour.added },
  "&.cm-merge-a .cm-changedLine, .cm-deletedLine": { backgroundColor: colour.removed },
  ".cm-changedText, &.cm-merge-a .cm-changedText, &.cm-merge-b .cm-changedText": {
    background: "none", textDecoration: "underline 2px", textUnderlineOffset: "4px",
  },
  ".cm-changeGutter": { width: "4px", paddingLeft: "1px" },
  ".cm-changedLineGutter, &.cm-merge-b .cm-changedLineGutter": { background: colour.accent },
  "&.cm-merge-a .cm-changedLineGutter": { background: colour.error },
  ".cm-collapsedLines": {
    color: colour.text, background: colour.raised, backgroundImage: "none", padding: "4px 8px", minHeight: "24px", cursor: "pointer",
  },
  ...severityRules(),
});

const highlighting = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: colour.key },
  { tag: [tags.string, tags.content, tags.special(tags.string)], color: colour.string },
  { tag: [tags.number, tags.bool, tags.null, tags.attributeValue], color: colour.number },
  { tag: [tags.comment, tags.lineComment], color: colour.muted, fontStyle: "italic" },
  { tag: [tags.meta, tags.typeName, tags.labelName, tags.keyword], color: colour.meta },
  { tag: [tags.separator, tags.punctuation, tags.brace, tags.squareBracket], color: colour.muted },
]);

/** How the editor looks. */
export const theme: Extension = [rules, syntaxHighlighting(highlighting)];
