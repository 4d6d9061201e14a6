/** Reads a CSV file of numbers with a header line; every mistake is one sentence with its line. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { CsvError, parse } from "csv-parse/sync";
import { suggestion } from "../../recipe/nearest.ts";
import { reasonOf } from "../../telemetry/files/folder.ts";
import { InputError } from "../errors.ts";

/** The rows of a file: numbers to learn from, and the label column as text. */
export interface Table {
  /** Name of the file, for messages. */
  file: string;
  /** Headers of the inputs, in file order. */
  features: string[];
  /** Row after row, `rows × features.length`. */
  inputs: Float32Array;
  /** One a row, trimmed. */
  labels: string[];
  /** Line of the file where each row stands, from 1. */
  lines: number[];
}

/**
 * @param path where the file is
 * @param label header of the column to predict
 * @throws {InputError} no file, no rows, header or cells that cannot be used
 */
export function readCsv(path: string, label: string): Table {
  const file = basename(path);
  const fail = (line: number, sentence: string): never => {
    throw new InputError(sentence, { file: path, line, column: 1 });
  };
  const [head, ...body] = parseRecords(path, file, fail);
  if (!head) {
    throw new InputError(`${file} is empty: it needs a header line and rows of numbers.`, {
      recipe: ["data", "csv"],
    });
  }
  const header = head.record;
  const twice = header.find((name, i) => header.indexOf(name) < i);
  if (twice !== undefined) {
    fail(1, `Line 1 of ${file} names the column "${twice}" twice: give each its own name.`);
  }
  const labelAt = header.indexOf(label);
  if (labelAt < 0) {
    throw new InputError(`There is no column "${label}" in ${file}${suggestion(label, header)}`, {
      recipe: ["data", "label"],
    });
  }
  if (header.length < 2) {
    fail(1, `${file} has no column beside "${label}": there is nothing to predict it from.`);
  }
  if (body.length === 0) fail(1, `${file} holds a header and no rows: add some.`);

  const features = header.filter((_, i) => i !== labelAt);
  const inputs = new Float32Array(body.length * features.length);
  const labels: string[] = [];
  const lines: number[] = [];
  let at = 0;
  for (const { record, line } of body) {
    if (record.length !== header.length) {
      fail(
        line,
        `Line ${line} of ${file} has ${record.length} cells, and the header has ${header.length}: make them match.`,
      );
    }
    record.forEach((cell, i) => {
      if (cell === "") {
        fail(line, `Line ${line} of ${file}: the cell of column "${header[i]}" is empty.`);
      }
      if (i === labelAt) labels.push(cell);
      else
        inputs[at++] = numberOf(cell, `Line ${line} of ${file}, column "${header[i]}"`, line, fail);
    });
    lines.push(line);
  }
  return { file, features, inputs, labels, lines };
}

type Fail = (line: number, sentence: string) => never;

function parseRecords(
  path: string,
  file: string,
  fail: Fail,
): { record: string[]; line: number }[] {
  let text: Buffer;
  try {
    text = readFileSync(path);
  } catch (error) {
    throw new InputError(`Cannot read ${path}: ${reasonOf(error)}.`, { recipe: ["data", "csv"] });
  }
  try {
    const records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as unknown as { lines?: number }).lines ?? 1);
    return fail(line, `Line ${line} of ${file} has a quote that does not match: put it right.`);
  }
}

/** @returns the cell's value, as finite 32-bit number */
function numberOf(cell: string, place: string, line: number, fail: Fail): number {
  const value = Number(cell);
  if (Number.isFinite(Math.fround(value))) return value;
  if (/^[+-]?(nan|inf|infinity)$/i.test(cell) || !Number.isNaN(value)) {
    return fail(line, `${place}: ${cell} is not a finite number.`);
  }
  return fail(line, `${place}: "${cell}" is text, and inputs must be numbers.`);
}
