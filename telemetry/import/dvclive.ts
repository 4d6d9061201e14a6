/** DVCLive: a table a metric below `plots/metrics`, whose folders are the slashes of the metric's name. */
import { cellValue } from "./cell.ts";
import type { TableFormat } from "./format.ts";

const METRICS = /^.*(?=\/plots\/metrics\/)/;

export const dvclive: TableFormat = {
  kind: "table",
  tool: "DVCLive",
  files: "DVCLive folders",
  owns: (path, columns) =>
    METRICS.test(path) && path.endsWith(".tsv") && columns().includes("step"),
  runOf: (path) => path.match(METRICS)?.[0] ?? path,
  open(recording, path, columns) {
    const name = path.replace(METRICS, "").replace(/^\/plots\/metrics\/|\.tsv$/g, "");
    const stepAt = columns.indexOf("step");
    const timeAt = columns.indexOf("timestamp");
    // Called like the file; what comes last in any case.
    const valueAt = columns.length - 1;
    return (row) => {
      const step = cellValue(row[stepAt] ?? "");
      const value = cellValue(row[valueAt] ?? "");
      const whole = row.length === columns.length && typeof step === "number";
      if (!whole || value === undefined) return false;
      const milliseconds = cellValue(row[timeAt] ?? "") ?? Number.NaN;
      if (value !== null) recording.add(name, value, { step, time: milliseconds / 1000 });
      return true;
    };
  },
};
