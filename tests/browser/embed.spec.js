// The page inside a documentation page, by the very snippet of docs/embed.md.
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { host, site } from "./host.js";

test("the snippet of the documentation works", async ({ page }) => {
  const guide = await readFile(new URL("../../docs/embed.md", import.meta.url), "utf8");
  const [, snippet] = /```html\n([^]*?)```/.exec(guide);
  const rollcast = await host(site);
  const docs = await host(async (name) => {
    if (name !== "index.html") throw new Error("no such file");
    return `<!doctype html><html lang="en"><title>Docs</title>${snippet.replace("https://rollcast.github.io/rollcast/", rollcast.address)}`;
  });
  await page.goto(docs.address);
  const frame = page.frameLocator("iframe");
  await expect(frame.locator(".verdict-headline")).toContainText("RollingUpdate");
  await expect(frame.locator(".colophon")).toBeHidden();
  await expect(frame.locator("html[data-loaded]")).toHaveCount(1);
  await expect(frame.locator(".cm-content")).toContainText("allowMultiReplica");
  await docs.close();
  await rollcast.close();
});
