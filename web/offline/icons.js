// Draws the icons again from web/assets/icon.svg, and the picture beside links from web/assets/card.svg:
// ROLLCAST_CHROMIUM=/usr/bin/chromium node web/offline/icons.js
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";

const tests = createRequire(new URL("../../tests/browser/package.json", import.meta.url));
const { chromium } = tests("@playwright/test");
const svg = await readFile(new URL("../assets/icon.svg", import.meta.url), "utf8");
// Systems that cut icons to their own shape want no corners, and the drawing within the middle four fifths.
const full = svg.replace(/ rx="7"/, "");
const inner = svg.replace(/<rect width="32"[^>]*>/, "");
const ground = /fill="(#\w+)"/.exec(svg)[1];

const drawings = [
  { name: "icon-192.png", size: 192, layers: [[svg, 1]] },
  { name: "icon-512.png", size: 512, layers: [[svg, 1]] },
  { name: "icon-maskable-512.png", size: 512, layers: [[inner, 0.8]] },
  { name: "apple-touch-icon.png", size: 180, layers: [[full, 1]] },
];

const browser = await chromium.launch({ executablePath: process.env.ROLLCAST_CHROMIUM, args: ["--no-sandbox"] });
for (const { name, size, layers } of drawings) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const images = layers.map(([source, scale]) => {
    const edge = size * scale;
    const at = (size - edge) / 2;
    const url = `data:image/svg+xml;base64,${Buffer.from(source).toString("base64")}`;
    return `<img src="${url}" style="position:absolute;left:${at}px;top:${at}px;width:${edge}px;height:${edge}px">`;
  });
  const background = layers[0][0] === svg ? "transparent" : ground;
  await page.setContent(`<body style="margin:0;background:${background}">${images.join("")}</body>`, { waitUntil: "load" });
  await writeFile(new URL(`icons/${name}`, import.meta.url), await page.screenshot({ omitBackground: true }));
  await page.close();
}

// In the fonts of the tests' screenshots, which are the same on every machine.
const faces = [400, 600, 700].map(async (weight) => {
  const file = tests.resolve(`@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-${weight}-normal.woff2`);
  const url = `data:font/woff2;base64,${(await readFile(file)).toString("base64")}`;
  return `@font-face { font-family: "IBM Plex Sans"; font-weight: ${weight}; src: url(${url}); }`;
});
const page = await browser.newPage({ viewport: { width: 1200, height: 630 } });
const card = await readFile(new URL("../assets/card.svg", import.meta.url), "utf8");
await page.setContent(`<style>${(await Promise.all(faces)).join("")}</style><body style="margin:0">${card}`);
await page.evaluate(() => document.fonts.ready);
await writeFile(new URL("../learn/card.png", import.meta.url), await page.screenshot());
await browser.close();
