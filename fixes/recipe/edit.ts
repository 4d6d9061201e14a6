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
  return setProperties(text, object, { [key]: json });
}

/** Sets several keys at once: what is new comes behind the last entry, in this order. */
export function setProperties(
  text: string,
  object: Node,
  values: Record<string, string>,
): TextEdit[] {
  const placed = Object.entries(values).map(([key, json]) => ({
    json,
    entry: `${JSON.stringify(key)}: ${json}`,
    existing: propertyOf(object, key),
  }));
  const inPlace = placed.flatMap(({ existing, json }) =>
    existing ? [{ offset: existing.offset, length: existing.length, text: json }] : [],
  );
  const added = placed.filter(({ existing }) => !existing).map(({ entry }) => entry);
  if (added.length === 0) return inPlace;
  const last = object.children?.at(-1);
  if (last) return [...inPlace, ...insertAfter(text, last, ...added)];
  return [{ offset: object.offset, length: object.length, text: `{ ${added.join(", ")} }` }];
}

/** Puts new entries behind one of an object's or an array's entries, on lines of their own if that one has its own. */
export function insertAfter(text: string, sibling: Node, ...entries: string[]): TextEdit[] {
  const end = sibling.offset + sibling.length;
  const { comma, lineEnd } = restOfLine(text, end);
  const indent = ownIndent(text, sibling);
  if (indent === undefined || lineEnd === undefined) {
    return comma === undefined
      ? [{ offset: end, length: 0, text: entries.map((entry) => `, ${entry}`).join("") }]
      : [{ offset: comma + 1, length: 0, text: entries.map((entry) => ` ${entry},`).join("") }];
  }
  const newline = newlineOf(text);
  if (comma !== undefined) {
    const lines = entries.map((entry) => `${newline}${indent}${entry},`);
    return [{ offset: lineEnd, length: 0, text: lines.join("") }];
  }
  const lines = entries.map((entry) => `${newline}${indent}${entry}`).join(",");
  // A comment may follow on the line: the comma goes before it, the new line behind it.
  if (lineEnd === end) return [{ offset: end, length: 0, text: `,${lines}` }];
  return [
    { offset: end, length: 0, text: "," },
    { offset: lineEnd, length: 0, text: lines },
  ];
}

/** What stands before an entry that begins its line; undefined where something else does. */
export function ownIndent(text: string, { offset }: Node): string | undefined {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const indent = text.slice(lineStart, offset);
  return lineStart > 0 && indent.trim() === "" ? indent : undefined;
}

export function newlineOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** Where the comma behind an entry is, if there is one. */
export function commaAfter(text: string, { offset, length }: Node): number | undefined {
  const scanner = createScanner(text, true);
  scanner.setPosition(offset + length);
  return scanner.scan() === COMMA ? scanner.getTokenOffset() : undefined;
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
