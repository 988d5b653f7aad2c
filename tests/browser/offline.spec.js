// The copy that works without a network, and how it gives way to a new version.
import { expect, test } from "@playwright/test";
import { createHash } from "node:crypto";
import { host, site } from "./host.js";
import { Rollcast } from "./rollcast.js";

let server;
test.beforeEach(async ({ page }) => {
  server = await host(site);
  await new Rollcast(page).open(server.address);
  const state = await page.evaluate(async () => (await navigator.serviceWorker.ready).active.state);
  expect(state).toMatch(/^activat/);
});
test.afterEach(() => server.close());

/** The site with another title, as a later build would be; `has` says which of its two files the host has already. */
async function newer(has = () => true) {
  const page = String(await site("index.html")).replace("<title>Rollcast", "<title>Newer Rollcast");
  const integrity = `sha384-${createHash("sha384").update(page).digest("base64")}`;
  const worker = String(await site("sw.js"))
    .replace(/"index.html": "[^"]*"/, `"index.html": "${integrity}"`)
    .replace(/const version = "\w+"/, 'const version = "newer"');
  const files = { "index.html": page, "sw.js": worker };
  return async (name) => (name in files && has(name) ? files[name] : site(name));
}

async function reload(page) {
  await page.reload();
  await new Rollcast(page).loaded();
}

test("after one visit the page opens without a network, editor included", async ({ page }) => {
  const rollcast = new Rollcast(page);
  server.online = false;
  await reload(page);
  await rollcast.paste("app: {allowMultiReplica: true, workspaces: {enabled: false}}\n");
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  await expect(page.locator(".cm-content")).toBeVisible();
});

test("Learn is kept for those who read it", async ({ page }) => {
  const kept = () =>
    page.evaluate(async () => {
      const [name] = await caches.keys();
      const requests = await (await caches.open(name)).keys();
      return requests.filter(({ url }) => /\/learn\/.*\.html$/.test(url)).length;
    });
  expect(await kept()).toBe(0);
  await page.goto(`${server.address}learn/quoted-boolean/`);
  const listed = String(await site("sw.js")).match(/"learn\/[^"]*\.html"/g).length;
  await expect.poll(kept, { timeout: 90_000 }).toBe(listed);
  server.online = false;
  await page.goto(`${server.address}learn/`);
  await page.getByRole("link", { name: "The overlap window", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The overlap window");
});

test("a new version is offered, and takes what was entered along", async ({ page }) => {
  const rollcast = new Rollcast(page);
  server.read = await newer();
  await reload(page);
  const notice = page.getByRole("status").filter({ hasText: "A new version" });
  await expect(notice).toBeVisible();
  await expect(page).toHaveTitle(/^Rollcast/);
  await rollcast.paste("app: {replicaCount: 5}\n");
  await notice.getByRole("button", { name: "Use it now" }).click();
  await expect(page).toHaveTitle(/^Newer Rollcast/);
  await rollcast.loaded();
  await expect(rollcast.text).toContainText("replicaCount: 5");
  expect(await page.evaluate(() => caches.keys())).toEqual(["rollcast-newer"]);
  await reload(page);
  await expect(rollcast.text).not.toContainText("replicaCount: 5");
});

test("while the host has only half of the new version, the old one stays whole", async ({ page }) => {
  server.read = await newer((name) => name === "sw.js");
  await reload(page);
  await expect(page).toHaveTitle(/^Rollcast/);
  await expect(page.getByText("A new version")).toBeHidden();
  server.read = await newer();
  await reload(page);
  await expect(page.getByText("A new version")).toBeVisible();
});

test("the page can be installed", async ({ page }) => {
  const manifest = await page.evaluate(async () => {
    const link = document.querySelector("link[rel=manifest]");
    const manifest = await (await fetch(link.href)).json();
    const icons = manifest.icons.map(async ({ src, sizes }) => {
      const image = await createImageBitmap(await (await fetch(new URL(src, link.href))).blob());
      return [sizes, `${image.width}x${image.height}`];
    });
    return { name: manifest.name, start: manifest.start_url, icons: await Promise.all(icons) };
  });
  expect(manifest.name).toBe("Rollcast");
  expect(manifest.start).toBe("./");
  for (const [stated, real] of manifest.icons) expect(real).toBe(stated);
});
