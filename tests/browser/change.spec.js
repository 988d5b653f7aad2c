// Today against what is proposed: what an upgrade does, the texts behind it, and other releases.
import { expect, recipe, test } from "./rollcast.js";

const part = (page, name) => page.getByRole("region", { name, exact: true });
const change = (page) => part(page, "What this upgrade does");
const today = (page) => page.getByRole("textbox", { name: /^Today's values/ });

/** Compares with a chart that runs today. */
async function compareWith(page, chart) {
  await page.getByRole("checkbox", { name: "Compare with what runs today" }).check();
  await page.getByLabel("Chart today").selectOption(chart);
}

test("the recipe of pull request 776 on a live 7.1.0 is refused, and the ways that work come in order", async ({ rollcast, page }) => {
  await rollcast.paste(recipe);
  await compareWith(page, "7.1.0");
  await page.getByRole("radio", { name: "Others" }).check();
  const first = change(page).locator(".findings > li").first();
  await expect(first).toHaveAttribute("id", "change-claim-refused");
  await expect(first.getByLabel("Message")).toContainText("spec is immutable after creation");
  await expect(first.locator(".procedure > p")).toHaveText([
    "Leave the claim as it is",
    /^Do without the claim/,
    /^Make the claim anew: an outage/,
  ]);
  await expect(first.locator(".procedure").last().locator("ol li")).toContainText([/scale deployment lobu-app --replicas=0/, /delete pvc/]);

  const before = await rollcast.content();
  await first.getByRole("button", { name: /^Apply/ }).first().click();
  await expect(change(page).locator("#change-claim-refused")).toHaveCount(0);
  await expect(today(page)).toHaveValue("");
  await page.getByRole("button", { name: "Bring back my text" }).click();
  await expect(change(page).locator("#change-claim-refused")).toHaveCount(1);
  expect(await rollcast.content()).toBe(before);
});

test("what --reuse-values takes over from today is part of the answer", async ({ rollcast, page }) => {
  await rollcast.paste("app:\n  allowMultiReplica: true\n");
  await expect(rollcast.verdict).toContainText("Recreate");
  await rollcast.flags.fill("helm upgrade lobu lobu/lobu -f values.yaml --reuse-values");
  await expect(page.getByText("Enter what runs today, or the answer")).toBeVisible();
  await compareWith(page, "7.0.0");
  await page.getByRole("radio", { name: "Others" }).check();
  await today(page).fill("app: {workspaces: {accessModes: [ReadWriteMany], storageClass: nfs}}\n");
  await expect(rollcast.verdict).toContainText("RollingUpdate");
  await expect(rollcast.why.getByText("taken over from today").first()).toBeVisible();
  await expect(page.getByText("Those of the new chart are not read")).toBeVisible();

  // This chart's template counts on a default that the old chart does not have.
  await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption("11.1.0");
  await expect(rollcast.failure).toContainText("use --reset-then-reuse-values");
  await page.locator("#flags").fill("--reset-then-reuse-values");
  await expect(rollcast.failure).toBeHidden();
  await expect(rollcast.answer).toContainText("RollingUpdate");
});

test("a fix leaves what runs today as it is", async ({ rollcast, page }) => {
  const values = "app:\n  preStopDelaySeconds: 15 # ours\n";
  await rollcast.paste(values);
  await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption("7.2.0");
  await compareWith(page, "7.1.0");
  const refused = change(page).locator("#change-ingress-refused");
  await refused.getByRole("button", { name: /^Apply/ }).first().click();
  await expect(refused).toHaveCount(0);
  await expect(page.getByRole("radio", { name: "Others" })).toBeChecked();
  await expect(today(page)).toHaveValue(values);
  expect(await rollcast.content()).toContain("# ours");
});

test("what is known of the claim decides what becomes of its data, and is remembered", async ({ rollcast, page, complaints }) => {
  await rollcast.paste("app:\n  replicaCount: 1\n");
  await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption("main-871");
  await compareWith(page, "7.1.0");
  const deleted = change(page).locator("#change-claim-deleted");
  await expect(deleted).toHaveAttribute("data-severity", "error");
  const claim = page.getByRole("group", { name: /^The workspaces claim/ });
  await claim.getByLabel("Reclaim policy").selectOption("Retain");
  await expect(deleted).toContainText("Its volume stays");
  await claim.getByLabel("Kept by its annotation").focus();
  await page.keyboard.press("ArrowDown");
  await expect(claim.getByLabel("Kept by its annotation")).toHaveValue("Yes");
  await expect(deleted).toContainText("helm.sh/resource-policy: keep");
  await expect(deleted).not.toHaveAttribute("data-severity", "error");
  await claim.getByLabel("Its class expands volumes").selectOption("No");
  await claim.getByLabel("Storage class").fill("nfs");
  await rollcast.expectAccessible(".today");

  await page.getByRole("button", { name: "Share" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Remember" }).check();
  await dialog.getByRole("button", { name: "Close" }).click();
  complaints.loading();
  await page.reload();
  await rollcast.loaded();
  complaints.loaded();
  await expect(claim.getByLabel("Kept by its annotation")).toHaveValue("Yes");
  await expect(claim.getByLabel("Reclaim policy")).toHaveValue("Retain");
  await expect(claim.getByLabel("Its class expands volumes")).toHaveValue("No");
  await expect(claim.getByLabel("Storage class")).toHaveValue("nfs");
});

test("the same change may be refused by one applier and not by another", async ({ rollcast, page }) => {
  await rollcast.paste("app:\n  strategy: {type: Recreate}\n");
  await page.getByRole("combobox", { name: "Chart", exact: true }).selectOption("14.0.0");
  await compareWith(page, "14.0.0");
  await page.getByRole("radio", { name: "Others" }).check();
  await expect(change(page).locator("#change-rolling-becomes-recreate")).toHaveCount(1);
  await expect(change(page).locator("#change-strategy-refused")).toHaveCount(0);
  await page.getByLabel("Applied by").selectOption("Flux");
  await expect(change(page).locator("#change-strategy-refused")).toContainText("kubectl");
});

test("the texts of both sides are compared when that is opened, and follow", async ({ rollcast, page }) => {
  await rollcast.paste("app:\n  replicaCount: 2\n");
  await compareWith(page, "7.1.0");
  await expect(part(page, "The texts, today and proposed")).toHaveCount(0);
  await page.getByRole("radio", { name: "Others" }).check();
  await today(page).fill("app:\n  replicaCount: 3\n");
  const texts = part(page, "The texts, today and proposed");
  await texts.getByText("values.yaml").click();
  await expect(texts.getByRole("textbox", { name: "values.yaml, today" })).toContainText("replicaCount: 3");
  await expect(texts.getByRole("textbox", { name: "values.yaml, proposed" })).toContainText("replicaCount: 2");
  await today(page).fill("app:\n  replicaCount: 4\n");
  await expect(texts.getByRole("textbox", { name: "values.yaml, today" })).toContainText("replicaCount: 4");
  await rollcast.expectAccessible(".answer");
  await today(page).fill("app:\n  replicaCount: 2\n");
  await expect(texts).toContainText("The files are the same.");
});

for (const width of [320, 1280]) {
  test(`the same values on every release, ${width} pixels wide`, async ({ rollcast, page }) => {
    await page.setViewportSize({ width, height: 900 });
    await rollcast.paste(recipe);
    const across = part(page, "Across releases");
    await expect(across.getByRole("table")).toHaveCount(0);
    await across.getByText("The same values on every chart release").click();
    const rows = across.getByRole("row");
    await expect(rows).toHaveCount(11);
    await expect(rows.nth(1)).toContainText("Recreate, 2 replicas");
    await expect(rows.nth(4).getByRole("rowheader")).toHaveText("7.1.0 (chosen)");
    await expect(rows.nth(4)).toContainText(/RollingUpdate, maxSurge 1, maxUnavailable 0ReadWriteMany, 20Gi45 s15 s/);
    await rollcast.expectAccessible(".answer");
    await rollcast.expectNoSidewaysScroll();
    await rollcast.paste(recipe.replace("replicaCount: 2", "replicaCount: 3"));
    await expect(rows.nth(1)).toContainText("Recreate, 3 replicas");
  });

  test(`the way from one release to another, ${width} pixels wide`, async ({ rollcast, page }) => {
    await page.setViewportSize({ width, height: 900 });
    const across = part(page, "Across releases");
    await across.getByText("The way from one release to another").click();
    await across.getByLabel("From").selectOption("7.0.0");
    await across.getByLabel("To").selectOption("14.0.0");
    const stops = across.locator("ol.stops > li");
    await expect(stops.getByRole("heading")).toHaveText(["7.0.0 to 7.1.0", "7.1.0 to 7.2.0", "7.2.0 to 11.0.0", "11.0.0 to 11.1.0", "11.1.0 to 14.0.0"]);
    await expect(stops.nth(0)).toContainText("Goes through");
    await expect(stops.nth(1)).toContainText("First something must be done");
    await expect(stops.nth(1).locator(".findings > li").first()).toContainText("Ingress");
    await rollcast.unfold();
    await rollcast.expectAccessible(".answer");
    await rollcast.expectNoSidewaysScroll();
    await across.getByLabel("To").selectOption("7.0.0");
    await expect(across).toContainText("does not come after");
  });
}
