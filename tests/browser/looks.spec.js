// Every main view in every mode of colour, and on paper.
import { expect, recipe, test } from "./rollcast.js";
import { views } from "./views.js";

for (const [name, show] of Object.entries(views)) {
  test(`axe finds nothing in the view "${name}", light or dark, at a desk or on a phone`, async ({ rollcast, page }) => {
    test.slow();
    await show(rollcast);
    // Through the dialog and the menu, which cover the switch.
    const colours = (theme) => page.evaluate((theme) => document.querySelectorAll(".theme input")[theme].click(), theme);
    await rollcast.expectAccessible();
    await colours(2);
    await rollcast.expectAccessible();
    await page.setViewportSize({ width: 360, height: 740 });
    await rollcast.expectAccessible();
    await colours(1);
    await rollcast.expectAccessible();
  });
}

test("axe finds nothing when the page has stopped", async ({ page, rollcast }) => {
  await page.evaluate(() => (document.getElementById("stopped").hidden = false));
  await page.evaluate(() => (document.getElementById("update").hidden = false));
  await rollcast.expectAccessible();
});

test.describe("in forced colours", () => {
  test.use({ contextOptions: { forcedColors: "active" } });
  test.skip(({ browserName }) => browserName !== "chromium", "Firefox cannot be told so from outside");

  test("states are told apart by more than their colours", async ({ rollcast, page }) => {
    await rollcast.paste(recipe);
    await rollcast.unfold();
    await rollcast.expectAccessible();
    // What is chosen stands out from what is not.
    for (const group of [".theme .switch", ".placement .switch"]) {
      const [chosen, other] = await page.locator(group).evaluate((group) => {
        const ground = (selector) => getComputedStyle(group.querySelector(selector)).backgroundColor;
        return [ground("input:checked + span"), ground("input:not(:checked) + span")];
      });
      expect(chosen).not.toBe(other);
    }
    // Bars are drawn, and pods that are ready differ from those that start.
    const bars = await rollcast.timeline.locator(".bar-state").evaluateAll((bars) =>
      bars.map((bar) => {
        const { fill, stroke } = getComputedStyle(bar.querySelector(".bar-base"));
        return { state: bar.dataset.state, look: `${fill} ${stroke}` };
      }),
    );
    const look = (state) => bars.find((bar) => bar.state === state).look;
    expect(look("ready")).not.toBe(look("starting"));
    // A control has an edge where it has lost its ground.
    for (const button of await page.getByRole("button", { name: /^(Share|Examples|Play)$/ }).all()) {
      expect(await button.evaluate((button) => getComputedStyle(button).borderTopColor)).toMatch(/^rgb\(/);
    }
  });
});

test("on paper there is the answer and the values, and nothing to press", async ({ rollcast, page, browserName }) => {
  test.skip(browserName === "firefox", "Firefox cannot be told so from outside");
  const text = `${recipe}${Array.from({ length: 60 }, (_, line) => `# line ${line}\n`).join("")}`;
  await rollcast.paste(text);
  await page.emulateMedia({ media: "print" });
  await expect(rollcast.verdict).toBeVisible();
  await expect(rollcast.timeline).toBeVisible();
  await expect(page.getByText("Why it matters").first()).toBeVisible();
  const controls = page.getByRole("button", { name: /^(Tour|Share|Examples|Play|Apply|Copy|Add|Back to)/ });
  await expect(controls.filter({ visible: true })).toHaveCount(0);
  const printed = page.locator(".on-paper");
  await expect(printed).toContainText("# line 59");
  await expect(printed).toContainText("values.yaml");
});

test("at twice the size nothing is cut off and everything is reached", async ({ rollcast, page }) => {
  // A browser that shows 1280 pixels at 200 % has 640 to lay out.
  await page.setViewportSize({ width: 640, height: 400 });
  await rollcast.paste(recipe);
  await rollcast.unfold();
  await rollcast.expectNoSidewaysScroll();
  await rollcast.expectAccessible();
  // Text alone, enlarged by the reader's browser.
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(":root { font-size: 200% !important }");
    document.adoptedStyleSheets = [sheet];
  });
  await rollcast.expectNoSidewaysScroll();
  await rollcast.checklist.getByRole("checkbox").first().check();
});
