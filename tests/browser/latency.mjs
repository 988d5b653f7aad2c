// How long a keystroke in the rich editor takes to change the verdict, in a values file of 300 lines, in Chromium. Prints a
// Markdown table.
import { chromium } from "@playwright/test";
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const port = process.env.ROLLCAST_PORT ?? "4173";
const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const WARM_UP = 20;
const SAMPLES = 100;

/** A values file of 300 lines, and the digit in it that every keystroke replaces. */
const before = [
  "app:",
  "  allowMultiReplica: true",
  "  preStopDelaySeconds: 15",
  "  workspaces:",
  "    accessModes: [ReadWriteMany]",
  "    storageClass: nfs-shared",
  "  env:",
  ...Array.from({ length: 142 }, (_, line) => `    VARIABLE_${line}: "value of variable ${line}"`),
  "  replicaCount: ",
].join("\n");
const after = ["", ...Array.from({ length: 150 }, (_, line) => `# A comment, as people keep them: line ${line}`)].join("\n");

const server = spawn(process.execPath, [path("node_modules/sirv-cli/bin.js"), path("../../dist"), "--host", "127.0.0.1", "--port", port, "--quiet"]);
const browser = await chromium.launch({ executablePath: process.env.ROLLCAST_CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await open(page);
  const rows = [];
  for (const slowdown of [1, 4]) {
    const session = await page.context().newCDPSession(page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
    rows.push({ slowdown, ...(await measure(page)) });
  }
  console.log("| CPU | keystroke to verdict, median | 95th percentile | keystroke to next frame, median | 95th percentile |");
  console.log("|---|---:|---:|---:|---:|");
  for (const { slowdown, verdict, frame } of rows) {
    const cells = [verdict, frame].flatMap((times) => [percentile(times, 50), percentile(times, 95)]);
    console.log(`| ${slowdown === 1 ? "as it is" : `${slowdown} times slower`} | ${cells.map((time) => `${time.toFixed(1)} ms`).join(" | ")} |`);
  }
} finally {
  await browser.close();
  server.kill();
}

async function open(page) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await page.goto(`http://127.0.0.1:${port}/`);
      break;
    } catch (error) {
      if (attempt === 50) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  await page.waitForSelector("html[data-loaded]");
  const text = page.getByRole("textbox", { name: "Values file values.yaml" });
  await text.focus();
  await page.keyboard.insertText(after);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText(`${before}2`);
  await text.evaluate((field) => {
    window.times = [];
    let start = null;
    field.addEventListener("beforeinput", (event) => (start = event.timeStamp), true);
    new MutationObserver(() => {
      if (start === null) return;
      const began = start;
      start = null;
      const verdict = performance.now() - began;
      requestAnimationFrame(() => {
        // A message comes after the frame is drawn.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => window.times.push({ verdict, frame: performance.now() - began });
        port2.postMessage(null);
      });
    }).observe(document.querySelector(".verdict-pane"), { subtree: true, childList: true, characterData: true });
  });
}

async function measure(page) {
  await page.evaluate(() => (window.times = []));
  for (let sample = 0; sample < WARM_UP + SAMPLES; sample += 1) {
    await page.keyboard.press("Shift+ArrowLeft");
    await page.keyboard.press(String(3 + (sample % 6)));
    await page.waitForFunction((count) => window.times.length === count, sample + 1);
  }
  const times = (await page.evaluate(() => window.times)).slice(WARM_UP);
  return { verdict: times.map(({ verdict }) => verdict), frame: times.map(({ frame }) => frame) };
}

function percentile(times, percent) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length * percent) / 100) - 1)];
}
