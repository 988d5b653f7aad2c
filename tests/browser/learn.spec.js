// Learn: pages that were written when the site was built.
import { expect, Rollcast, test } from "./rollcast.js";

test("a search leads to the page of a finding", async ({ page, complaints }) => {
  await page.goto("learn/");
  const entries = page.locator(".entry").filter({ visible: true });
  const all = await entries.count();
  await page.getByRole("searchbox", { name: "Search these pages" }).fill("multi-attach");
  await expect(page.getByRole("status")).toHaveText(/^\d+ pages?$/);
  expect(await entries.count()).toBeLessThan(all);
  await page.getByRole("link", { name: "RollingUpdate on a ReadWriteOnce claim" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("RollingUpdate on a ReadWriteOnce claim");
  await expect(page.getByRole("button", { name: /^Copy/ }).first()).toBeVisible();
  await page.goto("learn/?q=nothing-has-this-word");
  await expect(page.getByRole("status")).toHaveText("No page has all these words.");
  await expect(entries).toHaveCount(0);
  await page.waitForLoadState("networkidle");
  complaints.loaded();
});

test("an example opens in the page with the verdict it was written with", async ({ page }) => {
  test.slow();
  const rollcast = new Rollcast(page);
  const address = "learn/rolling-on-rwo/";
  await page.goto(address);
  const examples = page.locator(".example").filter({ has: page.getByRole("link", { name: /^Open/ }) });
  const count = await examples.count();
  expect(count).toBeGreaterThan(0);
  for (let at = 0; at < count; at += 1) {
    await page.goto(address);
    const written = await examples.nth(at).locator(".verdict-headline").textContent();
    await examples.nth(at).getByRole("link", { name: /^Open/ }).click();
    await rollcast.loaded();
    await expect(rollcast.answer.locator(".verdict-headline")).toHaveText(written);
  }
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("axe finds nothing in Learn", async ({ page, complaints }) => {
      const rollcast = new Rollcast(page);
      for (const address of ["learn/", "learn/rolling-on-rwo/", "learn/claim-deleted/", "learn/chart-releases/"]) {
        await page.goto(address);
        await page.waitForLoadState("networkidle");
        await rollcast.expectAccessible();
      }
      await page.setViewportSize({ width: 320, height: 640 });
      await rollcast.expectNoSidewaysScroll();
      complaints.loaded();
    });
  });
}

test.describe("with less motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });
  test.skip(({ browserName }) => browserName !== "chromium", "Firefox cannot be told so from outside");

  test("figures stand still and offer no motion", async ({ page }) => {
    await page.goto("learn/rolling-on-rwo/");
    await expect(page.getByRole("checkbox", { name: /^Motion/ })).toHaveCount(0);
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
  });
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });
  test.skip(({ browserName }) => browserName !== "chromium", "Firefox cannot be told so from outside");

  test("everything is there to read", async ({ page }) => {
    await page.goto("learn/");
    await expect(page.locator(".search")).toBeHidden();
    await page.getByRole("link", { name: "The overlap window", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("The overlap window");
    await expect(page.locator(".verdict-headline")).toContainText("RollingUpdate, maxSurge 1, maxUnavailable 0");
  });
});
