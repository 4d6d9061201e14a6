/** Values that are no numbers to compute with. */
import type { DataEvent } from "../../../telemetry/events.ts";
import type { Rows } from "./rows.ts";
import type { Scan } from "./scan.ts";

/**
 * NaN and infinities of all rows. The first is named by row and feature, or row and target where the inputs have none,
 * counted from 0 as the arrays are: `row 43, feature 7`.
 * @param inputs of these rows
 * @param targets of these rows
 */
export function invalidValues(
  { rows, ...values }: Rows,
  inputs: Scan,
  targets: Scan,
): NonNullable<DataEvent["invalid"]> {
  const place = (index: number, width: number, what: string) =>
    `row ${Math.floor(index / width)}, ${what} ${index % width}`;
  const first =
    inputs.invalid > 0
      ? place(inputs.firstInvalid, values.inputs.length / rows, "feature")
      : targets.invalid > 0
        ? place(targets.firstInvalid, values.targets.length / rows, "target")
        : null;
  return { inputs: inputs.invalid, targets: targets.invalid, first };
}
