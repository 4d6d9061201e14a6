/** Takes entries out of JSON with comments; the comments stay. */
import type { Node } from "jsonc-parser";
import type { TextEdit } from "../textEdit.ts";
import { commaAfter } from "./edit.ts";

/** @param removed some of the entries of the object or array `parent` */
export function removeEntries(text: string, parent: Node, removed: readonly Node[]): TextEdit[] {
  const edits = removed.flatMap((node) => {
    const end = node.offset + node.length;
    const comma = commaAfter(text, node);
    if (comma === undefined || comma === end) {
      return [cut(text, node.offset, comma === undefined ? end : comma + 1)];
    }
    return [cut(text, node.offset, end), { offset: comma, length: 1, text: "" }];
  });
  const last = parent.children?.at(-1);
  if (!last || !removed.includes(last) || commaAfter(text, last) !== undefined) return edits;
  // What is the last entry now must not keep its comma.
  const kept = parent.children?.findLast((node) => !removed.includes(node));
  const comma = kept && commaAfter(text, kept);
  return comma === undefined ? edits : [...edits, { offset: comma, length: 1, text: "" }];
}

export function removeProperties(text: string, object: Node, keys: readonly string[]): TextEdit[] {
  const entries = object.children?.filter((entry) => keys.includes(entry.children?.[0]?.value));
  return removeEntries(text, object, entries ?? []);
}

/** Cuts with the blanks around, and with the line if nothing else is on it. */
function cut(text: string, from: number, to: number): TextEdit {
  const lineStart = text.lastIndexOf("\n", from - 1) + 1;
  const newline = text.indexOf("\n", to);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const begins = text.slice(lineStart, from).trim() === "";
  if (begins && text.slice(to, lineEnd).trim() === "") {
    return { offset: lineStart, length: lineEnd - lineStart, text: "" };
  }
  let start = from;
  let end = to;
  if (begins) while (/[ \t]/.test(text[end] ?? "")) end++;
  else while (/[ \t]/.test(text[start - 1] ?? "")) start--;
  return { offset: start, length: end - start, text: "" };
}
