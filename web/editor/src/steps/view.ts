export { EditorView as step } from "@codemirror/view";
