// The browser tests, against what `cargo xtask build` put into dist/. `cargo xtask test browser` names the browsers and
// a free port.
import { defineConfig } from "@playwright/test";
import { fileURLToPath } from "node:url";

const port = process.env.ROLLCAST_PORT ?? "4173";
const dist = fileURLToPath(new URL("../../dist", import.meta.url));
const sirv = fileURLToPath(new URL("node_modules/sirv-cli/bin.js", import.meta.url));

export default defineConfig({
  testDir: ".",
  // Its references hold for one Chromium: `cargo xtask visual`.
  testIgnore: process.env.ROLLCAST_VISUAL ? [] : ["visual.spec.js"],
  snapshotPathTemplate: "{testDir}/looks/{arg}{ext}",
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // Far beyond what anything takes: a machine with other work must not fail a test.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Two browsers on two cores lose a race now and then; what needs it is told as flaky, and is a mistake to mend.
  retries: 1,
  reporter: "list",
  use: { baseURL: `http://127.0.0.1:${port}/`, viewport: { width: 1280, height: 800 } },
  webServer: {
    command: `node "${sirv}" "${dist}" --host 127.0.0.1 --port ${port} --quiet`,
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
  projects: [
    {
      name: "chromium",
      use: {
        browserName: "chromium",
        launchOptions: {
          executablePath: process.env.ROLLCAST_CHROMIUM ?? "/usr/bin/chromium",
          // No sandbox: continuous integration runs as root. The others keep the browser itself off the network.
          args: [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
          ],
        },
      },
    },
    {
      name: "firefox",
      use: {
        browserName: "firefox",
        channel: "moz-firefox",
        launchOptions: { executablePath: process.env.ROLLCAST_FIREFOX ?? "/usr/bin/firefox-esr" },
      },
    },
  ],
});
