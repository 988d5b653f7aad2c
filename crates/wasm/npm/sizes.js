// Prints the table of sizes for the README of the package in the folder that is named.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [folder] = process.argv.slice(2);
const kilobytes = (bytes) => `${Math.round(bytes.length / 1000)} KB`;

console.log("| file | raw | gzip | brotli |\n|---|---|---|---|");
for (const name of ["rollcast_bg.wasm", "rollcast.js"]) {
  const bytes = readFileSync(join(folder, name));
  const sizes = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes)].map(kilobytes);
  console.log(`| \`${name}\` | ${sizes.join(" | ")} |`);
}
