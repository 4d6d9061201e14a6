/** Keras' `CSVLogger`: a row an epoch, any separator, `NA` where a figure is missing. */
import { cellValue } from "./cell.ts";
import type { TableFormat } from "./format.ts";

export const kerasCsv: TableFormat = {
  kind: "table",
  tool: "Keras CSVLogger",
  files: "Keras CSV logs (a column named epoch)",
  // Keras' own example calls the file training.log.
  owns: (path, columns) => /\.(csv|log|tsv|txt)$/.test(path) && columns().includes("epoch"),
  runOf: (path) => path,
  open(recording, _path, columns) {
    const epochAt = columns.indexOf("epoch");
    return (row) => {
      const epoch = cellValue(row[epochAt] ?? "");
      if (row.length !== columns.length || typeof epoch !== "number") return false;
      columns.forEach((name, i) => {
        const value = i === epochAt ? null : cellValue(row[i] as string);
        // Text and lists are columns of another meaning.
        if (typeof value === "number") recording.add(name, value, { step: epoch }, "", "epoch");
      });
      return true;
    };
  },
};
