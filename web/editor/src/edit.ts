import type { ChangeSpec, Text } from "@codemirror/state";

/** The smallest single replacement that turns `before` into `after`; `null` when they are equal. */
export function replacement(before: Text, after: string): ChangeSpec | null {
  const old = before.toString();
  if (old === after) return null;
  const shorter = Math.min(old.length, after.length);
  let start = 0;
  while (start < shorter && old[start] === after[start]) start += 1;
  if (splitsPair(old, start) || splitsPair(after, start)) start -= 1;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  if (splitsPair(old, old.length - end) || splitsPair(after, after.length - end)) end -= 1;
  return { from: start, to: old.length - end, insert: after.slice(start, after.length - end) };
}

/** Whether a position lies between the two halves of one character. */
function splitsPair(text: string, position: number): boolean {
  const unit = text.charCodeAt(position);
  return position > 0 && unit >= 0xdc00 && unit < 0xe000;
}
