export { EditorState as step } from "@codemirror/state";
