// The page around the answer: narrow screens, keyboard, themes, motion, and what is left when WebAssembly is not there.
import { expect, recipe, test } from "./rollcast.js";

for (const width of [320, 360, 768, 1280, 1920]) {
  test(`nothing scrolls sideways at ${width} px`, async ({ rollcast, page }) => {
    await page.setViewportSize({ width, height: 800 });
    await rollcast.expectNoSidewaysScroll();
    await rollcast.paste(recipe);
    await expect(rollcast.verdict).toContainText("RollingUpdate");
    await rollcast.unfold();
    await rollcast.expectNoSidewaysScroll();
    await rollcast.paste(`${recipe}: [`);
    await expect(rollcast.failure).toBeVisible();
    await rollcast.expectNoSidewaysScroll();
  });
}

test("on a low screen nothing covers anything", async ({ rollcast, page }) => {
  await page.setViewportSize({ width: 1280, height: 480 });
  await rollcast.example("The upgrade that deletes the claim");
  const parts = [".pickers", ".tabs", ".editor", ".flags", ".today"];
  const boxes = await Promise.all(parts.map((part) => page.locator(`.editor-pane ${part}`).filter({ visible: true }).first().boundingBox()));
  for (const [above, below] of boxes.slice(1).map((box, at) => [boxes[at], box])) {
    expect(above.y + above.height).toBeLessThanOrEqual(below.y + 2);
  }
  await page.getByLabel("Chart today").focus();
  await expect(page.getByLabel("Chart today")).toBeInViewport();
});

test("the line between values and answer moves by key and by pointer", async ({ rollcast, page, browserName }) => {
  const width = async () => (await rollcast.text.boundingBox()).width;
  const line = page.getByRole("separator", { name: "Width of the values" });
  const usual = await width();
  await line.focus();
  await page.keyboard.press("End");
  await expect.poll(width).toBeGreaterThan(usual * 1.3);
  await expect(line).toHaveAttribute("aria-valuenow", "70");
  await rollcast.expectNoSidewaysScroll();
  const { x, y, height } = await line.boundingBox();
  await page.mouse.move(x + 8, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(420, y + height / 2);
  await page.mouse.up();
  await expect.poll(width).toBeLessThan(usual);
  await rollcast.expectNoSidewaysScroll();
  // Playwright makes no double click in Firefox over WebDriver BiDi.
  if (browserName === "firefox") return;
  await line.dblclick();
  await expect.poll(width).toBe(usual);
});

test("on a phone the verdict comes first, on a desktop the text stands left of it", async ({ rollcast, page }) => {
  const boxes = async () => [await rollcast.verdict.boundingBox(), await rollcast.text.boundingBox()];
  let [answer, text] = await boxes();
  expect(text.x + text.width).toBeLessThan(answer.x);
  await page.setViewportSize({ width: 360, height: 740 });
  [answer, text] = await boxes();
  expect(answer.y + answer.height).toBeLessThan(text.y);
});

test("with the keyboard alone: from the text to a ticked prerequisite and through time", async ({ rollcast, page }) => {
  const tabTo = async (locator) => {
    for (let step = 0; step < 150; step += 1) {
      if (await locator.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error("never reached");
  };
  await rollcast.text.focus();
  await page.keyboard.insertText(recipe);
  const origin = rollcast.why.getByRole("button", { name: /app.allowMultiReplica/ }).first();
  await tabTo(origin);
  await page.keyboard.press("Enter");
  await expect(rollcast.text).toBeFocused();
  const box = rollcast.checklist.getByRole("checkbox").first();
  await tabTo(box);
  await page.keyboard.press("Space");
  await expect(box).toBeChecked();
  const time = rollcast.forecast.getByRole("slider", { name: "Time" });
  await tabTo(time);
  const before = await time.getAttribute("aria-valuetext");
  await page.keyboard.press("PageUp");
  await expect(time).not.toHaveAttribute("aria-valuetext", before);
});

test("with the keyboard alone: from opening the page to a copied report", async ({ rollcast, page, context, browserName }) => {
  test.skip(browserName === "firefox", "Playwright cannot read Firefox's clipboard");
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), recipe);
  const tabTo = async (locator, key = "Tab") => {
    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press(key);
      if (await locator.evaluate((element) => element === (element.getRootNode().activeElement ?? document.activeElement))) return;
    }
    throw new Error("never reached");
  };
  await tabTo(rollcast.text);
  await page.keyboard.press("ControlOrMeta+v");
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  await tabTo(page.getByRole("button", { name: "Share" }), "Shift+Tab");
  await page.keyboard.press("Enter");
  // It remembers who has the focus when it opens, which is a frame after the key.
  await expect(page.getByRole("dialog", { name: "Share" })).toBeVisible();
  await tabTo(page.getByRole("button", { name: "Copy the report as Markdown" }));
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain("RollingUpdate, maxSurge 1, maxUnavailable 0");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Share" })).toBeFocused();
});

