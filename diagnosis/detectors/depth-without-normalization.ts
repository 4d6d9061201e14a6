/**
 * Many layers in a row without one that brings the signal back to unit size. Where their weights start at the wrong
 * scale that is to blame, and depth no more than a note.
 */
import type { InitialEvent, RunEvent } from "../../telemetry/events.ts";
import { defineDetector } from "../detector.ts";
import type { History } from "../history.ts";
import { batchNormalization } from "../remedies/batch-normalization.ts";
import { heInitialization } from "../remedies/he-initialization.ts";
import { layerNormalization } from "../remedies/layer-normalization.ts";
import { residualBlocks } from "../remedies/residual-blocks.ts";
import { deepLayers } from "../theory/depth.ts";
import { figure, fromTheStart } from "../theory/fromTheStart.ts";
import { initialGain } from "../theory/initialGain.ts";
import { hasNormalization } from "../theory/network.ts";

export const depthWithoutNormalization = defineDetector({
  symptom: "depth-without-normalization",
  lesson:
    "Lesson 003, normalisation in deep networks (S3-28; Ioffe and Szegedy 2015; Ba et al. 2016)",
  needs: ["run.layers"],
  starts: "before the first update, from the layers",
  thresholds: {
    layers: { value: 10, what: "layers with weights", source: "Lesson 003 (S3-28)" },
  },
  remedies: [residualBlocks, batchNormalization, layerNormalization, heInitialization],
  on: ["run", "initial"],
  create(limits) {
    return (event, history) => {
      if (event.kind !== "run" && event.kind !== "initial") return undefined;
      if (hasNormalization(history.layers)) return undefined;
      const deep = deepLayers(history.layers);
      if (deep.length <= limits.layers) return undefined;
      const text = `${deep.length} layers with weights`;
      return fromTheStart({
        message: `${text} follow each other without normalisation: what each is off by multiplies over all of them.`,
        evidence: isScaled(event, history)
          ? [figure("layers", deep.length, limits.layers, text)]
          : [],
        anchor: deep[0]?.layer.anchor ?? null,
      });
    };
  },
});

/** Whether the weights start at a usual scale, as far as that is known. */
function isScaled(event: RunEvent | InitialEvent, history: History): boolean {
  if (event.kind === "run") return true;
  return (["small", "large"] as const).every(
    (direction) => initialGain(history, event.layers, direction).layers.length === 0,
  );
}
