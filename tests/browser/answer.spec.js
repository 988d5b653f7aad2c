// From a text to its answer, and back from the answer to the text.
import { expect, recipe, test } from "./rollcast.js";

test("an empty text is answered as the chart's own defaults", async ({ rollcast }) => {
  await expect(rollcast.verdict).toHaveAttribute("data-state", "outage");
  await expect(rollcast.verdict).toContainText("Recreate");
});

test("the recipe rolls, one more and none less, and its overlap is told and drawn", async ({ rollcast }) => {
  await rollcast.paste(recipe);
  await expect(rollcast.verdict).toContainText("RollingUpdate, maxSurge 1, maxUnavailable 0");
  await expect(rollcast.why.getByLabel("What Helm prints")).toHaveText(/maxSurge: 1\s+maxUnavailable: 0/);
  await expect(rollcast.window("Old and new overlap")).toHaveText(/^\d+–\d+ s$/);
  await expect(rollcast.timeline.locator('[data-window="overlap"] .window-bar')).toHaveCount(1);
  await expect(rollcast.timeline.locator('.bar-state[data-state="draining"]')).not.toHaveCount(0);
});

test("a broken text keeps the last good answer, marked, and the error leads to its line", async ({ rollcast, page }) => {
  await rollcast.paste(recipe);
  await rollcast.text.press("ControlOrMeta+End");
  await page.keyboard.insertText("  broken: [1, 2\nmore: true\n");
  await expect(rollcast.failure).toContainText("Helm cannot read");
  await expect(rollcast.failure.getByLabel("Helm's message")).toContainText("error converting YAML to JSON");
  await expect(rollcast.verdict).toContainText("Last good answer");
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  await expect(rollcast.text).toHaveAttribute("aria-invalid", "true");
  const place = rollcast.answer.getByRole("button", { name: /line \d+, column \d+/ });
  const line = Number(/line (\d+)/.exec(await place.textContent())[1]);
  await rollcast.text.press("ControlOrMeta+Home");
  await place.click();
  await expect(page.locator(".status:visible")).toContainText(`Line ${line}, column`);
  await expect(rollcast.text).toBeFocused();
  await page.keyboard.insertText("here");
  expect((await rollcast.content()).split("\n")[line - 1]).toContain("here");

  await rollcast.paste(recipe);
  await expect(rollcast.failure).toHaveCount(0);
  await expect(rollcast.verdict).not.toContainText("Last good answer");
});

test("an origin selects its value", async ({ rollcast }) => {
  await rollcast.paste(recipe);
  await rollcast.why.getByRole("button", { name: /app.allowMultiReplica/ }).first().click();
  await expect(rollcast.text).toBeFocused();
  expect(await rollcast.selected()).toBe("true");
});

test("positions are right behind characters outside of the basic plane", async ({ rollcast }) => {
  await rollcast.paste(`# 😀 é ü\n${recipe}`);
  await rollcast.why.getByRole("button", { name: /app.allowMultiReplica/ }).first().click();
  expect(await rollcast.selected()).toBe("true");
});

test("ticking what only the operator knows changes the checklist, and unticking changes it back", async ({ rollcast }) => {
  await rollcast.paste(recipe);
  const item = rollcast.checklist.getByRole("listitem").filter({ has: rollcast.page.getByRole("checkbox") }).first();
  const id = await item.getAttribute("id");
  const same = rollcast.checklist.locator(`#${id}`);
  await expect(same).toHaveAttribute("data-state", "confirm");
  await same.getByRole("checkbox").check();
  await expect(same).toHaveAttribute("data-state", "met");
  await same.getByRole("checkbox").uncheck();
  await expect(same).toHaveAttribute("data-state", "confirm");
});

test("a longer boot makes longer windows, and nonsense changes nothing", async ({ rollcast }) => {
  await rollcast.paste(recipe);
  const before = await rollcast.window("Old and new overlap").textContent();
  const worst = rollcast.forecast.getByRole("textbox", { name: "Boot, at worst, seconds" });
  await worst.fill("120");
  await expect(rollcast.window("Old and new overlap")).not.toHaveText(before);
  const longer = await rollcast.window("Old and new overlap").textContent();
  await worst.fill("soon");
  await expect(worst).toHaveAttribute("aria-invalid", "true");
  await expect(rollcast.window("Old and new overlap")).toHaveText(longer);
  await rollcast.forecast.getByRole("button", { name: "Back to the defaults" }).click();
  await expect(rollcast.window("Old and new overlap")).toHaveText(before);
});

test("what depends on the node is shown for both", async ({ rollcast }) => {
  await rollcast.example("The override that deadlocks");
  await expect(rollcast.verdict).toHaveAttribute("data-state", "deadlock");
  await expect(rollcast.window("Deadlock")).toHaveText("for ever");
  const cases = rollcast.forecast.getByRole("group", { name: "Case" }).getByRole("button");
  await expect(cases).toHaveCount(2);
  await cases.nth(1).click();
  await expect(rollcast.window("Deadlock")).toHaveCount(0);
  await rollcast.forecast.getByText("Same node", { exact: true }).click();
  await expect(cases).toHaveCount(0);
});

