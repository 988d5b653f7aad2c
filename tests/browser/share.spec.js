// Links, and what else leaves the page at the reader's wish.
import { readFile } from "node:fs/promises";
import { Rollcast, expect, recipe, test } from "./rollcast.js";

async function share(page) {
  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function link(page) {
  const dialog = await share(page);
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const address = await dialog.getByRole("textbox", { name: "The link" }).inputValue();
  await dialog.getByRole("button", { name: "Close" }).click();
  return address;
}

/** Opens an address in another page. */
async function elsewhere(context, address) {
  const other = new Rollcast(await context.newPage());
  await other.open(address);
  return other;
}

test("a link brings back the answer, without what does not decide and without secrets", async ({ rollcast, page, context }) => {
  await rollcast.paste(`# ours\n${recipe}  env: {API_TOKEN: hush, DSN: "postgres://u:pw@db/x"}\nmine: {secret: plans}\n`);
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  const dialog = await share(page);
  await expect(dialog.getByText("1 key is left out")).toBeVisible();
  await expect(dialog.getByText("app.env.API_TOKEN, app.env.DSN")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  const before = page.url();
  const address = await link(page);
  expect(page.url()).toBe(before);
  expect(address.length).toBeLessThan(250);

  const other = await elsewhere(context, address);
  for (const part of [".verdict-headline", ".verdict-consequence"]) {
    expect(await other.verdict.locator(part).textContent()).toBe(await rollcast.verdict.locator(part).textContent());
  }
  const arrived = await other.content();
  for (const word of ["hush", "pw", "plans", "ours"]) expect(arrived).not.toContain(word);
  expect(arrived).toContain("replicaCount: 2");
});

test("a link to the texts as they are keeps comments, and broken text too", async ({ rollcast, page, context }) => {
  await rollcast.paste("# why\napp: [\n");
  const dialog = await share(page);
  await expect(dialog.getByText("Helm cannot read these values")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  const other = await elsewhere(context, await link(page));
  expect(await other.content()).toContain("# why");
});

test("links of the past are shown, and links that are none say why", async ({ rollcast, page, complaints }) => {
  const golden = await readFile(new URL("../../crates/share/tests/golden.rs", import.meta.url), "utf8");
  const [recipe] = /v1=zdIh[\w-]+/.exec(golden);
  const show = (fragment) => page.evaluate((fragment) => (location.hash = fragment), fragment);
  await show(recipe);
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  expect(await rollcast.content()).toContain("storageClass: efs-sc");
  await show(recipe.slice(0, -6));
  await expect(page.getByRole("alert")).toContainText("damaged");
  await show("v2=abc");
  await expect(page.getByRole("alert")).toContainText("later version");
  complaints.loading();
  await page.reload();
  await rollcast.loaded();
  await expect(page.getByRole("alert")).toContainText("later version");
});

test("a link pasted over the address is shown, and leaves the address at the first edit", async ({ rollcast, page }) => {
  await rollcast.paste(recipe);
  const address = await link(page);
  await rollcast.paste("app: {replicaCount: 7}\n");
  await page.evaluate((address) => (location.href = address), address);
  await expect(rollcast.text).toContainText("allowMultiReplica");
  expect(page.url()).toBe(address);
  await page.getByRole("button", { name: "Bring back my text" }).click();
  await expect(rollcast.text).toContainText("replicaCount: 7");
  await expect.poll(() => page.url()).not.toContain("v1=");
});

test("a scenario has an address", async ({ rollcast, page, complaints }) => {
  complaints.loading();
  await page.goto("#scenario=quoted-false");
  await page.reload();
  await rollcast.loaded();
  await expect(page.locator(".look")).toContainText("The quoted false");
});

test("what is too long for a link is refused with advice", async ({ rollcast, page }) => {
  const noise = Array.from({ length: 6000 }, (_, line) => `# ${((line * 2654435761) >>> 0).toString(36)}${Math.imul(line, 40503)}`);
  const buffer = Buffer.from(noise.join("\n"));
  await page.getByLabel("Open files").setInputFiles({ name: "noise.yaml", mimeType: "application/yaml", buffer });
  await expect(rollcast.file("noise.yaml")).toContainText("# 0");
  const dialog = await share(page);
  await dialog.getByRole("radio", { name: "The texts as they are" }).check();
  await dialog.getByRole("button", { name: "Make the link" }).click();
  await expect(dialog.getByText("Pass it on as a file")).toBeVisible();
});

test("reports and files to take along", async ({ rollcast, page, browserName }) => {
  test.skip(browserName === "firefox", "Playwright does not tell of downloads over WebDriver BiDi");
  await rollcast.paste(recipe);
  const dialog = await share(page);
  const save = async (what, name) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      dialog.getByRole("button", { name: `Save ${what}` }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(name);
    return readFile(await download.path(), "utf8");
  };
  expect(await save("the values file", "overlay.yaml")).toContain("  allowMultiReplica: true\n");
  expect(JSON.parse(await save("the report as JSON", "rollcast.json")).outcome.status).toBe("rendered");
  expect(await save("the report as Markdown", "rollcast.md")).toContain("RollingUpdate");
});

test("nothing is kept unless it is asked for, and then until it is cleared", async ({ rollcast, page, complaints }) => {
  const reload = async () => {
    complaints.loading();
    await page.reload();
    await rollcast.loaded();
    complaints.loaded();
  };
  await rollcast.paste(recipe);
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
  await reload();
  expect(await rollcast.content()).not.toContain("allowMultiReplica");

  await rollcast.paste(recipe);
  let dialog = await share(page);
  await dialog.getByRole("checkbox", { name: "Remember" }).check();
  await dialog.getByRole("button", { name: "Close" }).click();
  await reload();
  expect(await rollcast.content()).toBe(recipe);

  // A change that still waits to be kept is not kept after the clearing: its timer runs before this longer one.
  await rollcast.paste(`${recipe}mine: 1\n`);
  dialog = await share(page);
  await dialog.getByRole("button", { name: "Clear it now" }).click();
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)));
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("what a file of a flag contains goes with the texts, and is remembered", async ({ rollcast, page, context, complaints }) => {
  await rollcast.flags.fill("--set-file app.strategy.type=type.txt");
  const content = (rollcast) => rollcast.page.getByRole("textbox", { name: "type.txt" });
  await content(rollcast).fill("RollingUpdate");
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  const dialog = await share(page);
  await dialog.getByRole("radio", { name: "The texts as they are" }).check();
  await expect(dialog.getByLabel("What the link carries").last()).toContainText("What type.txt contains");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const other = await elsewhere(context, await dialog.getByRole("textbox", { name: "The link" }).inputValue());
  await expect(content(other)).toHaveValue("RollingUpdate");
  await expect(other.verdict).toContainText("RollingUpdate");

  await dialog.getByRole("checkbox", { name: "Remember" }).check();
  complaints.loading();
  await page.reload();
  await rollcast.loaded();
  await expect(content(rollcast)).toHaveValue("RollingUpdate");
});

test("the dialog is accessible, and Escape leaves it", async ({ rollcast, page }) => {
  await rollcast.paste(`${recipe}mine: 1\n`);
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  const dialog = await share(page);
  await dialog.getByText("1 key is left out").click();
  await dialog.getByRole("button", { name: "Make the link" }).click();
  await rollcast.expectAccessible();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name: "Share" })).toBeFocused();
});
