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
      if (loaded || !request.url().startsWith(baseURL)) complaints.push(`request: ${request.url()}`);
    });
    await page.addInitScript(() => {
      window.violations = [];
      addEventListener("securitypolicyviolation", (event) => {
        window.violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
      });
    });
    await use({ list: complaints, loaded: () => (loaded = true) });
    const violations = page.isClosed() ? [] : await page.evaluate(() => window.violations ?? []);
    expect([...complaints, ...violations]).toEqual([]);
  },

  /** The page, loaded and with its first answer. */
  rollcast: async ({ page, complaints }, use) => {
    const rollcast = new Rollcast(page);
    await page.goto("");
    await expect(rollcast.verdict).toBeVisible();
    await page.waitForLoadState("networkidle");
    complaints.loaded();
    await use(rollcast);
  },
});

export class Rollcast {
  constructor(page) {
    this.page = page;
    this.text = page.getByRole("textbox", { name: /^Values file / }).filter({ visible: true });
    this.flags = page.getByLabel("Flags", { exact: false }).and(page.locator("textarea"));
    this.answer = page.getByRole("region", { name: "Verdict" });
    this.verdict = this.answer.locator(".verdict[data-state]:not([data-state=loading])");
    this.failure = this.answer.locator(".failure");
    this.why = page.getByRole("region", { name: "Why this strategy" });
    this.checklist = page.getByRole("region", { name: "Before a rolling deploy" });
    this.findings = page.getByRole("region", { name: "What else stands out" });
    this.forecast = page.getByRole("region", { name: "The rollout, second by second" });
    this.timeline = this.forecast.getByRole("img", { name: "Timeline of the likely run" });
  }

  /** Replaces the text as pasting would. */
  async paste(text) {
    await this.text.focus();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }

  /** Loads one of the examples. */
  async example(title) {
    await this.page.getByRole("button", { name: "Examples" }).click();
    await this.page.getByRole("button", { name: title }).click();
  }

  /** What is selected in the text. */
  async selected() {
    return this.text.evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
  }

  /** A length among the windows: "Old and new overlap" → "38–122 s". */
  window(name) {
    return this.forecast.getByRole("list", { name: "Windows" }).locator(".window-item", { hasText: name }).locator(".window-length");
  }

  /** Opens everything that is folded. */
  async unfold() {
    await this.page.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)));
  }

  /** Fails on every finding of axe. */
  async expectAccessible() {
    await this.page.evaluate(await readFile(axe, "utf8"));
    const violations = await this.page.evaluate(async () => {
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations } = await window.axe.run(document, { runOnly: tags });
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`);
    });
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
