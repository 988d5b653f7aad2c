// What the page looks like, against references that were looked at. `cargo xtask visual` runs it, with `--update` to write
// new references: look at each before it is kept. The fonts are fixed, so what is left between machines is how one Chromium
// or another draws edges, for which there is some tolerance.
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { Rollcast } from "./rollcast.js";
import { views } from "./views.js";

const require = createRequire(import.meta.url);

const FONTS = [
  ["--font", "ibm-plex-sans", [400, 600, 700]],
  ["--mono", "ibm-plex-mono", [400, 600]],
];

/** What is looked at, beside whole views. */
const shots = {
  start: views.start,
  timeline: async (rollcast) => {
    await views.recipe(rollcast);
    await rollcast.page.locator("#forecast").evaluate((heading) => heading.scrollIntoView());
  },
  checklist: async (rollcast) => {
    await views.recipe(rollcast);
    await rollcast.page.locator("#checklist").evaluate((heading) => heading.scrollIntoView());
  },
  change: async (rollcast) => {
    await views.change(rollcast);
    await rollcast.page.locator("#change").evaluate((heading) => heading.scrollIntoView());
  },
  // Without a link, which begins with the port of the moment.
  share: async (rollcast) => {
    await views.recipe(rollcast);
    await rollcast.page.getByRole("button", { name: "Share" }).click();
    await expect(rollcast.page.getByRole("dialog", { name: "Share" })).toBeVisible();
  },
};

const sizes = [
  [360, 600],
  [768, 720],
  [1280, 570],
];

test.use({
  launchOptions: {
    executablePath: process.env.ROLLCAST_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none", "--disable-lcd-text", "--force-color-profile=srgb", "--hide-scrollbars"],
  },
});

/** Sets the page in fonts that every machine has. Neither the fonts nor the sheet are fetched, which the policy would forbid. */
async function pinFonts(page) {
  const faces = [];
  for (const [property, family, weights] of FONTS) {
    for (const weight of weights) {
      const file = await readFile(require.resolve(`@fontsource/${family}/files/${family}-latin-${weight}-normal.woff2`));
      faces.push({ property, family, weight: String(weight), data: file.toString("base64") });
    }
  }
  await page.evaluate(async (faces) => {
    const sheet = new CSSStyleSheet();
    for (const { property, family, weight, data } of faces) {
      const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
      document.fonts.add(await new FontFace(family, bytes, { weight }).load());
      sheet.insertRule(`:root { ${property}: "${family}" !important }`);
    }
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    await document.fonts.ready;
  }, faces);
}

const look = (page, name) => expect(page).toHaveScreenshot(`${name}.png`, { maxDiffPixelRatio: 0.01, threshold: 0.25 });

for (const colorScheme of ["light", "dark"]) {
  for (const [width, height] of sizes) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height } });

      for (const [name, show] of Object.entries(shots)) {
        test(name, async ({ page }) => {
          const rollcast = new Rollcast(page);
          await rollcast.open("");
          await pinFonts(page);
          await show(rollcast);
          await page.mouse.move(0, 0);
          // A caret and a line that is marked as current come and go with the focus.
          if (name !== "share") await page.evaluate(() => document.activeElement?.blur());
          await look(page, `${name}-${width}-${colorScheme}`);
        });
      }

      test("learn", async ({ page }) => {
        await page.goto("learn/rolling-on-rwo/");
        await pinFonts(page);
        // Motion is an addition, and stopped it shows the same moment.
        await page.getByRole("checkbox", { name: /^Motion/ }).evaluateAll((boxes) => boxes.forEach((box) => box.checked && box.click()));
        await look(page, `learn-${width}-${colorScheme}`);
      });
    });
  }
}
