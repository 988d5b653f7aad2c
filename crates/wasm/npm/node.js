// For Node.js: the module is ready as soon as it is imported, and can be required.
import { readFileSync } from "node:fs";

import { initSync } from "./rollcast.js";

initSync({ module: readFileSync(new URL("rollcast_bg.wasm", import.meta.url)) });

export { evaluate } from "./rollcast.js";
