// Strategy and rollout while the page itself is still on its way: the WebAssembly's first part, in the page's first drawing.
import { Rollcast, expect, holdWebAssembly, recipe, test } from "./rollcast.js";

/** What carries everything but the first verdict. */
const rest = "**/*_page-*.wasm";

test("what is typed has its verdict before the page is there, and keeps it", async ({ page, complaints }) => {
  const release = await holdWebAssembly(page, rest);
  await page.goto("", { waitUntil: "commit" });
  const rollcast = new Rollcast(page);
  const headline = page.locator(".verdict-headline");
  await expect(headline).toHaveText("Recreate");
  await rollcast.text.fill(recipe);
  await expect(headline).toHaveText("RollingUpdate, maxSurge 1, maxUnavailable 0");
  await expect(page.locator("#app[data-opening]")).toHaveCount(1);
  // What explains the answer to another text would contradict it.
  await expect(rollcast.why).toBeHidden();
  await expect(page.getByRole("status").filter({ hasText: "The rest of the answer comes" })).toBeVisible();
  const said = await rollcast.verdict.innerText();

  await rollcast.text.fill(`${recipe}broken: [1\n`);
  await expect(headline).not.toHaveText("RollingUpdate, maxSurge 1, maxUnavailable 0");
  await expect(page.locator(".verdict-consequence")).toContainText("Line ");
  await expect(page.locator(".facts")).toBeHidden();
  await rollcast.expectAccessible();
  await rollcast.text.fill(recipe);
  await expect(page.locator(".facts")).toBeVisible();

  release();
  await rollcast.loaded();
  complaints.loaded();
  await expect(rollcast.text).toContainText("allowMultiReplica");
  expect(await rollcast.verdict.innerText()).toBe(said);
});

test("where the rest cannot be had, the page says so and the verdict goes on", async ({ page }) => {
  await page.route(rest, (route) => route.abort());
  await page.goto("");
  const rollcast = new Rollcast(page);
  await expect(page.getByRole("alert")).toContainText("A part of the page could not be fetched");
  await rollcast.text.fill(recipe);
  await expect(page.locator(".verdict-headline")).toHaveText("RollingUpdate, maxSurge 1, maxUnavailable 0");
  await expect(rollcast.why).toBeHidden();
  await rollcast.expectAccessible();
});
