/** The `data` event: what the network gets to see. */
import type { DataEvent } from "../../telemetry/events.ts";
import type { Dataset, Encoding, Part } from "./dataset.ts";
import { dataFigures } from "./figures/index.ts";
import type { Rows } from "./figures/rows.ts";

/**
 * Inputs after scaling, targets as the network is to put them out.
 * @param shuffled whether each epoch takes the training rows in a new random order
 */
export function summarize(
  { train, validation, test, shape, classes, encoding }: Dataset,
  shuffled: boolean,
): DataEvent {
  return {
    kind: "data",
    ...dataFigures({
      train: encoded(train, encoding),
      validation: encoded(validation, encoding),
      test: encoded(test, encoding),
      shape,
      kind: classes ? "class" : "number",
      ...(classes && { names: classes }),
      shuffled,
    }),
  };
}

function encoded({ rows, inputs, targets }: Part, { units, value }: Encoding): Rows {
  const wide = new Float32Array(rows * units);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let unit = 0; unit < units; unit++) wide[at++] = value(targets[row]!, unit);
  }
  return { rows, inputs, targets: wide };
}
