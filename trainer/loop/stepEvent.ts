/** What is written of an update. */
import type { StepEvent } from "../../telemetry/events.ts";
import { rounded } from "../probe/columns.ts";
import { globalNorm } from "../probe/gradients.ts";
import { scalar } from "../probe/rounding.ts";
import type { StepFigures } from "./executor.ts";

type Known = Pick<StepEvent, "step" | "epoch" | "seconds" | "learningRate" | "layers">;

/** @param rows of the batch */
export function stepEvent(known: Known, rows: number, figures: StepFigures): StepEvent {
  const { totals, squares, gradientCosine, clipAngle } = figures;
  return {
    kind: "step",
    step: known.step,
    epoch: known.epoch,
    seconds: scalar(known.seconds),
    loss: scalar(totals.loss / rows),
    learningRate: scalar(known.learningRate),
    gradientNorm: scalar(globalNorm(squares, "gradient")),
    clippedNorm: scalar(globalNorm(squares, "clipped")),
    ...(gradientCosine !== undefined && { gradientCosine: rounded(gradientCosine)! }),
    ...(clipAngle !== undefined && { clipAngle: rounded(clipAngle)! }),
    sampled: known.layers !== undefined,
    ...(known.layers && { layers: known.layers }),
  };
}
