/** The first update, and what is written of the network just before it. */
import type { Batch } from "../data/batches.ts";
import { columnsOf } from "../probe/columns.ts";
import { globalNorm } from "../probe/gradients.ts";
import { identicalColumn } from "../probe/networkUnits.ts";
import { outputFigures } from "../probe/outputs.ts";
import { scalar } from "../probe/rounding.ts";
import type { StepFigures } from "./executor.ts";
import type { Training } from "./train.ts";

/** Examples whose outputs are looked at, at most. */
const MOST_ROWS = 256;

/** Makes the update and writes the `initial` event: its forward and backward pass are those of the update. */
export async function firstStep(
  { executor, network, writer }: Training,
  batch: Batch,
  learningRate: number,
): Promise<StepFigures> {
  const rows = Math.min(batch.rows, MOST_ROWS);
  const width = batch.inputs.length / batch.rows;
  const outputs = await executor.outputs({
    rows,
    inputs: batch.inputs.subarray(0, rows * width),
    targets: batch.targets.subarray(0, rows),
  });
  const identicalUnits = identicalColumn(network, await executor.snapshot());
  const figures = await executor.step(batch, learningRate);
  const columns = columnsOf(network)(figures);
  writer.write({
    kind: "initial",
    loss: scalar(figures.totals.loss / batch.rows),
    gradientNorm: scalar(globalNorm(figures.squares, "gradient")),
    layers: { ...columns, updateRatio: columns.updateRatio.map(() => null) },
    identicalUnits,
    outputs: outputFigures(outputs, outputs.length / rows),
  });
  return figures;
}
