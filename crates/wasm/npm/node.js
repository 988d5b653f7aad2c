// For Node.js: the module is ready as soon as it is imported, and can be required.
import { readFileSync } from "node:fs";

import { initSync } from "./rollcast.js";

initSync({ module: readFileSync(new URL("rollcast_bg.wasm", import.meta.url)) });

export { across, catalogue, evaluate, explain, fixes, markdown, render, schema, upgradePath } from "./rollcast.js";
