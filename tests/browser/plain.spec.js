// The plain text field and the files.
import { expect, recipe, test } from "./rollcast.js";

test.beforeEach(({ rollcast }) => rollcast.plain());

test("several files: open, show, rename, close, and what was closed comes back", async ({ rollcast, page }) => {
  await rollcast.paste(recipe);
  await page.getByLabel("Open files").setInputFiles([
    { name: "one.yaml", mimeType: "text/yaml", buffer: Buffer.from("app:\r\n  replicaCount: 3\r\n") },
    { name: "two.yaml", mimeType: "text/yaml", buffer: Buffer.from("app:\n  allowMultiReplica: false\n") },
  ]);
  const tabs = page.getByRole("list", { name: /^Values files/ });
  await expect(tabs.getByRole("button", { name: "two.yaml", exact: true })).toHaveAttribute("aria-current", "true");
  await expect(rollcast.verdict).toContainText("Recreate");

  await tabs.getByRole("button", { name: "one.yaml", exact: true }).click();
  await expect(rollcast.text).toHaveValue("app:\n  replicaCount: 3\n");
  await tabs.getByRole("button", { name: "one.yaml", exact: true }).click();
  await page.getByRole("textbox", { name: "Name of the file" }).fill("prod.yaml");
  await page.keyboard.press("Enter");
  await expect(tabs.getByRole("button", { name: "prod.yaml", exact: true })).toBeVisible();

  await tabs.getByRole("button", { name: "Close two.yaml" }).click();
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  await page.getByRole("button", { name: "Bring back my text" }).click();
  await expect(rollcast.verdict).toContainText("Recreate");
});

test("a dropped file is opened", async ({ rollcast, page }) => {
  const transfer = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], "dropped.yaml"));
    return transfer;
  }, recipe);
  await page.locator(".editor-pane").dispatchEvent("drop", { dataTransfer: transfer });
  await expect(rollcast.text).toHaveValue(recipe);
  await expect(rollcast.verdict).toContainText("RollingUpdate");
});

test("undo works across files and answers", async ({ rollcast, page, browserName }) => {
  test.skip(browserName === "firefox", "Firefox takes no undo from a test, not even in an empty page");
  await rollcast.text.focus();
  await rollcast.text.pressSequentially("app:\n  replicaCount: 2\n");
  await page.getByRole("button", { name: "Add a values file" }).click();
  await page.getByRole("button", { name: "values.yaml", exact: true }).click();
  await rollcast.text.focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(rollcast.text).not.toHaveValue("app:\n  replicaCount: 2\n");
});

test("lines are numbered where they are, and the caret's place is told", async ({ rollcast, page }) => {
  const lines = Array.from({ length: 300 }, (_, line) => `key${line + 1}: 1`);
  await rollcast.paste(lines.join("\n"));
  await expect(page.getByText("300 lines")).toBeVisible();
  await expect(page.getByText(`Line 300, column ${lines[299].length + 1}`)).toBeVisible();
  const numbers = page.locator(".gutter:visible .line-number");
  await expect(numbers.last()).toHaveText("300");
  expect(await numbers.count()).toBeLessThan(60);
  await rollcast.text.press("ControlOrMeta+Home");
  await rollcast.text.evaluate((field) => (field.scrollTop = 0));
  await expect(numbers.first()).toHaveText("1");
});

test("Tab leaves the text", async ({ rollcast, page }) => {
  await rollcast.paste("a: 1");
  await page.keyboard.press("Tab");
  await expect(rollcast.text).not.toBeFocused();
  await expect(rollcast.text).toHaveValue("a: 1");
});

test("examples replace the text, and the text comes back", async ({ rollcast, page }) => {
  await rollcast.paste("# mine\n");
  await rollcast.example("The recipe of #776");
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  await expect(page.locator(".look")).toContainText("The recipe of #776");
  await page.getByRole("button", { name: "Bring back my text" }).click();
  await expect(rollcast.text).toHaveValue("# mine\n");
});
