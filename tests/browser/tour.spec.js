// The tour for newcomers.
import { expect, test } from "./rollcast.js";

test("the tour leads through the page with the keyboard alone, and leaves it as it was", async ({ rollcast, page }) => {
  const mine = "app:\n  replicaCount: 3\n";
  await rollcast.paste(mine);
  const begin = page.getByRole("button", { name: "Tour" });
  const place = () => rollcast.verdict.evaluate((verdict) => verdict.getBoundingClientRect().x);
  const before = await place();
  await begin.focus();
  await page.keyboard.press("Enter");
  const box = page.getByRole("dialog");
  await expect(box).toBeFocused();
  await expect(box).toHaveAccessibleName("Values go in here");
  await expect(rollcast.text).toContainText("replicaCount: 2");
  expect(await place()).toBe(before);

  const next = box.getByRole("button", { name: "Next" });
  for (let tabs = 0; tabs < 2; tabs += 1) await page.keyboard.press("Tab");
  await expect(next).toBeFocused();
  for (const [name, strategy] of [
    ["The verdict", "Recreate"],
    ["Why it is so", "Recreate"],
    ["What one line changes", "RollingUpdate"],
    ["What only you know", "RollingUpdate"],
    ["The rollout, second by second", "RollingUpdate"],
  ]) {
    await page.keyboard.press("Enter");
    await expect(box).toHaveAccessibleName(name);
    await expect(rollcast.verdict).toContainText(strategy);
  }
  await expect(rollcast.forecast).toBeInViewport();
  await box.getByRole("button", { name: "Back" }).click();
  await expect(box).toHaveAccessibleName("What only you know");
  await page.keyboard.press("Escape");
  await expect(box).toHaveCount(0);
  await expect(begin).toBeFocused();
  expect(await rollcast.content()).toBe(mine);
});

test("Escape that closes something of the page does not end the tour, and the page can be used meanwhile", async ({ rollcast, page }) => {
  await page.getByRole("button", { name: "Tour" }).click();
  const box = page.getByRole("dialog");
  await rollcast.text.press("ControlOrMeta+End");
  await page.keyboard.type("i");
  await page.keyboard.press("Control+Space");
  await expect(page.locator(".cm-tooltip-autocomplete")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.locator(".cm-tooltip-autocomplete")).toHaveCount(0);
  await expect(box).toBeVisible();
  await box.getByRole("button", { name: "End the tour" }).click();
  await expect(box).toHaveCount(0);
  // Nothing was entered before, so the example stays to play with.
  await expect(rollcast.text).toContainText("replicaCount: 2");
});
