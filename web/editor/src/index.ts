/** Ends the task: what waits for the browser, such as a keystroke, comes in between. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

/**
 * Makes the editor's module, a part in a task of its own each: at once it would hold up a phone for longer than a keystroke
 * may take. What is imported like this inside a bundle is not run before.
 */
export async function load() {
  await import("./steps/state.ts");
  await turn();
  await import("./steps/view.ts");
  await turn();
  await import("./steps/language.ts");
  await turn();
  await import("./help.ts");
  await turn();
  const { mount, warm } = await import("./editor.ts");
  await turn();
  const { compare } = await import("./compare.ts");
  await turn();
  // Browsers compile a function when it is first called.
  for (const _ of warm()) await turn();
  return { mount, compare };
}

export type * from "./types.ts";
