/** Edits of JSON with comments that leave everything else as the user wrote it. */
import { createScanner, type Node } from "jsonc-parser";
import type { TextEdit } from "../textEdit.ts";

/** `SyntaxKind` of jsonc-parser, which is a `const enum` and cannot be imported into isolated modules. */
const COMMA = 5;
const LINE_COMMENT = 12;
const BLOCK_COMMENT = 13;
const LINE_BREAK = 14;
const TRIVIA = 15;

export function propertyOf(object: Node, key: string): Node | undefined {
  return object.children?.find((entry) => entry.children?.[0]?.value === key)?.children?.[1];
}

/** Sets a key of an object to a value given as JSON, in place where it exists, else behind its last entry. */
export function setProperty(text: string, object: Node, key: string, json: string): TextEdit[] {
  const existing = propertyOf(object, key);
  if (existing) return [{ offset: existing.offset, length: existing.length, text: json }];
  const last = object.children?.at(-1);
  const entry = `${JSON.stringify(key)}: ${json}`;
  if (!last) return [{ offset: object.offset, length: object.length, text: `{ ${entry} }` }];
  return insertAfter(text, last, entry);
}

/** Puts a new entry behind one of an object's or an array's entries, on a line of its own if that one has its own. */
export function insertAfter(text: string, sibling: Node, entry: string): TextEdit[] {
  const end = sibling.offset + sibling.length;
  const { comma, lineEnd } = restOfLine(text, end);
  const lineStart = text.lastIndexOf("\n", sibling.offset - 1) + 1;
  const indent = text.slice(lineStart, sibling.offset);
  const ownLine = lineStart > 0 && indent.trim() === "" && lineEnd !== undefined;
  if (!ownLine) {
    return comma === undefined
      ? [{ offset: end, length: 0, text: `, ${entry}` }]
      : [{ offset: comma + 1, length: 0, text: ` ${entry},` }];
  }
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  if (comma !== undefined) {
    return [{ offset: lineEnd, length: 0, text: `${newline}${indent}${entry},` }];
  }
  const line = `${newline}${indent}${entry}`;
  // A comment may follow on the line: the comma goes before it, the new line behind it.
  if (lineEnd === end) return [{ offset: end, length: 0, text: `,${line}` }];
  return [
    { offset: end, length: 0, text: "," },
    { offset: lineEnd, length: 0, text: line },
  ];
}

/** What follows an entry on its line: where its comma is, and where the line ends if nothing but comments follows. */
function restOfLine(text: string, end: number): { comma?: number; lineEnd?: number } {
  const scanner = createScanner(text);
  scanner.setPosition(end);
  let comma: number | undefined;
  for (let token = scanner.scan(); ; token = scanner.scan()) {
    const offset = scanner.getTokenOffset();
    if (token === COMMA && comma === undefined) comma = offset;
    else if (token === LINE_BREAK)
      return { ...(comma !== undefined && { comma }), lineEnd: offset };
    else if (token !== TRIVIA && token !== LINE_COMMENT && token !== BLOCK_COMMENT) {
      return comma === undefined ? {} : { comma };
    }
  }
}
