// For bundlers and browsers: the module is ready as soon as it is imported. Bundlers know the form below as a file that
// belongs to the code and has to stay beside it.
import init from "./rollcast.js";

await init({ module_or_path: new URL("rollcast_bg.wasm", import.meta.url) });

export { across, catalogue, evaluate, explain, fixes, markdown, render, schema, upgradePath } from "./rollcast.js";
