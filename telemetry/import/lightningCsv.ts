/**
 * Lightning's `CSVLogger`: a row for each time that something was logged, blank where it was something else;
 * training and validation stand in rows of their own.
 */
import { cellValue } from "./cell.ts";
import type { TableFormat } from "./format.ts";

const STEP = "step";
const EPOCH = "epoch";

export const lightningCsv: TableFormat = {
  kind: "table",
  tool: "Lightning CSVLogger",
  files: "Lightning CSV logs (metrics.csv)",
  owns: (path, columns) => /\.csv$/.test(path) && columns().includes(STEP),
  runOf: (path) => path,
  open(recording, _path, columns) {
    const stepAt = columns.indexOf(STEP);
    const epochAt = columns.indexOf(EPOCH);
    return (row) => {
      const step = cellValue(row[stepAt] ?? "");
      if (row.length !== columns.length || typeof step !== "number") return false;
      const epoch = cellValue(row[epochAt] ?? "") ?? Number.NaN;
      columns.forEach((name, i) => {
        if (i === stepAt || i === epochAt) return;
        const value = cellValue(row[i] as string);
        if (typeof value === "number") recording.add(name, value, { step, epoch });
      });
      return true;
    };
  },
};
