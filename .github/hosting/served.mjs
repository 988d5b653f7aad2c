// Looks at what a host serves under an address: every file that the page names or its service worker keeps is there, with the
// type browsers insist on and the content that is expected of it. Prints what is wrong and fails.
import { createHash } from "node:crypto";

const TYPES = {
  css: /^text\/css\b/,
  html: /^text\/html\b/,
  ico: /^image\//,
  js: /^(text|application)\/javascript\b/,
  png: /^image\/png\b/,
  svg: /^image\/svg\+xml\b/,
  txt: /^text\/plain\b/,
  wasm: /^application\/wasm\b/,
  webmanifest: /^application\/(manifest\+)?json\b/,
};

/** What is wrong at an address, in sentences. */
export async function look(address) {
  const page = await fetch(address);
  const html = await page.text();
  const problems = wrong(address, page, "html");
  if (!/http-equiv="?Content-Security-Policy\b/.test(html)) problems.push(`${address} has no Content-Security-Policy`);
  const worker = await fetch(new URL("sw.js", address));
  problems.push(...wrong(worker.url, worker, "js"));
  const files = new Map([...named(html), ...kept(await worker.text())]);
  if (files.size === 0) problems.push(`${address} names no file`);
  for (const [name, integrity] of files) {
    const url = new URL(name, address);
    const response = await fetch(url);
    const content = Buffer.from(await response.arrayBuffer());
    problems.push(...wrong(url, response, name.split(".").pop()));
    if (response.ok && integrity && integrity !== `sha384-${createHash("sha384").update(content).digest("base64")}`) {
      problems.push(`${url} is not the file that is expected`);
    }
  }
  return problems;
}

function wrong(url, response, extension) {
  if (!response.ok) return [`${url} answers ${response.status}`];
  const type = response.headers.get("content-type") ?? "nothing";
  return TYPES[extension]?.test(type) ? [] : [`${url} is served as ${type}`];
}

/** The files of this host that a page names, with the integrity it expects of each. */
function named(html) {
  const files = new Map();
  for (const [, tag] of html.matchAll(/<((?:link|script|img)\b[^>]*)>/g)) {
    // The page is minified: a value without blanks needs no quotes.
    const attribute = (name) => tag.match(new RegExp(`\\s${name}="?([^"\\s]*)`))?.[1];
    for (const name of ["href", "src", "data-js", "data-wasm"].map(attribute)) {
      if (name && !/^([a-z]+:|#|\/\/)/i.test(name) && /\.\w+$/.test(name)) {
        const plain = name.replace(/^\.\//, "");
        files.set(plain, attribute("integrity") ?? files.get(plain));
      }
    }
  }
  return files;
}

/** The files that a service worker keeps, with their integrity: all of the site but itself. */
function kept(worker) {
  return [...worker.matchAll(/^ *"([^"]+)": "(sha384-[^"]+)",?$/gm)].map(([, name, integrity]) => [name, integrity]);
}

if (process.argv[1] === import.meta.filename) {
  const [address] = process.argv.slice(2);
  const problems = await look(address);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  console.log(`${address} is served as it should be`);
}
