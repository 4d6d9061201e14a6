/** The data source `csv`: a file of numbers with a header line. */
import type { Data } from "../../recipe/data/index.ts";
import { InputError } from "../errors.ts";
import { readCsv } from "./csv.ts";
import { sizeOf } from "./dataset.ts";
import type { Examples } from "./examples.ts";
import { pathFrom } from "./path.ts";

/**
 * @param folder the recipe's folder, where relative paths start
 * @throws {InputError}
 */
export function readCsvSource(data: Data, folder: string): Examples {
  const { csv = "", label = "", shape } = data;
  const path = pathFrom(folder, csv);
  const { file, features, inputs, labels, lines } = readCsv(path, label);
  if (shape && sizeOf(shape) !== features.length) {
    throw new InputError(
      `"shape" ${shape.join(" × ")} needs ${sizeOf(shape)} columns, and ${file} has ${features.length} beside "${label}".`,
      { recipe: ["data", "shape"] },
    );
  }
  return {
    shape: shape ?? [features.length],
    inputs,
    label,
    labels,
    origin: { text: `Column "${label}" of ${file}`, where: { recipe: ["data", "label"] } },
    place: (row) => ({
      text: `Line ${lines[row]} of ${file}, column "${label}"`,
      where: { file: path, line: lines[row]!, column: 1 },
    }),
    testRows: 0,
    drawn: false,
  };
}
