// The rich editor in its place on the page.
import { expect, test } from "./rollcast.js";

const quotedFalse = 'app:\n  allowMultiReplica: "false"\n  workspaces:\n    enabled: false\n';

test("every key is answered, and undo takes each step back", async ({ rollcast, page }) => {
  await rollcast.paste(quotedFalse);
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("x: [\n");
  await expect(rollcast.failure).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(rollcast.failure).toHaveCount(0);
  expect(await rollcast.content()).toBe(quotedFalse);
});

test("an error is marked where it is", async ({ rollcast, page }) => {
  await rollcast.paste("a: 😀\nb: 'x\n");
  await expect(page.locator(".cm-lintRange-error, .cm-lintPoint-error")).toHaveCount(1);
  await expect(page.locator(".cm-lint-marker-error")).toHaveCount(1);
  await rollcast.expectAccessible();
});

test("findings are marked at their values and lead to all of their words", async ({ rollcast, page }) => {
  await rollcast.paste(quotedFalse);
  await page.locator(".cm-lintRange").filter({ hasText: "false" }).first().hover();
  const box = page.locator(".cm-tooltip-lint");
  await expect(box).toBeVisible();
  await rollcast.expectAccessible();
  await box.getByRole("button", { name: "Show all of it" }).first().click();
  await expect(page.locator('[id^="finding-"]:focus')).toHaveCount(1);
});

test("of two findings of one kind each place offers its own fix", async ({ rollcast, page }) => {
  const text = "app:\n  preStopDelaySeconds: 015\n  terminationGracePeriodSeconds: 0100\n";
  await rollcast.paste(text);
  await page.locator(".cm-lintRange").filter({ hasText: "0100" }).first().hover();
  const box = page.locator(".cm-tooltip-lint");
  await box.getByRole("button", { name: "Write 64 for 0100, as Helm reads it" }).click();
  await expect.poll(() => rollcast.content()).toBe(text.replace("0100", "64"));
});

test("keys are completed and explained", async ({ rollcast, page }) => {
  await rollcast.text.focus();
  await page.keyboard.type("app:\n  allowM");
  await expect(page.getByRole("option", { name: /allowMultiReplica/ })).toBeVisible();
  await rollcast.expectAccessible(".editor-pane");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Space");
  await page.getByRole("option", { name: "true" }).click();
  await expect(rollcast.failure).toHaveCount(0);
  expect(await rollcast.content()).toBe("app:\n  allowMultiReplica: true");
  const note = page.locator(".cm-tooltip .note").first();
  // CodeMirror takes no notice of a pointer that comes while it measures, until it moves again.
  await expect(async () => {
    await page.mouse.move(0, 0);
    await page.locator(".cm-line").getByText("allowMultiReplica", { exact: true }).hover();
    await expect(note).toContainText("main-776 to main-871", { timeout: 2000 });
  }).toPass();
  const address = await note.getByRole("link").evaluate((link) => link.href);
  const learn = await page.context().newPage();
  await learn.goto(address);
  await expect(learn.locator("dt:target")).toHaveText("app.allowMultiReplica");
  await learn.close();
});

test("the focus may leave the end of a wrapped line before the editor has measured it", async ({ rollcast, page }) => {
  await rollcast.paste(`key: ${"word ".repeat(60)}\n`);
  await page.keyboard.press("ControlOrMeta+Home");
  await rollcast.text.evaluate((field) => {
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "End", keyCode: 35, bubbles: true, cancelable: true }));
    document.getElementById("flags").focus();
  });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await expect(rollcast.flags).toBeFocused();
});

test("plain text is a choice, and history survives it", async ({ rollcast, page }) => {
  await rollcast.paste("app: {replicaCount: 2}\n");
  await rollcast.plain();
  await expect(rollcast.text).toHaveValue("app: {replicaCount: 2}\n");
  await rollcast.text.fill("app: {replicaCount: 3}\n");
  await page.getByRole("checkbox", { name: "Plain text" }).uncheck();
  await expect(page.locator(".cm-content")).toContainText("replicaCount: 3");
  await rollcast.text.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.locator(".cm-content")).toContainText("replicaCount: 2");
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.locator(".cm-content")).not.toContainText("replicaCount");
});

test("each file keeps its history", async ({ rollcast, page }) => {
  await rollcast.paste("app: {replicaCount: 2}\n");
  await page.getByRole("button", { name: "Add a values file" }).click();
  await rollcast.file("values-2.yaml").focus();
  await page.keyboard.insertText("app: {replicaCount: 4}\n");
  await page.getByRole("button", { name: "values.yaml", exact: true }).click();
  await rollcast.file("values.yaml").focus();
  await page.keyboard.insertText("# first\n");
  await page.keyboard.press("ControlOrMeta+z");
  expect(await rollcast.content()).toBe("app: {replicaCount: 2}\n");
  await page.getByRole("button", { name: "values-2.yaml", exact: true }).click();
  await rollcast.file("values-2.yaml").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(rollcast.text).not.toContainText("4");
});

test("keys typed quickly are all kept", async ({ rollcast, page }) => {
  await rollcast.text.focus();
  const words = "# some words that are typed in a hurry, again and again and again";
  await page.keyboard.type(words);
  expect(await rollcast.content()).toBe(words);
});

test("a file dropped onto the text is opened beside it", async ({ rollcast, page }) => {
  await rollcast.paste("app: {replicaCount: 2}\n");
  const transfer = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["app: {allowMultiReplica: true, workspaces: {enabled: false}}\r\n"], "dropped.yaml"));
    return transfer;
  });
  await page.locator(".cm-content").dispatchEvent("drop", { dataTransfer: transfer });
  await expect(rollcast.file("dropped.yaml")).toBeVisible();
  await expect(rollcast.verdict).toContainText("RollingUpdate");
});

test("what is typed before the editor comes is kept, with the selection", async ({ rollcast, page, complaints }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/editor-\w+\.js$/, async (route) => {
    await held;
    await route.continue();
  });
  // A reload of the page the fixture opened, without its service worker, which has the editor already.
  await page.evaluate(async () => (await navigator.serviceWorker?.getRegistration())?.unregister());
  complaints.loading();
  await page.reload();
  const field = page.locator("textarea.editor-text");
  await expect(page.locator("#app[data-opening]")).toHaveCount(0);
  await field.fill("app: {replicaCount: 2}\n");
  await field.evaluate((field) => field.setSelectionRange(20, 21));
  release();
  await rollcast.loaded();
  complaints.loaded();
  await expect(rollcast.text).toBeFocused();
  await page.keyboard.insertText("9");
  expect(await rollcast.content()).toBe("app: {replicaCount: 9}\n");
});
