// The main views of the page: how to get to each, from a page that has just been opened.
import { expect, recipe } from "./rollcast.js";

export const views = {
  start: async () => {},
  recipe: async (rollcast) => {
    await rollcast.paste(recipe);
    await expect(rollcast.verdict).toContainText("RollingUpdate");
    await expect(rollcast.page.getByRole("heading", { name: "What you may want" })).toBeVisible();
  },
  change: async (rollcast) => {
    await rollcast.example("The upgrade that deletes the claim");
    await expect(rollcast.page.getByRole("heading", { name: "What this upgrade does" })).toBeVisible();
  },
  deadlock: async (rollcast) => {
    await rollcast.example("The override that deadlocks");
    await expect(rollcast.verdict).toHaveAttribute("data-state", "deadlock");
  },
  error: async (rollcast) => {
    await rollcast.paste(recipe);
    await rollcast.flags.fill("--set-file app.ca=ca.crt");
    await rollcast.paste("app: [\n");
    await expect(rollcast.failure).toBeVisible();
  },
  examples: async (rollcast) => {
    await rollcast.page.getByRole("button", { name: "Examples" }).click();
    await expect(rollcast.page.getByText("Start from an example")).toBeVisible();
  },
  share: async (rollcast) => {
    await rollcast.paste(`${recipe}mine: 1\n`);
    await rollcast.page.getByRole("button", { name: "Share" }).click();
    await rollcast.page.getByRole("button", { name: "Make the link" }).click();
    await expect(rollcast.page.getByRole("textbox", { name: "The link" })).toBeVisible();
  },
  tour: async (rollcast) => {
    await rollcast.page.getByRole("button", { name: "Tour" }).click();
    await rollcast.page.getByRole("button", { name: "Next", exact: true }).click();
    await expect(rollcast.page.getByRole("dialog", { name: "The verdict" })).toBeVisible();
  },
};
