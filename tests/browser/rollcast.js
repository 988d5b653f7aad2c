// The page as tests see it. Every test fails on an error in the console, on a violation of the policy, and on any request
// after the page has loaded.
import { expect, test as base } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

export { expect };

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

export const recipe = `app:
  replicaCount: 2
  allowMultiReplica: true
  preStopDelaySeconds: 15
  workspaces:
    enabled: true
    accessModes: [ReadWriteMany]
    storageClass: nfs-shared
`;

export const test = base.extend({
  /** What the console and the policy complain about, and what is requested after loading. */
  complaints: async ({ page, baseURL }, use) => {
    const complaints = [];
    let loaded = false;
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`error: ${error}`));
    page.on("request", (request) => {
      // Chromium itself asks for the icon again whenever the part of the address behind # changes.
      const again = /\/icon-\w+\.svg$/.test(request.url());
      if ((loaded && !again) || !request.url().startsWith(baseURL)) complaints.push(`request: ${request.url()}`);
    });
    await page.addInitScript(() => {
      window.violations = [];
      addEventListener("securitypolicyviolation", (event) => {
        window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
      });
    });
    await use({ list: complaints, loaded: () => (loaded = true), loading: () => (loaded = false) });
    const violations = page.isClosed() ? [] : await page.evaluate(() => window.violations ?? []);
    expect([...complaints, ...violations]).toEqual([]);
  },

  /** The page, loaded and with its first answer. */
  rollcast: async ({ page, complaints }, use) => {
    const rollcast = new Rollcast(page);
    await rollcast.open("");
    complaints.loaded();
    await use(rollcast);
  },
});

/** Keeps the WebAssembly back until what this gives is called. */
export async function holdWebAssembly(page, which = "**/*.wasm") {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(which, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

/** The page with its parts by name. */
export class Rollcast {
  constructor(page) {
    this.page = page;
    this.text = page.getByRole("textbox", { name: /^Values file / }).filter({ visible: true });
    this.flags = page.getByLabel("Flags", { exact: false }).and(page.locator("textarea"));
    this.answer = page.getByRole("region", { name: "Verdict" });
    this.verdict = this.answer.locator(".verdict");
    this.failure = this.answer.locator(".failure");
    this.why = page.getByRole("region", { name: "Why this strategy" });
    this.checklist = page.getByRole("region", { name: "Before a rolling deploy" });
    this.findings = page.getByRole("region", { name: "What else stands out" });
    this.forecast = page.getByRole("region", { name: "The rollout, second by second" });
    this.timeline = this.forecast.getByRole("img", { name: "Timeline of the likely run" });
  }

  /** Opens an address, and waits for the answer and until the page says that it will ask for nothing more. */
  async open(address) {
    await this.page.goto(address);
    await this.loaded();
  }

  async loaded() {
    await expect(this.page.locator("html[data-loaded]")).toHaveCount(1, { timeout: 15_000 });
    await expect(this.verdict.or(this.failure).first()).toBeVisible();
  }

  /** The field of a file by its name. */
  file(name) {
    return this.page.getByRole("textbox", { name: `Values file ${name}`, exact: true });
  }

  /** Leaves the rich editor for the plain text field. */
  async plain() {
    await this.page.getByRole("checkbox", { name: "Plain text" }).check();
    await expect(this.page.locator(".cm-content")).toBeHidden();
  }

  /** The text in front, in whichever field it is. */
  async content() {
    return this.text.evaluate((field) =>
      field instanceof HTMLTextAreaElement
        ? field.value
        : [...field.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"),
    );
  }

  /** Replaces the text as pasting would. */
  async paste(text) {
    await this.text.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    // In Firefox Playwright inserts by a command that, over several selected lines, leaves the outer breaks.
    await this.page.keyboard.press("Delete");
    await this.page.keyboard.insertText(text);
    await this.followed();
  }

  /** Waits until what is behind the verdict has followed it, which is after the next frame. */
  async followed() {
    await this.page.evaluate(() => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      return frame().then(frame);
    });
  }

  /** Loads one of the examples. */
  async example(title) {
    await this.page.getByRole("button", { name: "Examples" }).click();
    await this.page.getByRole("button", { name: title }).click();
  }

  /** What is selected in the text. */
  async selected() {
    return this.text.evaluate((field) => {
      if (field instanceof HTMLTextAreaElement) return field.value.slice(field.selectionStart, field.selectionEnd);
      // Chromium keeps a selection to its shadow root, Firefox does not.
      return String(field.getRootNode().getSelection?.() ?? getSelection());
    });
  }

  /** A length among the windows: "Old and new overlap" → "38–122 s". */
  window(name) {
    return this.forecast.getByRole("list", { name: "Windows" }).locator(".window-item", { hasText: name }).locator(".window-length");
  }

  /** Opens everything that is folded. */
  async unfold() {
    await this.page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  }

  /** Fails on every finding of axe, in the page or a part of it. */
  async expectAccessible(part = "html") {
    await this.page.evaluate(await readFile(axe, "utf8"));
    const violations = await this.page.evaluate(async (part) => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await window.axe.run(part, { runOnly: tags });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`);
    }, part);
    expect(violations).toEqual([]);
  }

  /** Fails where the page scrolls sideways. */
  async expectNoSidewaysScroll() {
    const { page, view, wide } = await this.page.evaluate(() => {
      const view = document.documentElement.clientWidth;
      const scrolls = (element) => {
        for (let parent = element; parent; parent = parent.parentElement) {
          if (/auto|scroll|hidden/.test(getComputedStyle(parent).overflowX)) return true;
        }
        return false;
      };
      const wide = [...document.querySelectorAll("body *")].filter(
        (element) => element.getBoundingClientRect().right > view + 1 && !element.closest("svg") && !scrolls(element.parentElement),
      );
      return { page: document.documentElement.scrollWidth, view, wide: wide.map((element) => element.outerHTML.slice(0, 120)) };
    });
    expect(wide).toEqual([]);
    expect(page).toBeLessThanOrEqual(view);
  }
}
