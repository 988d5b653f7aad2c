export { yaml as step } from "@codemirror/lang-yaml";
