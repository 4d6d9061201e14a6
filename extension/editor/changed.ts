import type { TextEdit } from "../../fixes/textEdit.ts";
import type { Span } from "./place.ts";

/** The stretch of the new text from the first edit to the last. */
export function changedSpan(edits: readonly TextEdit[]): Span {
  const inOrder = [...edits].sort((a, b) => a.offset - b.offset);
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (!first || !last) return { offset: 0, length: 0 };
  const grown = inOrder.reduce((sum, { text, length }) => sum + text.length - length, 0);
  return { offset: first.offset, length: last.offset + last.length + grown - first.offset };
}