test("a Deployment that the API server refuses has no timeline", async ({ rollcast }) => {
  await rollcast.example("Recreate with numbers");
  await expect(rollcast.verdict).toHaveAttribute("data-state", "refused");
  await expect(rollcast.timeline).toHaveCount(0);
});

test("flags count, and lead back to their text", async ({ rollcast }) => {
  await rollcast.paste(recipe);
  await rollcast.flags.fill("helm upgrade lobu ./chart --set app.allowMultiReplica=false");
  await expect(rollcast.verdict).toContainText("Recreate");
  await rollcast.why.getByRole("button", { name: /app.allowMultiReplica/ }).first().click();
  await expect(rollcast.flags).toBeFocused();
  await rollcast.flags.fill("--set app.allowMultiReplica");
  await expect(rollcast.answer).toContainText("Helm cannot read this flag");
  await expect(rollcast.failure).toContainText("has no value");
});

test("what --set-file reads is asked for, and can be pasted, opened or dropped", async ({ rollcast, page }) => {
  await rollcast.flags.fill("--set-file app.strategy=deploy/strategy.txt");
  await expect(rollcast.failure).toContainText("There is no content for the file");
  const content = page.getByRole("textbox", { name: "deploy/strategy.txt" });
  await expect(content).toHaveAttribute("aria-invalid", "true");
  await rollcast.expectAccessible();
  await content.fill("Recreate");
  await expect(content).not.toHaveAttribute("aria-invalid");
  await expect(rollcast.failure).toHaveCount(0);

  await rollcast.flags.fill("--set-file app.notes=notes.txt");
  await expect(rollcast.failure).toContainText("There is no content for the file");
  const file = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("any\n") };
  await page.getByLabel("Open files").setInputFiles(file);
  await expect(page.getByRole("textbox", { name: "notes.txt" })).toHaveValue("any\n");
  await expect(rollcast.failure).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Close notes.txt" })).toHaveCount(0);
});

test("a fix is made in the text, and undone", async ({ rollcast, page }) => {
  test.slow();
  const text = "# ours\napp:\n  replicaCount: 2 # two\n  allowMultiReplica: \"false\"\n  workspaces: {enabled: false}\n";
  await rollcast.paste(text);
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  const fix = page.getByRole("button", { name: /^Apply.*false/ }).first();
  await rollcast.unfold();
  await fix.click();
  await expect(rollcast.verdict).toContainText("Recreate");
  expect(await rollcast.content()).toBe(text.replace('"false"', "false"));
  await rollcast.text.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  expect(await rollcast.content()).toBe(text);
});

test("a flag is written anew where it stands, and lines that Helm never reads become comments", async ({ rollcast, page }) => {
  const text = "app:\n  replicaCount: 1\n---\n# ours\nworker:\n  enabled: false\n";
  const command = "helm upgrade lobu ./lobu \\\n  --set 'app.allowMultiReplica=no' \\\n  --set image.tag=7.1.0";
  const flags = page.getByRole("textbox", { name: /^Flags/ });
  await rollcast.paste(text);
  await flags.fill(command);
  const anew = page.locator(".fix", { hasText: /^Write .*allowMultiReplica=false/ }).first();
  await expect(anew).toBeAttached();
  await rollcast.unfold();
  await anew.getByRole("button", { name: /^Apply/ }).click();
  await expect(flags).toHaveValue(command.replace("'app.allowMultiReplica=no'", "app.allowMultiReplica=false"));
  await page.locator(".fix", { hasText: /^Turn the lines/ }).first().getByRole("button", { name: /^Apply/ }).click();
  await expect.poll(() => rollcast.content()).toBe("app:\n  replicaCount: 1\n---\n# ours\n# worker:\n#   enabled: false\n");
  await page.getByRole("button", { name: "Bring back my text" }).click();
  await expect.poll(() => rollcast.content()).toBe(text);
});

test("another release answers by its own rule", async ({ rollcast, page }) => {
  await rollcast.paste(recipe);
  await page.getByLabel("Chart").selectOption("14.0.0");
  await expect(rollcast.verdict).not.toContainText("maxSurge 1, maxUnavailable 0");
});

test("the answer is announced once typing pauses", async ({ rollcast, page }) => {
  const status = page.getByRole("status");
  await expect(status).toContainText("Outage: Recreate");
  await rollcast.paste(recipe);
  await expect(status).toContainText("RollingUpdate");
});

test("a window's caveat leads to its finding", async ({ rollcast, page }) => {
  await rollcast.paste(recipe);
  const hazard = rollcast.forecast.getByRole("list", { name: /What bites in/ }).getByRole("button").first();
  const title = (await hazard.textContent()).trim();
  await hazard.click();
  const target = page.locator(":focus");
  await expect(target).toContainText(title);
  await expect(target.locator("details")).toHaveAttribute("open", "");
});
