/** Reads a table of text in bounded room, whichever of the usual separators it has. */
import { closeSync, openSync, readSync } from "node:fs";
import { CsvError, parse } from "csv-parse/sync";
import { chunksOf } from "./chunks.ts";

const SEPARATORS = [",", ";", "\t"];
/** Bytes; the first line of a log is shorter. */
const HEAD = 1 << 16;

/** The cells of the first line; none where the file does not begin with a line of text. */
export function columnsOf(path: string): string[] {
  const line = firstLine(path);
  return rowsOf(Buffer.from(line), separatorOf(line))[0] ?? [];
}

/**
 * Hands over the rows below the header. A last line without its end is being written just now, and is left out.
 * @param take gives false for a row that is damaged
 * @returns the number of damaged rows
 */
export function readTable(path: string, take: (row: string[]) => boolean): number {
  const separator = separatorOf(firstLine(path));
  let damaged = 0;
  let header = true;
  let rest = Buffer.alloc(0);
  for (const chunk of chunksOf(path)) {
    const text = Buffer.concat([rest, chunk]);
    const end = text.lastIndexOf("\n") + 1;
    for (const row of rowsOf(text.subarray(0, end), separator)) {
      if (header) header = false;
      else if (!take(row)) damaged++;
    }
    rest = text.subarray(end);
  }
  return damaged;
}

function firstLine(path: string): string {
  const head = Buffer.alloc(HEAD);
  const file = openSync(path, "r");
  try {
    const text = head.toString("utf8", 0, readSync(file, head, 0, HEAD, 0));
    const end = text.indexOf("\n");
    return end < 0 || text.includes("\0") ? "" : text.slice(0, end);
  } finally {
    closeSync(file);
  }
}

function separatorOf(line: string): string {
  const count = (separator: string) => line.split(separator).length;
  return SEPARATORS.reduce((best, other) => (count(other) > count(best) ? other : best));
}

/** @param lines whole ones; what cannot be cut into cells is one cell */
function rowsOf(lines: Buffer, delimiter: string): string[][] {
  try {
    return parse(lines, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const each = lines.toString().split("\n").slice(0, -1);
    if (each.length < 2) return [[lines.toString()]];
    return each.flatMap((line) => rowsOf(Buffer.from(`${line}\n`), delimiter));
  }
}
