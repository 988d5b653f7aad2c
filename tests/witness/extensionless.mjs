// The package is written for bundlers: its imports leave out extensions and index files, which Node.js asks for.

import { register } from "node:module";

const missing = new Set(["ERR_MODULE_NOT_FOUND", "ERR_UNSUPPORTED_DIR_IMPORT"]);

export async function resolve(specifier, context, next) {
  for (const ending of ["", ".js", "/index.js"]) {
    try {
      return await next(specifier + ending, context);
    } catch (error) {
      if (!specifier.startsWith(".") || !missing.has(error.code)) {
        throw error;
      }
    }
  }
  return next(specifier, context);
}

if (process.env.ROLLCAST_HOOKED === undefined) {
  process.env.ROLLCAST_HOOKED = "yes";
  register(import.meta.url);
}