test("each part of the WebAssembly is fetched once", async ({ page }) => {
  await page.goto("");
  await expect(page.locator("html[data-loaded]")).toHaveCount(1, { timeout: 15_000 });
  const fetched = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.endsWith(".wasm")));
  expect(fetched).toHaveLength(2);
  expect(new Set(fetched).size).toBe(2);
});

test("time plays, pauses and steps from event to event", async ({ rollcast }) => {
  await rollcast.paste(recipe);
  const time = rollcast.forecast.getByRole("slider", { name: "Time" });
  await rollcast.forecast.getByRole("button", { name: "Next event" }).click();
  const first = Number(await time.inputValue());
  expect(first).toBeGreaterThan(0);
  await rollcast.forecast.getByRole("button", { name: "Play" }).click();
  await expect.poll(async () => Number(await time.inputValue())).toBeGreaterThan(first);
  await rollcast.forecast.getByRole("button", { name: "Pause" }).click();
  const paused = await time.inputValue();
  await rollcast.forecast.getByRole("button", { name: "Previous event" }).click();
  expect(Number(await time.inputValue())).toBeLessThan(Number(paused));
});

test.describe("with less motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("playing goes from event to event", async ({ rollcast, page }) => {
    const emulated = await page.evaluate(() => matchMedia("(prefers-reduced-motion: reduce)").matches);
    test.skip(!emulated, "this browser cannot be asked for less motion from a test");
    await rollcast.paste(recipe);
    const time = rollcast.forecast.getByRole("slider", { name: "Time" });
    await rollcast.forecast.getByRole("button", { name: "Next event" }).click();
    const event = await time.inputValue();
    await rollcast.forecast.getByRole("button", { name: "Previous event" }).click();
    await rollcast.forecast.getByRole("button", { name: "Play" }).click();
    await expect(time).toHaveValue(event);
  });
});

test("the theme follows the system until it is chosen", async ({ rollcast, page }) => {
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await ground();
  await page.getByText("Dark", { exact: true }).click();
  const dark = await ground();
  expect(dark).not.toBe(light);
  await page.getByText("Auto", { exact: true }).click();
  expect(await ground()).toBe(light);
  await expect(rollcast.verdict).toBeVisible();
});

test("nothing is stored and nothing goes into the address", async ({ rollcast, page }) => {
  const address = page.url();
  await rollcast.paste(recipe);
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  expect(page.url()).toBe(address);
  const kept = await page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookies: document.cookie,
    databases: (await indexedDB.databases?.())?.length ?? 0,
  }));
  expect(kept).toEqual({ local: 0, session: 0, cookies: "", databases: 0 });
});

test("an altered binary is refused", async ({ page }) => {
  await page.route("**/*.wasm", async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length - 1] ^= 1;
    await route.fulfill({ response, body });
  });
  await page.goto("");
  await expect(page.getByRole("alert")).toContainText("Rollcast has stopped");
});
